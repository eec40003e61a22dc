package witan.cluster.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.codec.json.Json;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.RegistryChange;

/** {@code witan propose table}. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {
      "The table by which urgency and impact of a case choose its policy; its version is raised by"
          + " itself, the policies stay.",
      "'witan policy list --json' prints the one in force."
    })
final class TableProposal implements Callable<Integer> {
  @Mixin Proposing proposing = new Proposing();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "the table in JSON: version and rows")
  Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    PolicyTable wanted = Documents.read(PolicyTable.class, file);
    return proposing.change(
        spec,
        council -> new RegistryChange.AdoptPolicies(council.policies(), later(council, wanted)));
  }

  private static PolicyTable later(CouncilNow council, PolicyTable wanted) {
    PolicyTable old = council.table();
    if (old == null || wanted.version() > old.version()) {
      return wanted;
    }
    return Json.read(
        PolicyTable.class, ((ObjectNode) Json.node(wanted)).put("version", old.version() + 1));
  }
}
