package witan.domain.proposal;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was done before the vote was decided, under a lease.
 *
 * @param grant number of the lease in the council's containments
 * @param lease how long the effects stay without a decision
 * @param ledger its steps, intents and observations, under {@link #PREFIX}
 * @param outcome null while the effects are there provisionally
 */
public record Containment(
    long grant, Duration lease, Execution ledger, @Nullable ContainmentOutcome outcome) {
  /** Of the steps: they have fences of their own, which a revert spends. */
  public static final String PREFIX = "provisional:";

  Containment with(Execution known) {
    return new Containment(grant, lease, known, outcome);
  }

  Containment ended(ContainmentOutcome how) {
    return new Containment(grant, lease, ledger, how);
  }

  public static String step(String planned) {
    return PREFIX + planned;
  }

  /** Whether the step is a provisional one, or takes one back. */
  public static boolean owns(String step) {
    return step.startsWith(PREFIX) || step.startsWith(Execution.UNDO + PREFIX);
  }

  public boolean open() {
    return outcome == null;
  }

  /**
   * When the effects are taken back if nothing is decided: never after the vote, and later when the
   * vote is extended.
   */
  public Instant expiresAt(Voting voting) {
    Instant own = ledger.startedAt().plus(lease);
    return own.isBefore(voting.deadline()) ? own : voting.deadline();
  }

  /** Whether something is being taken back; then nothing more is done. */
  public boolean reverting() {
    return ledger.intents().keySet().stream().anyMatch(step -> step.startsWith(Execution.UNDO));
  }

  /** Whether every step that was begun is there. */
  public boolean holds() {
    return !reverting()
        && ledger.intents().keySet().stream()
            .map(ledger.observations()::get)
            .allMatch(Containment::there);
  }

  /** What the execution of the same option goes on from: by the ids of its own steps. */
  Execution carriedInto(Execution started) {
    return started.with(own(ledger.intents()), own(ledger.observations()));
  }

  private static <T> Map<String, T> own(Map<String, T> provisional) {
    Map<String, T> own = new LinkedHashMap<>();
    provisional.forEach((step, value) -> own.put(step.substring(PREFIX.length()), value));
    return own;
  }

  private static boolean there(CaseEvent.@Nullable StepObserved seen) {
    return seen != null
        && (seen.outcome() == StepOutcome.DONE || seen.outcome() == StepOutcome.REHEARSED);
  }
}
