package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;

/**
 * A proposal to sign.
 *
 * @param contentHash of the draft
 * @param caseId that the case will have
 * @param problem why the change could not be applied if it were decided now; null where it could
 */
public record DraftToSign(
    Digest contentHash, CaseId caseId, @JsonUnwrapped ToSign offer, @Nullable Refusal problem) {}
