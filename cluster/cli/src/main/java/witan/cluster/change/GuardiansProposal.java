package witan.cluster.change;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.domain.registry.Guardians;
import witan.domain.registry.RegistryChange;

/** {@code witan propose guardians}. */
@Command(
    name = "guardians",
    mixinStandardHelpOptions = true,
    description = {
      "Who may stop a response by a veto, and how often.",
      "Example: witan propose guardians --add bo --each 2 --key ana.key"
    })
final class GuardiansProposal implements Callable<Integer> {
  @Mixin Proposing proposing = new Proposing();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--add", split = ",", paramLabel = "MEMBER", description = "also a guardian")
  List<String> added = List.of();

  @Option(
      names = "--remove",
      split = ",",
      paramLabel = "MEMBER",
      description = "a guardian no more")
  List<String> removed = List.of();

  @Option(names = "--each", description = "vetoes that each has in --each-within")
  @Nullable Integer each;

  @Option(names = "--each-within", description = "e.g. 1d")
  @Nullable String eachWithin;

  @Option(names = "--together", description = "vetoes that all have in --together-within")
  @Nullable Integer together;

  @Option(names = "--together-within", description = "e.g. 7d; no shorter than --each-within")
  @Nullable String togetherWithin;

  @Override
  public Integer call() throws Exception {
    return proposing.change(
        spec, council -> new RegistryChange.AppointGuardians(guardians(council)));
  }

  private Guardians guardians(CouncilNow council) {
    Guardians old = council.guardians();
    Set<String> members = new LinkedHashSet<>(old.members());
    added.forEach(m -> members.add(Proposing.name(council, m)));
    for (String m : removed) {
      if (!members.remove(council.member(m).map(CouncilNow.Seated::name).orElse(m))) {
        throw new StartException("'" + m + "' is no guardian");
      }
    }
    Guardians changed =
        new Guardians(
            List.copyOf(members),
            each == null ? old.perGuardian() : each,
            eachWithin == null ? old.guardianWindow() : Amounts.duration(eachWithin),
            together == null ? old.perCouncil() : together,
            togetherWithin == null ? old.councilWindow() : Amounts.duration(togetherWithin));
    if (changed.equals(old)) {
      throw new StartException("nothing would change: give --add, --remove or a limit");
    }
    return changed;
  }
}
