package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.cluster.client.CouncilJson;
import witan.cluster.client.CouncilOptions;
import witan.codec.json.Json;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;

/** {@code witan policy}. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description =
        "The policies that votes are decided by. Changes are voted on: 'witan propose policy'.")
public final class PolicyCommand implements Callable<Integer> {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(PolicyCommand::new, List.of(ListAll.class, Show.class, Diff.class));

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "What of policies? list, show or diff");
  }

  /** What the API answers, and the policies of it. */
  private record Known(JsonNode answer, List<JsonNode> lines, List<Policy> policies) {
    static Known read(CouncilOptions options) throws Exception {
      ApiClient api = options.api();
      JsonNode answer = api.get("/v1/policies", options.token());
      List<JsonNode> lines = new ArrayList<>();
      answer.path("policies").forEach(lines::add);
      return new Known(answer, lines, CouncilJson.policies(answer));
    }

    int index(String name) {
      for (int i = 0; i < policies.size(); i++) {
        if (policies.get(i).name().equals(name)) {
          return i;
        }
      }
      throw PolicyProposal.unknown(name);
    }
  }

  /** {@code witan policy list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The policies in force, and what chooses one of them.")
  static final class ListAll implements Callable<Integer> {
    private static final String LINE = "%-16s %7s  %-9s %-12s %8s %8s %9s%n";

    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one JSON document, for programs: basis points")
    boolean json;

    @Override
    public Integer call() throws Exception {
      Known known = Known.read(options);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(known.answer());
        return 0;
      }
      out.printf(LINE, "policy", "version", "from", "window", "quorum", "support", "approvals");
      for (Policy policy : known.policies()) {
        out.printf(
            LINE,
            policy.name(),
            policy.version(),
            policy.minimumSeverity(),
            Words.duration(policy.window()),
            Words.percent(policy.quorumBps()),
            Words.percent(policy.supportBps()),
            policy.minimumApprovals());
      }
      PolicyTable rows = CouncilJson.table(known.answer());
      if (rows != null) {
        out.printf("Chosen by the table, version %s:%n", rows.version());
        rows.rows().forEach(row -> out.println("  " + TableText.row(row)));
      } else {
        out.println("Chosen by the gravest alert's severity.");
      }
      return 0;
    }
  }

  /** {@code witan policy show NAME}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "One policy, field by field.")
  static final class Show implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME")
    String name = "";

    @Option(names = "--json", description = "as it is written, for programs: basis points")
    boolean json;

    @Override
    public Integer call() throws Exception {
      Known known = Known.read(options);
      int index = known.index(name);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(known.lines().get(index));
        return 0;
      }
      out.println("Policy " + name);
      PolicyText.fields(known.policies().get(index))
          .forEach((field, value) -> out.printf("  %-26s %s%n", field, value));
      out.println("  digest");
      out.println("    " + known.lines().get(index).path("digest").asText());
      return 0;
    }
  }

  /** {@code witan policy diff FILE|NAME}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = {
        "What differs, old -> new; what is the same is not shown.",
        "Of a file: from the policy of that name in force to the one in the file. Of a name: from"
            + " the policy in the charter to the one in force."
      })
  static final class Diff implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE|NAME")
    String what = "";

    @Override
    public Integer call() throws Exception {
      Known known = Known.read(options);
      boolean file = Files.isRegularFile(Path.of(what));
      Policy changed =
          file ? Documents.policy(Path.of(what)) : known.policies().get(known.index(what));
      Policy old = file ? inForce(known, changed.name()) : founded(changed.name());
      List<String> lines = PolicyText.differences(old, changed);
      PrintWriter out = spec.commandLine().getOut();
      if (lines.isEmpty()) {
        out.println("policy " + changed.name() + ": nothing differs");
      }
      lines.forEach(line -> out.println("policy " + changed.name() + ": " + line));
      return 0;
    }

    private static Policy inForce(Known known, String name) {
      return known.policies().get(known.index(name));
    }

    private Policy founded(String name) throws Exception {
      for (JsonNode policy :
          options.api().get("/v1/council", options.token()).at("/charter/policies")) {
        if (policy.path("name").asText().equals(name)) {
          return Json.read(Policy.class, policy);
        }
      }
      throw new StartException("policy '" + name + "' is not in the charter: it came later");
    }
  }
}
