package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.client.CouncilOptions;
import witan.codec.json.Json;
import witan.http.auth.Role;

/** What a watcher may say to a case; exit codes 0 logged, 1 refused, 2 could not be tried. */
public final class AskCommands {
  private AskCommands() {}

  /** Posts, and says where it stands in the log. */
  public static int post(
      CouncilOptions options, Role role, CommandSpec spec, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    JsonNode receipt =
        options
            .api()
            .post(path, options.token(role), Json.canonical(Json.mapper().valueToTree(body)));
    spec.commandLine().getOut().println("Logged as entry " + receipt.path("index").asText() + ".");
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** {@code witan pause CASE}. */
  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = {
        "Holds the execution of a case up for 15 minutes, with an operator's token; again, for as"
            + " long again.",
        "No forward step begins; what was begun goes on, and what is taken back is. Then it goes on"
            + " by itself: only a member ends it ('witan vote abort')."
      })
  public static final class Pause implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CASE")
    String caseId = "";

    @Option(names = "--reason", required = true, description = "why; it is logged")
    String reason = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      return post(
          options, Role.OPERATOR, spec, "/v1/cases/" + caseId + "/pause", Map.of("reason", reason));
    }
  }

  /** {@code witan resume CASE}. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Lets a paused execution go on before its time, with an operator's token.")
  public static final class Resume implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CASE")
    String caseId = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      return post(options, Role.OPERATOR, spec, "/v1/cases/" + caseId + "/resume", Map.of());
    }
  }

  /** {@code witan resolve CASE STEP}. */
  @Command(
      name = "resolve",
      mixinStandardHelpOptions = true,
      description = {
        "Says what became of a step whose outcome is UNKNOWN; noted beside the case, which it does"
            + " not move.",
        "A step that waits for a person is confirmed with 'witan vote confirm'."
      })
  public static final class Resolve implements Callable<Integer> {
    @Mixin CouncilOptions options = new CouncilOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CASE")
    String caseId = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "as 'witan watch' shows it")
    String step = "";

    @ArgGroup(multiplicity = "1")
    Did did = new Did();

    @Option(names = "--note", defaultValue = "", description = "what you saw or did")
    String note = "";

    /** One of the two. */
    static final class Did {
      @Option(names = "--done", required = true, description = "it was done")
      boolean done;

      @Option(names = "--not-done", required = true, description = "it was not, and will not be")
      boolean notDone;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      String path =
          "/v1/cases/"
              + caseId
              + "/steps/"
              + URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20")
              + "/resolve";
      return post(options, Role.VOTER, spec, path, Map.of("did", did.done, "note", note));
    }
  }
}
