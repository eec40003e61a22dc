package witan.answers.cases;

import org.jspecify.annotations.Nullable;
import witan.answers.log.AssuranceAnswer;
import witan.domain.common.CaseId;
import witan.domain.proposal.Phase;

/**
 * What every answer about a case begins with.
 *
 * @param index log index of its last event
 */
public record CaseHead(
    @Nullable CaseId caseId, Phase phase, long seq, long index, AssuranceAnswer assurance) {}
