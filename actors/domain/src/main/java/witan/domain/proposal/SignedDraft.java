package witan.domain.proposal;

import witan.domain.common.Address;

/**
 * A draft under the proposer's EIP-712 {@code Proposal(bytes32 contentHash,address proposer,uint64
 * nonce,uint64 deadline)}.
 *
 * @param nonce tells equal drafts of one proposer apart; the case's id follows from it
 * @param deadline Unix seconds; expiry of the signature
 * @param signature as that of a {@link witan.domain.governance.SignedBallot}
 */
public record SignedDraft(
    Draft draft, Address proposer, long nonce, long deadline, String signature) {}
