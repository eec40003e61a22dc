package witan.domain.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Decision;
import witan.domain.registry.RecordedStatement;

/**
 * The commands of the executor: intent, effect, observation. Which step follows which is the
 * playbook's: it is named by its digest, and anybody can run its rules again. A step may be tried
 * again (attempt + 1) only after its last attempt was observed as FAILED: an attempt without an
 * observation may still take effect, and is repeated under its own fence, not under a new intent.
 */
final class ExecutionRules {
  /** The adapter of changes of the registry. */
  private static final String REGISTRY = "registry";

  static final int MAX_STEPS = 200;
  static final int MAX_NAME = 200;

  private ExecutionRules() {}

  static Decision<CaseEvent> decide(CaseState s, CaseCommand command, Instant now) {
    if (command instanceof CaseCommand.StartExecution c) {
      return start(s, c, now);
    }
    if (command instanceof CaseCommand.RefuseExecution c) {
      return refuse(s, c, now);
    }
    if (command instanceof CaseCommand.IntendStep c) {
      return intend(s, c, now);
    }
    if (command instanceof CaseCommand.ObserveStep c) {
      return observe(s, c, now);
    }
    if (command instanceof CaseCommand.PauseExecution c) {
      return PauseRules.pause(s, c, now);
    }
    if (command instanceof CaseCommand.ResumeExecution c) {
      return PauseRules.resume(s, c, now);
    }
    if (command instanceof CaseCommand.EndExecution c) {
      return end(s, c, now);
    }
    throw new IllegalStateException("unknown command " + command.getClass());
  }

  private static Decision<CaseEvent> start(CaseState s, CaseCommand.StartExecution c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.STARTED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Outcome outcome = s.outcome();
    Voting v = s.voting();
    if (s.phase() != Phase.APPROVED || outcome == null || v == null) {
      return Phases.wrong(s, Phase.APPROVED);
    }
    if (Phases.nothingToDo(v, outcome)) {
      return Decision.refuse(
          "no_action", "the council decided that nothing is done", "wait for the deadline");
    }
    if (c.adapter().equals(REGISTRY) == (v.content().kind() == ProposalKind.INCIDENT)) {
      return Decision.refuse(
          "wrong_adapter",
          "changes of the registry, and no other proposals, are executed by " + REGISTRY,
          "use the adapter of the proposal's kind");
    }
    if (c.steps().size() > MAX_STEPS
        || new HashSet<>(c.steps()).size() != c.steps().size()
        || c.steps().stream().anyMatch(step -> step.isEmpty() || step.length() > MAX_NAME)) {
      return Decision.refuse(
          "steps_invalid",
          "at most " + MAX_STEPS + " steps, each once, of 1 to " + MAX_NAME + " characters",
          "refuse the execution");
    }
    Comparison comparison = c.comparison();
    Decision<CaseEvent> wrong = RadiusRules.beforeStart(s, comparison);
    if (wrong != null) {
      return wrong;
    }
    List<CaseEvent> confirmed = ContainmentRules.confirmed(s, outcome.option(), now);
    if (confirmed == null) {
      return ContainmentRules.inTheWay();
    }
    List<CaseEvent> events = new ArrayList<>(confirmed);
    if (comparison != null) {
      events.add(RadiusRules.before(comparison, null, now));
    }
    events.add(
        new CaseEvent.ExecutionStarted(
            outcome.option(), v.content().playbook(outcome.option()), c.adapter(), c.steps(), now));
    return Decision.accept(events);
  }

