package witan.answers.cases;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.answers.log.AssuranceAnswer;
import witan.domain.common.CaseId;
import witan.domain.detection.Resource;
import witan.domain.detection.Severity;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

/**
 * A page of cases, the newest first.
 *
 * @param next the cursor for {@code before}; null at the end
 * @param asOf size of the log that this was read from
 */
public record CasesAnswer(List<CaseLine> items, @Nullable Long next, long asOf) {

  /**
   * A case.
   *
   * @param votes how many have voted; who replaces a ballot is one
   * @param outcome the phase that the vote ended in
   * @param deadline of the vote; null before it opens
   * @param firstIndex log index of its first event
   */
  public record CaseLine(
      CaseId caseId,
      Phase phase,
      String title,
      Severity severity,
      Resource resource,
      int alerts,
      int votes,
      @Nullable Phase outcome,
      @Nullable ExecutionOutcome execution,
      @Nullable Instant deadline,
      Instant openedAt,
      Instant updatedAt,
      long firstIndex,
      long lastIndex,
      AssuranceAnswer assurance) {}
}
