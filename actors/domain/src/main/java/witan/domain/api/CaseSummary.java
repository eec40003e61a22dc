package witan.domain.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.detection.Resource;
import witan.domain.detection.Severity;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

/**
 * A line of a list.
 *
 * @param votes how many have voted; who replaces a ballot is one
 * @param outcome the phase that the vote ended in; null while there is none
 * @param deadline of the vote; null before it opens
 * @param firstIndex log index of the case's first entry: lists are ordered by it, and it is the
 *     cursor
 * @param lastIndex log index of its last entry
 */
public record CaseSummary(
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
    long lastIndex) {}
