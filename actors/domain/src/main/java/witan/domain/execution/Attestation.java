package witan.domain.execution;

import java.util.Optional;
import witan.domain.proposal.CaseEvent;

/**
 * Who says that an executor intended and observed what is logged, or a member what was done by hand
 * and that an execution ends early; bound to one case.
 */
public interface Attestation {
  /** Asks for nothing: what was logged before executors signed. */
  Attestation NONE =
      new Attestation() {
        @Override
        public Optional<String> intent(Order order, CaseEvent.StepIntended intent) {
          return Optional.empty();
        }

        @Override
        public Optional<String> observation(
            Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
          return Optional.empty();
        }

        @Override
        public Optional<String> confirmation(
            CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
          return Optional.empty();
        }

        @Override
        public Optional<String> abort(CaseEvent.AbortRequested abort) {
          return Optional.empty();
        }
      };

  /** Why no executor that is trusted intended it for this order; empty where one did. */
  Optional<String> intent(Order order, CaseEvent.StepIntended intent);

  /**
   * Why no executor that is trusted observed it; empty where one did.
   *
   * @param intent whose {@link #intent} has no problem
   */
  Optional<String> observation(
      Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen);

  /**
   * Why no member stands behind what is said of a step that waits for a person; empty where one
   * does.
   */
  default Optional<String> confirmation(
      CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
    return Optional.of("no registry was asked for a member's statement");
  }

  /** Why no member, and no guardian, has ended the execution early; empty where one has. */
  default Optional<String> abort(CaseEvent.AbortRequested abort) {
    return Optional.of("no registry was asked for a member's statement");
  }

  /** The same answers, each asked for once and kept; for one life of an executor. Thread-safe. */
  default Attestation remembering() {
    return new RememberedAttestation(this);
  }
}
