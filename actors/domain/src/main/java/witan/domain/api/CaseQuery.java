package witan.domain.api;

import org.jspecify.annotations.Nullable;
import witan.domain.detection.Severity;
import witan.domain.proposal.Phase;

/**
 * A filtered list, newest first.
 *
 * @param minimumSeverity null for all
 * @param withProposal only cases whose voting has opened
 * @param before cursor: only cases whose firstIndex is smaller; null from the newest
 * @param limit 1 to 500
 */
public record CaseQuery(
    @Nullable Phase phase,
    @Nullable String cluster,
    @Nullable Severity minimumSeverity,
    boolean withProposal,
    @Nullable Long before,
    int limit) {}
