package witan.actors.execution;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import witan.actors.kubernetes.ActionResult;
import witan.domain.execution.ChangePlan;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;

/**
 * What one life of an executor knows of the step that it is at: how often it was tried, and whether
 * an attempt may have had its effect. An intent of an earlier life may; one of this life has not,
 * unless an attempt says so.
 */
final class StepAttempt {
  /** What follows. */
  sealed interface Next {
    /**
     * An attempt.
     *
     * @param lastWord only look whether an earlier one had its effect
     */
    record Send(boolean lastWord) implements Next {}

    record Observe(StepOutcome outcome, String detail, String requests) implements Next {}

    /**
     * Look at the case again after that.
     *
     * @param after of so many attempts, what the last one came to
     */
    record Pause(Duration pause, int attempts, ActionResult after) implements Next {}
  }

  private final ExecutionSettings settings;
  private final InstantSource clock;
  private final Predicate<Order> fences;

  private String step = "";
  private int attempts;
  private boolean maybeApplied;

  /**
   * None yet.
   *
   * @param fences whether a repeat of the order is harmless
   */
  StepAttempt(ExecutionSettings settings, InstantSource clock, Predicate<Order> fences) {
    this.settings = settings;
    this.clock = clock;
    this.fences = fences;
  }

  /** This life has asked for the intent of that step. */
  void intended(String own) {
    step = own;
    attempts = 0;
    maybeApplied = false;
  }

  /** The intent is somebody else's, or of another life. */
  void forget() {
    step = "";
  }

  /** Before each attempt, with the case as logged just now. */
  Next perform(Order order, CaseEvent.StepIntended intent) {
    Optional<Next> open = takeUp(order);
    if (open.isPresent()) {
      return open.get();
    }
    // What was decided of the registry is applied whenever it answers.
    boolean late =
        !order.action().equals(ChangePlan.ACTION) && !clock.instant().isBefore(intent.deadline());
    return late ? giveUp("the deadline has passed", "[]") : send(false);
  }

  Next abandon(Order order, String why) {
    return takeUp(order).orElseGet(() -> giveUp(why, "[]"));
  }

  private Optional<Next> takeUp(Order order) {
    if (order.step().equals(step)) {
      return Optional.empty();
    }
    step = order.step();
    attempts = 0;
    maybeApplied = true;
    return fences.test(order)
        ? Optional.empty()
        : Optional.of(
            new Next.Observe(
                StepOutcome.UNKNOWN,
                "a crash left it open whether this was done, and it cannot be repeated safely",
                "[]"));
  }

  private Next send(boolean lastWord) {
    attempts++;
    return new Next.Send(lastWord);
  }

  /** No further attempt; whether an earlier one had its effect is looked up once. */
  private Next giveUp(String why, String requests) {
    return maybeApplied ? send(true) : new Next.Observe(StepOutcome.FAILED, why, requests);
  }

  Next answered(CaseEvent.StepIntended intent, ActionResult result, boolean lastWord) {
    if (result instanceof ActionResult.Done) {
      return observe(StepOutcome.DONE, result);
    }
    if (result instanceof ActionResult.Rehearsed) {
      return observe(StepOutcome.REHEARSED, result);
    }
    if (result instanceof ActionResult.Retry retry && !lastWord) {
      return retry(intent, retry);
    }
    if (result instanceof ActionResult.Waiting && !lastWord) {
      maybeApplied = true;
      return new Next.Pause(settings.poll(), attempts, result);
    }
    boolean open = result instanceof ActionResult.Retry || result instanceof ActionResult.Unknown;
    return observe(open ? StepOutcome.UNKNOWN : StepOutcome.FAILED, result);
  }

  private Next retry(CaseEvent.StepIntended intent, ActionResult.Retry retry) {
    maybeApplied = maybeApplied || retry.maybeApplied();
    Duration pause = settings.pause(attempts, retry.after());
    boolean inTime = clock.instant().plus(pause).isBefore(intent.deadline());
    return attempts >= settings.maxAttempts() || !inTime
        ? giveUp(retry.detail(), retry.requests())
        : new Next.Pause(pause, attempts, retry);
  }

  private static Next observe(StepOutcome outcome, ActionResult result) {
    return new Next.Observe(outcome, result.detail(), result.requests());
  }
}
