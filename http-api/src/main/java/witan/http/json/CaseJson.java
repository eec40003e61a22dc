package witan.http.json;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.domain.api.Anchors;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Tally;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Waiting;

/**
 * Cases, proposals and executions as the API shows them. The raw alerts are never in them: their
 * digests are.
 */
public final class CaseJson {
  private final Anchors.Status anchors;
  private final Instant now;

  public CaseJson(Anchors.Status anchors, Instant now) {
    this.anchors = anchors;
    this.now = now;
  }

  public Map<String, Object> summary(CaseSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("caseId", summary.caseId());
    json.put("phase", summary.phase().name());
    json.put("title", summary.title());
    json.put("severity", summary.severity().name());
    json.put("resource", summary.resource());
    json.put("alerts", summary.alerts());
    json.put("votes", summary.votes());
    json.put("outcome", name(summary.outcome()));
    json.put("execution", name(summary.execution()));
    json.put("deadline", time(summary.deadline()));
    json.put("openedAt", time(summary.openedAt()));
    json.put("updatedAt", time(summary.updatedAt()));
    json.put("firstIndex", summary.firstIndex());
    json.put("lastIndex", summary.lastIndex());
    json.put("assurance", AssuranceJson.of(anchors, summary.lastIndex(), summary.updatedAt(), now));
    return json;
  }

  /**
   * The whole case but for the values of its events.
   *
   * @param resolved unknown steps that a person has looked at since
   * @param waits why it waits
   */
  public Map<String, Object> details(LoggedCase logged, Set<String> resolved, List<Waiting> waits) {
    CaseState state = logged.state();
    Map<String, Object> json = head(logged);
    json.put("councilId", state.councilId());
    json.put("proposed", state.proposed() == null ? null : state.proposed().signed());
    json.put("alerts", state.alerts());
    json.put("proposal", state.voting() == null ? null : "/v1/proposals/" + state.caseId());
    json.put("outcome", state.outcome());
    json.put(
        "execution",
        state.execution() == null
            ? null
            : executionHead(state.execution(), "/v1/executions/" + state.caseId(), resolved));
    json.put("waits", waits.stream().map(WaitJson::of).toList());
    json.put("paused", paused(state));
    json.put("containment", containment(state));
    json.put("follows", state.precautions().follows());
    json.put("next", state.precautions().next());
    json.put("closeReason", state.closeReason());
    json.put("sealed", state.sealed());
    json.put("events", logged.events().stream().map(CaseJson::line).toList());
    return json;
  }

  /**
   * A proposal.
   *
   * @param radius what its options would touch; null where nobody tried them
   */
  public Map<String, Object> proposal(
      LoggedCase logged, Voting voting, @Nullable BlastRadius radius) {
    Map<String, Object> json = head(logged);
    json.put("proposalHash", voting.proposalHash());
    json.put("content", voting.content());
    json.put("options", options(voting));
    json.put("blastRadius", radius);
    json.put("kind", voting.content().kind().name());
    json.put("change", voting.content().change());
    json.put("urgency", voting.gravity(logged.state()).urgency().name());
    json.put("policy", voting.policy());
    json.put("normalPolicy", voting.normal());
    json.put("converted", voting.converted());
    json.put("domain", voting.domain());
    json.put("registrySeq", voting.registrySeq());
    json.put("opensAt", time(voting.opensAt()));
    json.put("deadline", time(voting.deadline()));
    json.put("extended", voting.extended());
    json.put("tally", new Standing(voting.rules(), voting.lastRules(), voting.count()).json());
    json.put("votes", votes(voting, true));
    json.put("late", late(voting));
    json.put("notified", voting.notices().size());
    json.put("outcome", logged.state().outcome());
    return json;
  }

  /** What has become of its steps; for {@code resolved}, see {@link #details}. */
  public Map<String, Object> execution(
      LoggedCase logged, Execution execution, Set<String> resolved) {
    Map<String, Object> json = head(logged);
    json.putAll(executionHead(execution, null, resolved));
    List<Map<String, Object>> steps = new ArrayList<>();
    for (String step : execution.steps()) {
      steps.add(step(step, execution));
      if (execution.intents().containsKey(Execution.UNDO + step)) {
        steps.add(step(Execution.UNDO + step, execution));
      }
    }
    json.put("steps", steps);
    json.put("paused", paused(logged.state()));
    json.put("driftBefore", logged.state().precautions().before());
    json.put("driftAfter", logged.state().precautions().after());
    return json;
  }

  /** By whom, why and until when; null where it is not, or not any more. */
  private @Nullable Map<String, Object> paused(CaseState state) {
    Pauses pauses = state.precautions().pauses();
    CaseEvent.ExecutionPaused last = pauses.last();
    if (last == null || !pauses.at(now)) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("by", last.by());
    json.put("person", last.person());
    json.put("reason", last.reason());
    json.put("at", time(last.at()));
    json.put("until", time(pauses.until()));
    return json;
  }

  private Map<String, Object> head(LoggedCase logged) {
    CaseState state = logged.state();
    Instant updated = null;
    if (!logged.events().isEmpty()) {
      updated = logged.events().get(logged.events().size() - 1).at();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("caseId", state.caseId());
    json.put("phase", state.phase().name());
    json.put("seq", state.seq());
    json.put("index", logged.index());
    json.put("assurance", AssuranceJson.of(anchors, logged.index(), updated, now));
    return json;
  }

  private static Map<String, Object> line(LoggedEvent event) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", event.index());
    json.put("seq", event.seq());
    json.put("type", event.type());
    json.put("at", time(event.at()));
    json.put("actor", event.actor());
    return json;
  }