  private static Decision<CaseEvent> refuse(
      CaseState s, CaseCommand.RefuseExecution c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.ENDED);
    if (before != null && !s.seqByKey().containsKey(CaseKeys.STARTED)) {
      return new Decision.Repeated<>(before);
    }
    if (s.phase() != Phase.APPROVED) {
      return Phases.wrong(s, Phase.APPROVED);
    }
    if (ContainmentRules.open(s) != null) {
      return ContainmentRules.inTheWay();
    }
    String detail = Texts.cut(c.code() + ": " + c.detail(), Texts.MAX_DETAIL);
    return Decision.accept(
        Phases.closing(
            s,
            List.of(new CaseEvent.ExecutionEnded(ExecutionOutcome.REFUSED, detail, now)),
            "refused",
            now));
  }

  private static Decision<CaseEvent> intend(CaseState s, CaseCommand.IntendStep c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.intent(c.step(), c.attempt()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Execution x = ContainmentRules.ledger(s);
    if (x == null) {
      return Phases.wrong(s, Phase.EXECUTING);
    }
    if (!x.names(c.step())) {
      return unknownStep(c.step());
    }
    Decision<CaseEvent> over = ContainmentRules.step(s, c.step(), now);
    if (over != null) {
      return over;
    }
    if (AbortRules.forbids(x, c.step())) {
      return Decision.refuse(
          "execution_aborted", "the execution was ended early", "read the case again");
    }
    if (PauseRules.holds(s, c.step(), now)) {
      return Decision.refuse(
          "execution_paused",
          "an operator paused the execution until " + s.precautions().pauses().until(),
          "wait for it");
    }
    CaseEvent.StepIntended last = x.intents().get(c.step());
    CaseEvent.StepObserved seen = x.latest(c.step());
    boolean next =
        last == null
            ? c.attempt() == 1
            : c.attempt() == last.attempt() + 1
                && seen != null
                && seen.outcome() == StepOutcome.FAILED;
    if (!next) {
      return Decision.refuse(
          "wrong_attempt",
          "attempts count from 1, and another follows only an observed failure",
          "observe the last attempt first");
    }
    return Decision.accept(
        new CaseEvent.StepIntended(
            c.step(),
            c.attempt(),
            c.action(),
            c.target(),
            c.parameters(),
            c.fence(),
            c.deadline(),
            now,
            c.signed()));
  }

  private static Decision<CaseEvent> observe(CaseState s, CaseCommand.ObserveStep c, Instant now) {
    return observe(s, c, null, now);
  }

  /**
   * The same, as a member said it.
   *
   * @param said null where an executor observed it
   */
  static Decision<CaseEvent> observe(
      CaseState s, CaseCommand.ObserveStep c, @Nullable RecordedStatement said, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.observation(c.step(), c.attempt()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Execution x = ContainmentRules.ledger(s);
    if (x == null) {
      return Phases.wrong(s, Phase.EXECUTING);
    }
    if (!x.names(c.step())) {
      return unknownStep(c.step());
    }
    if (!s.seqByKey().containsKey(CaseKeys.intent(c.step(), c.attempt()))) {
      return Decision.refuse(
          "no_intent", "attempt " + c.attempt() + " was never intended", "intend the step first");
    }
    return Decision.accept(
        new CaseEvent.StepObserved(
            c.step(),
            c.attempt(),
            c.outcome(),
            Texts.cut(c.detail(), Texts.MAX_DETAIL),
            c.requests(),
            now,
            c.signed(),
            c.person(),
            said));
  }

  private static Decision<CaseEvent> unknownStep(String step) {
    return Decision.refuse(
        "unknown_step",
        "the execution has no step " + Texts.cut(step, MAX_NAME),
        "use the ids of ExecutionStarted");
  }

  private static Decision<CaseEvent> end(CaseState s, CaseCommand.EndExecution c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.ENDED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Execution x = s.execution();
    if (s.phase() != Phase.EXECUTING || x == null) {
      return Phases.wrong(s, Phase.EXECUTING);
    }
    return c.outcome() == null ? ended(s, x, now) : ended(s, x, c.outcome(), c.detail(), now);
  }

  private static Decision<CaseEvent> ended(CaseState s, Execution x, Instant now) {
    for (String step : x.steps()) {
      CaseEvent.StepObserved seen = x.latest(step);
      if (seen == null) {
        return Decision.refuse(
            "execution_unfinished", "step " + step + " was not observed", "observe it first");
      }
      if (!succeeded(seen)) {
        ExecutionOutcome outcome =
            seen.outcome() == StepOutcome.UNKNOWN
                ? ExecutionOutcome.UNKNOWN
                : ExecutionOutcome.FAILED;
        return ended(s, outcome, step + ": " + seen.detail(), now);
      }
    }
    boolean rehearsed =
        x.adapter().equals("rehearsal")
            || x.observations().values().stream()
                .anyMatch(o -> o.outcome() == StepOutcome.REHEARSED);
    return ended(s, rehearsed ? ExecutionOutcome.REHEARSED : ExecutionOutcome.SUCCEEDED, "", now);
  }

  /** Which steps a playbook's branches leave out is not the case's to know; the rest is. */
  private static Decision<CaseEvent> ended(
      CaseState s, Execution x, ExecutionOutcome outcome, String detail, Instant now) {
    boolean rehearsed = x.adapter().equals("rehearsal");
    boolean aborted = x.abort() != null;
    boolean unknown = false;
    boolean did = x.intents().isEmpty();
    for (String step : x.intents().keySet()) {
      CaseEvent.StepObserved seen = x.latest(step);
      if (seen == null) {
        return Decision.refuse(
            "execution_unfinished", "step " + step + " was not observed", "observe it first");
      }
      rehearsed = rehearsed || seen.outcome() == StepOutcome.REHEARSED;
      unknown = unknown || seen.outcome() == StepOutcome.UNKNOWN;
      did = did || succeeded(seen);
    }
    boolean fits =
        switch (outcome) {
          case SUCCEEDED -> did && !unknown && !rehearsed && !aborted;
          case REHEARSED -> did && !unknown && rehearsed && !aborted;
          case FAILED -> !unknown && !aborted;
          case ABORTED -> !unknown && aborted;
          case UNKNOWN -> unknown;
          case REFUSED -> false;
        };
    return fits
        ? ended(s, outcome, detail, now)
        : Decision.refuse(
            "wrong_outcome", "what was observed is not " + outcome, "say what was observed");
  }

  private static Decision<CaseEvent> ended(
      CaseState s, ExecutionOutcome outcome, String detail, Instant now) {
    CaseEvent ended =
        new CaseEvent.ExecutionEnded(outcome, Texts.cut(detail, Texts.MAX_DETAIL), now);
    boolean vetoed = s.seqByKey().containsKey(CaseKeys.VETOED);
    boolean aborted = s.seqByKey().containsKey(CaseKeys.ABORT);
    String reason = vetoed ? Phases.VETOED : aborted ? AbortRules.REASON : "executed";
    return Decision.accept(Phases.closing(s, List.of(ended), reason, now));
  }

  static boolean succeeded(CaseEvent.@Nullable StepObserved seen) {
    return seen != null
        && (seen.outcome() == StepOutcome.DONE || seen.outcome() == StepOutcome.REHEARSED);
  }
}
