package witan.cluster.change;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.domain.registry.RegistryChange;

/** {@code witan propose change}. */
@Command(
    name = "change",
    mixinStandardHelpOptions = true,
    description =
        "Any change of the council, as JSON of its kind (RegistryChange in openapi.yaml): for many"
            + " lines at once, such as ten new members.")
final class ChangeProposal implements Callable<Integer> {
  @Mixin Proposing proposing = new Proposing();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "e.g. {\"kind\":\"RemoveMembers\",...}")
  Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    RegistryChange change = Documents.read(RegistryChange.class, file);
    return proposing.change(spec, council -> change);
  }
}
