package witan.actors.execution;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import witan.actors.kubernetes.ActionResult;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

/**
 * What one life of an executor does for a step: looks up its pins, signs its intent, calls, signs
 * what was observed. Not thread-safe.
 */
final class StepWork {
  private final ExecutorKey key;
  private final ExecutionSettings settings;
  private final InstantSource clock;
  private final StepCalls calls;
  private final StepAttempt attempt;

  StepWork(ExecutorTools tools, Executor threads) {
    this.key = tools.key();
    this.settings = tools.settings();
    this.clock = tools.clock();
    this.calls =
        new StepCalls(tools.actions(), tools.registry(), tools.lanes(), threads, tools.clock());
    this.attempt = new StepAttempt(settings, clock, calls::fences);
  }

  StepAttempt attempt() {
    return attempt;
  }

  /** Why a call for the order has to wait for its turn; empty where it has not. */
  Optional<Reason> turn(Order order) {
    return calls
        .full(order)
        .map(
            target ->
                new Reason(
                    WaitCode.LANE_BUSY,
                    "step " + order.step() + " waits for its turn: other calls there are under way",
                    target));
  }

  /**
   * Why the step is tried again later; empty where a person is asked.
   *
   * @param kind of the proposal
   */
  Optional<Reason> again(
      CaseEvent.StepIntended intent, StepAttempt.Next.Pause pause, ProposalKind kind) {
    String who = Who.target(intent, kind);
    if (pause.after() instanceof ActionResult.Retry retry) {
      return Optional.of(
          new Reason(
              retry.why(),
              "step %s: attempt %d of %d came to: %s; the next comes at %s"
                  .formatted(
                      intent.step(),
                      pause.attempts(),
                      settings.maxAttempts(),
                      retry.detail(),
                      clock.instant().plus(pause.pause()).truncatedTo(ChronoUnit.MILLIS)),
              retry.why() == WaitCode.LOG_NOT_BELIEVED ? Who.OPERATOR : who));
    }
    return kind == ProposalKind.INCIDENT
        ? Optional.empty()
        : Optional.of(new Reason(WaitCode.ENTITY_BUSY, pause.after().detail(), who));
  }

  /** What the intent must pin; none where the target does not answer: that fails in the step. */
  CompletionStage<Map<String, String>> pins(Order order) {
    return calls.prepare(order).exceptionally(failure -> Map.of());
  }

  /**
   * The intent to log.
   *
   * @param timeout what the playbook gives it; zero where it says nothing
   */
  CaseCommand intend(CaseState state, Order order, Duration timeout, Map<String, String> pins) {
    attempt.intended(order.step());
    Duration given = timeout.isZero() ? settings.stepTimeout() : timeout;
    Instant deadline = clock.instant().plus(given).truncatedTo(ChronoUnit.MILLIS);
    return key.intent(council(state), order, pins, deadline);
  }

  /**
   * An attempt; never fails.
   *
   * @param lastWord only look whether an earlier one had its effect
   */
  CompletionStage<ActionResult> act(
      CaseState state, Order order, CaseEvent.StepIntended intent, boolean lastWord) {
    Order pinned = order.with(intent.parameters());
    Voting voting = Objects.requireNonNull(state.voting());
    CompletionStage<ActionResult> called =
        lastWord ? calls.reconcile(pinned) : calls.perform(pinned, intent.deadline(), voting);
    return called.exceptionally(
        failure -> new ActionResult.Retry(String.valueOf(failure), "[]", Optional.empty(), true));
  }

  /** The observation to log. */
  CaseCommand observe(
      CaseState state, Order order, CaseEvent.StepIntended intent, StepAttempt.Next.Observe seen) {
    return key.observation(
        council(state), order, intent, seen.outcome(), seen.detail(), seen.requests());
  }

  private static String council(CaseState state) {
    return String.valueOf(state.councilId());
  }
}
