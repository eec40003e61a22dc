package witan.domain.execution;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import witan.domain.proposal.CaseEvent;

/** Asks another one once for each; to compare costs far less than to verify. */
final class RememberedAttestation implements Attestation {
  private record Intended(Order order, CaseEvent.StepIntended intent) {}

  private record Observed(
      Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {}

  private final Attestation asked;
  private final Map<Record, Optional<String>> answers = new ConcurrentHashMap<>();

  RememberedAttestation(Attestation asked) {
    this.asked = asked;
  }

  @Override
  public Optional<String> intent(Order order, CaseEvent.StepIntended intent) {
    return answers.computeIfAbsent(new Intended(order, intent), one -> asked.intent(order, intent));
  }

  @Override
  public Optional<String> observation(
      Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
    return answers.computeIfAbsent(
        new Observed(order, intent, seen), one -> asked.observation(order, intent, seen));
  }

  /** Not kept: the answer comes from the registry, which may not have been read so far. */
  @Override
  public Optional<String> confirmation(CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
    return asked.confirmation(intent, seen);
  }

  /** Nor this, for the same reason. */
  @Override
  public Optional<String> abort(CaseEvent.AbortRequested abort) {
    return asked.abort(abort);
  }
}
