package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import witan.cluster.client.CouncilOptions;

/** {@code witan watch CASE}. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Follows one case: what was logged so far, then what is logged, until the case is over;",
      "and why it waits, and for whom.",
      "Exit codes: 0 carried out as decided (rehearsed, and no action, included); 1 it failed, was"
          + " aborted, is unknown, or the council did not approve; 2 it could not be watched."
    })
public final class WatchCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<String> DONE = Set.of("SUCCEEDED", "REHEARSED");
  private static final Set<String> COUNTED =
      Set.of("VoteCast", "VotingOpened", "VotingExtended", "VotingConverted");

  @Mixin CouncilOptions options = new CouncilOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      description =
          "each event as one line of JSON, for programs; and, when they change, the reasons why the"
              + " case waits: {\"waits\":[...]}")
  boolean json;

  @Parameters(paramLabel = "CASE", description = "as GET /v1/cases or 'witan vote' lists it")
  String caseId = "";

  private String outcome = "";

  /** As shown last. */
  private List<String> waitsFor = List.of();

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
    waits(details, out);
    try (CaseFeed feed = new CaseFeed(api, caseId, from, token, PATIENCE)) {
      while (true) {
        Optional<JsonNode> next = feed.next();
        if (next.isEmpty()) {
          waits(api, token, out);
          continue;
        }
        JsonNode event = next.get();
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
        if (event.path("index").asLong() > known) {
          waits(api, token, out);
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

  /** What it waits for is a hint: that it cannot be had ends no watch. */
  private void waits(ApiClient api, String token, PrintWriter out) throws InterruptedException {
    try {
      waits(api.get("/v1/cases/" + caseId, token), out);
    } catch (IOException unanswered) {
      // The next sign of life asks again.
    }
  }

  /** Why the case waits, each time that it is for other reasons than before. */
  private void waits(JsonNode details, PrintWriter out) {
    JsonNode waits = details.path("waits");
    List<String> reasons = new ArrayList<>();
    waits.forEach(w -> reasons.add(w.path("code").asText() + " " + w.path("who").asText()));
    if (reasons.equals(waitsFor) || !waits.isArray()) {
      return;
    }
    waitsFor = reasons;
    if (json) {
      out.println(JsonNodeFactory.instance.objectNode().set("waits", waits).toString());
    } else {
      waits.forEach(w -> out.println(CaseLine.waits(w)));
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
