package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
import witan.answers.votes.ProposalAnswer;
import witan.cluster.client.ApiClient;
import witan.cluster.client.ApiRefusedException;
import witan.cluster.client.CouncilOptions;
import witan.cluster.text.Lines;
import witan.cluster.text.Roll;
import witan.cluster.text.Sentences;
import witan.cluster.vote.Proposal;

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
  private static final Set<String> DECIDED =
      Set.of("ProposalApproved", "ProposalRejected", "ProposalExpired", "ProposalVetoed");

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

  /** Steps that wait for a person. */
  private final Set<String> asked = new HashSet<>();

  private boolean live;
  private @Nullable Roll roll;

  private @Nullable CaseTeller told;

  private CaseTeller teller() {
    CaseTeller known = told;
    if (known == null) {
      known =
          new CaseTeller(
              caseId, Instant.now(), step -> live || asked.contains(step), Lines::ofTerminal);
      told = known;
    }
    return known;
  }

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
    head(details, out);
    learn(api, token);
    waits(details, out);
    try (CaseFeed feed = new CaseFeed(api, caseId, from, token, PATIENCE)) {
      while (true) {
        Optional<JsonNode> next = feed.next();
        if (next.isEmpty()) {
          waits(api, token, out);
          continue;
        }
        JsonNode event = next.get();
        live = event.path("index").asLong() > known;
        show(api, token, out, event);
        Integer code = code(event.path("type").asText(), event.path("event"));
        if (code != null) {
          assurance(api, token, out);
          return code;
        }
        if (live) {
          waits(api, token, out);
        }
      }
    }
  }

  private void head(JsonNode details, PrintWriter out) {
    details.at("/execution/waitingFor").forEach(step -> asked.add(step.path("step").asText()));
    if (!json) {
      String title = Sentences.title(details);
      out.print(
          Lines.ofTerminal()
              .line("Case " + caseId + (title.isEmpty() ? "" : ": " + title))
              .line(
                  details.path("phase").asText().toLowerCase(Locale.ROOT) + "; times are in UTC"));
      out.flush();
    }
  }

  /** What there is to know of the vote; empty where none was opened. */
  private Optional<ProposalAnswer> learn(ApiClient api, String token)
      throws IOException, InterruptedException {
    Optional<JsonNode> found = json ? Optional.empty() : api.find("/v1/proposals/" + caseId, token);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Proposal vote = Proposal.of(found.get(), caseId);
    Roll electors = roll == null ? vote.roll(api, token) : roll;
    roll = electors;
    teller().know(vote.answer(), electors, Instant.now());
    return Optional.of(vote.answer());
  }

  private void show(ApiClient api, String token, PrintWriter out, JsonNode event)
      throws IOException, InterruptedException {
    if (json) {
      out.println(event);
    } else {
      String type = event.path("type").asText();
      boolean moved = live && (COUNTED.contains(type) || DECIDED.contains(type));
      Optional<ProposalAnswer> vote = moved ? learn(api, token) : Optional.empty();
      out.print(teller().event(event));
      if (COUNTED.contains(type)) {
        vote.ifPresent(now -> out.print(teller().tally(now)));
      }
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
      waits.forEach(w -> out.print(teller().waits(w)));
    }
    out.flush();
  }

  /** Null while the case goes on. */
  private @Nullable Integer code(String type, JsonNode event) {
    if (type.equals("ExecutionEnded")) {
      outcome = event.path("outcome").asText();
    }
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
      boolean anchored = assurance.path("level").asText().equals("ANCHORED");
      out.print(
          Lines.ofTerminal()
              .line(
                  "The case is over; its last entry is "
                      + (anchored
                          ? "ANCHORED: in the log, and on the chain."
                          : "LOGGED; on the chain it is not yet ('./witan watch "
                              + caseId
                              + "' later says when it is).")));
      out.flush();
    }
  }
}
