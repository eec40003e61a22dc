package witan.cluster.change;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.domain.registry.RegistryChange;
import witan.domain.stake.StakeProfile;

/** {@code witan propose stake}. */
@Command(
    name = "stake",
    mixinStandardHelpOptions = true,
    description = "What members lose by failed proposals and missed votes.")
final class StakeProposal implements Callable<Integer> {
  @Mixin Proposing proposing = new Proposing();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PROFILE",
      description = "default, paper, or a file with a profile in JSON (docs/stakes.md)")
  String profile = "";

  @Override
  public Integer call() throws Exception {
    StakeProfile wanted =
        switch (profile) {
          case "default" -> StakeProfile.DEFAULT;
          case "paper" -> StakeProfile.PAPER;
          default -> Documents.read(StakeProfile.class, Path.of(profile));
        };
    return proposing.change(spec, council -> new RegistryChange.AdoptStake(wanted));
  }
}
