package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.client.ApiClient;
import witan.cluster.client.ApiRefusedException;
import witan.cluster.vote.VoteOptions;

/** {@code witan watch CASE}. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Follows one case: what was logged so far, then what is logged, until the case is over.",
      "Exit codes: 0 carried out as decided (rehearsed, and no action, included); 1 it failed, was"
          + " aborted, is unknown, or the council did not approve; 2 it could not be watched."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<String> DONE = Set.of("SUCCEEDED", "REHEARSED");
  private static final Set<String> COUNTED =
      Set.of("VoteCast", "VotingOpened", "VotingExtended", "VotingConverted");

  @Mixin VoteOptions options = new VoteOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "each event as one line of JSON, for programs")
  boolean json;

  @Parameters(paramLabel = "CASE", description = "as GET /v1/cases or 'witan vote' lists it")
  String caseId = "";

  private String outcome = "";

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      return watch(options.api(), options.token(), out);
    } catch (ApiRefusedException e) {
      spec.commandLine().getErr().println("witan: " + e.code() + ": " + e.explanation());
      return 2;
    } catch (IOException e) {
      spec.commandLine().getErr().println("witan: cannot watch: " + e.getMessage());
      return 2;
    }
  }

  private int watch(ApiClient api, String token, PrintWriter out)
      throws IOException, InterruptedException {
    JsonNode details = api.get("/v1/cases/" + caseId, token);
    long from = details.at("/events/0/index").asLong();
    long known = details.path("index").asLong();
    if (!json) {
      out.printf(
          "Case %s, %s%n",
          caseId, details.path("phase").asText().toLowerCase(java.util.Locale.ROOT));
      out.flush();
    }
    try (CaseFeed feed = new CaseFeed(api, caseId, from, token, PATIENCE)) {
      while (true) {
        JsonNode event = feed.next();
        String type = event.path("type").asText();
        show(out, event);
        if (!json && event.path("index").asLong() >= known && COUNTED.contains(type)) {
          tally(api, token, out);
        }
        Integer code = code(type, event.path("event"));
        if (type.equals("ExecutionEnded")) {
          outcome = event.at("/event/outcome").asText();
        }
        if (code != null) {
          assurance(api, token, out);
          return code;
        }
      }
    }
  }

  private void show(PrintWriter out, JsonNode event) {
    if (json) {
      out.println(event);
    } else {
      CaseLine.of(event).ifPresent(out::println);
    }
    out.flush();
  }

  private void tally(ApiClient api, String token, PrintWriter out)
      throws IOException, InterruptedException {
    JsonNode proposal = api.get("/v1/proposals/" + caseId, token);
    String deadline = proposal.path("deadline").asText();
    long left = Duration.between(Instant.now(), Instant.parse(deadline)).toSeconds();
    out.printf(
        "%s; %d:%02d left%n",
        CaseLine.tally(proposal), Math.max(0, left) / 60, Math.max(0, left) % 60);
    out.flush();
  }

  /** Null while the case goes on. */
  private @Nullable Integer code(String type, JsonNode event) {
    if (!type.equals("CaseClosed")) {
      return null;
    }
    boolean noAction = event.path("reason").asText().equals("no_action");
    return noAction || DONE.contains(outcome) ? 0 : 1;
  }

  private void assurance(ApiClient api, String token, PrintWriter out)
      throws IOException, InterruptedException {
    if (!json) {
      JsonNode assurance = api.get("/v1/cases/" + caseId, token).path("assurance");
      out.printf(
          "The case is over; its last entry is %s%s.%n",
          assurance.path("level").asText(),
          assurance.path("level").asText().equals("LOGGED")
              ? " (GET /v1/cases/" + caseId + " says when it is anchored)"
              : "");
      out.flush();
    }
  }
}