  private static List<Map<String, Object>> options(Voting voting) {
    List<Map<String, Object>> options = new ArrayList<>();
    for (int i = 0; i < voting.content().choices(); i++) {
      BigInteger approved =
          i < voting.approvals().size() ? voting.approvals().get(i) : BigInteger.ZERO;
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("index", i);
      json.put("noAction", voting.content().noAction(i));
      json.put(
          "option",
          i < voting.content().options().size() ? voting.content().options().get(i) : null);
      json.put("approvedBy", approved.toString());
      options.add(json);
    }
    return options;
  }

  private static List<Map<String, Object>> votes(Voting voting, boolean counted) {
    return voting.votes().values().stream()
        .filter(vote -> vote.counted() == counted)
        .map(vote -> vote(vote, voting))
        .toList();
  }

  /** The ballots that came after the decision, and the sums that they and the others make. */
  private static Map<String, Object> late(Voting voting) {
    Tally all = voting.all().tally();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("votes", votes(voting, false));
    json.put("finalSums", Standing.sides(all.forPower(), all.againstPower(), all.abstainPower()));
    json.put("flaggedAsAbuse", voting.all().flagged().toString());
    return json;
  }

  private static Map<String, Object> vote(CaseEvent.VoteCast vote, Voting voting) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("signed", vote.signed());
    json.put("ballotDigest", vote.ballotDigest());
    json.put("organisation", vote.organisation());
    json.put("weight", vote.weight().toString());
    json.put("delegatedWeight", vote.delegatedWeight().toString());
    json.put("carries", voting.carriedBy(vote.signed().ballot().voter()).toString());
    json.put("overrides", vote.overrides());
    json.put("ordinal", vote.ordinal());
    json.put("counted", vote.counted());
    json.put("at", time(vote.at()));
    return json;
  }

  /** What is, or was, there before the decision; with the last refusal where it was not begun. */
  private static @Nullable Map<String, Object> containment(CaseState state) {
    Containment containment = state.precautions().containment();
    Voting voting = state.voting();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("refused", state.precautions().refused());
    if (containment == null || voting == null) {
      return state.precautions().refused() == null ? null : json;
    }
    Execution ledger = containment.ledger();
    json.put("option", ledger.option());
    json.put("adapter", ledger.adapter());
    json.put("grant", containment.grant());
    json.put("startedAt", time(ledger.startedAt()));
    json.put("expiresAt", time(containment.expiresAt(voting)));
    json.put("outcome", name(containment.outcome()));
    List<String> steps = new ArrayList<>(ledger.steps());
    ledger.intents().keySet().stream().filter(s -> !steps.contains(s)).forEach(steps::add);
    json.put("steps", steps.stream().map(step -> step(step, ledger)).toList());
    return json;
  }

  private static Map<String, Object> executionHead(
      Execution execution, @Nullable String link, Set<String> resolved) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (link != null) {
      json.put("link", link);
    }
    json.put("option", execution.option());
    json.put("playbookDigest", execution.playbookDigest());
    json.put("adapter", execution.adapter());
    json.put(
        "rehearsed",
        execution.outcome() == ExecutionOutcome.REHEARSED
            || execution.observations().values().stream()
                .anyMatch(o -> o.outcome() == StepOutcome.REHEARSED));
    CaseEvent.ExecutionEnded ended = execution.ended();
    json.put("outcome", name(execution.outcome()));
    json.put("detail", ended == null ? null : ended.detail());
    json.put("abort", execution.abort());
    json.put("waitingFor", waitingFor(execution, resolved));
    json.put("startedAt", time(execution.startedAt()));
    json.put("endedAt", time(ended == null ? null : ended.at()));
    return json;
  }

  /** Whether the outcome of any step is unknown. */
  public static boolean hasUnknown(Execution execution) {
    return execution.observations().values().stream()
        .anyMatch(seen -> seen.outcome() == StepOutcome.UNKNOWN);
  }

  /** The steps that a person has to confirm: until their deadline, and what is unknown after it. */
  private static List<Map<String, Object>> waitingFor(Execution execution, Set<String> resolved) {
    List<Map<String, Object>> waiting = new ArrayList<>();
    for (CaseEvent.StepIntended intent : execution.intents().values()) {
      CaseEvent.StepObserved seen = execution.latest(intent.step());
      boolean manual = seen == null && intent.action().equals(PlaybookStep.MANUAL);
      boolean unknown =
          seen != null
              && seen.outcome() == StepOutcome.UNKNOWN
              && !resolved.contains(intent.step());
      if (manual || unknown) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", intent.step());
        json.put("why", manual ? "MANUAL" : "UNKNOWN");
        json.put("target", intent.target());
        json.put("parameters", intent.parameters());
        json.put("deadline", manual ? time(intent.deadline()) : null);
        waiting.add(json);
      }
    }
    return waiting;
  }

  private static Map<String, Object> step(String step, Execution execution) {
    CaseEvent.StepIntended intent = execution.intents().get(step);
    CaseEvent.StepObserved observed = execution.observations().get(step);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step);
    json.put(
        "state",
        observed != null ? observed.outcome().name() : intent != null ? "INTENDED" : "WAITING");
    json.put("rehearsed", observed != null && observed.outcome() == StepOutcome.REHEARSED);
    json.put("intent", intent);
    json.put("observation", observed);
    return json;
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : Json.format(instant);
  }
}
