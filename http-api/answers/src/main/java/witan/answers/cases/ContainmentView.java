package witan.answers.cases;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ContainmentOutcome;

/** What is, or was, there before the decision. */
public sealed interface ContainmentView {

  /** Nothing is: it was not begun. */
  record NotContained(CaseEvent.ContainmentRefused refused) implements ContainmentView {}

  /**
   * Under a lease.
   *
   * @param refused the last time that it was not begun
   * @param grant number of the lease in the council's containments
   * @param expiresAt when it is taken back if nothing is decided
   */
  record Contained(
      CaseEvent.@Nullable ContainmentRefused refused,
      int option,
      String adapter,
      long grant,
      Instant startedAt,
      @Nullable Instant expiresAt,
      @Nullable ContainmentOutcome outcome,
      List<StepLine> steps)
      implements ContainmentView {}
}
