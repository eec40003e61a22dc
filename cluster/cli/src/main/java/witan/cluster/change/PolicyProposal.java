package witan.cluster.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.StartException;
import witan.codec.json.Json;
import witan.domain.governance.Policy;
import witan.domain.registry.RegistryChange;

/** {@code witan propose policy}. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {
      "Changes one policy, adds or removes it. Its version is raised by itself; all other policies"
          + " and the table stay. It holds for cases of later: open votes keep theirs.",
      "Example: witan propose policy high --quorum 50%% --window 15min --key ana.key"
    })
final class PolicyProposal implements Callable<Integer> {
  @Mixin Proposing proposing = new Proposing();
  @Mixin PolicyFields fields = new PolicyFields();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "as 'witan policy list' names it, or a new one")
  String name = "";

  @Option(names = "--like", description = "a new one is like this one but for what is given")
  @Nullable String like;

  @Option(names = "--file", description = "a policy in JSON, as 'witan policy show --json' prints")
  @Nullable Path file;

  @Option(names = "--remove", description = "it is in force no more")
  boolean remove;

  @Override
  public Integer call() throws Exception {
    return proposing.change(spec, council -> new RegistryChange.AdoptPolicies(policies(council)));
  }

  private List<Policy> policies(CouncilNow council) throws Exception {
    List<Policy> all = new ArrayList<>(council.policies());
    Policy old = council.policy(name).orElse(null);
    if (remove) {
      if (old == null) {
        throw unknown(name);
      }
      all.remove(old);
      return all;
    }
    Policy changed = later(old, fields.of(base(council, old)));
    if (old == null) {
      all.add(changed);
    } else {
      all.set(all.indexOf(old), changed);
    }
    return all;
  }

  private Policy base(CouncilNow council, @Nullable Policy old) throws Exception {
    if (file != null) {
      return named(Documents.policy(file), name);
    }
    String model = like;
    if (old != null) {
      if (model != null) {
        throw new StartException("--like is for a new policy, and '" + name + "' is there");
      }
      return old;
    }
    if (model == null) {
      throw new StartException(
          "there is no policy '" + name + "'; a new one wants --like POLICY or --file FILE");
    }
    return named(council.policy(model).orElseThrow(() -> unknown(model)), name);
  }

  /** Where none has that name. */
  static StartException unknown(String policy) {
    return new StartException(
        "there is no policy '" + policy + "'; './witan policy list' names all");
  }

  private static Policy named(Policy policy, String name) {
    return PolicyFields.read(((ObjectNode) Json.node(policy)).put("name", name));
  }

  /** With the version that a changed policy has to have. */
  static Policy later(@Nullable Policy old, Policy changed) {
    if (old == null) {
      return changed;
    }
    Policy same =
        PolicyFields.read(((ObjectNode) Json.node(changed)).put("version", old.version()));
    if (same.equals(old)) {
      throw new StartException("nothing would change: policy '" + old.name() + "' is so already");
    }
    return PolicyFields.read(
        ((ObjectNode) Json.node(changed))
            .put("version", Math.max(changed.version(), old.version() + 1)));
  }
}
