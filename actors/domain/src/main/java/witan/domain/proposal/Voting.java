package witan.domain.proposal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.ProposalContent;
import witan.domain.governance.Tally;

/**
 * The vote of a case: what was frozen when it opened, and the count so far.
 *
 * @param extended whether the late-quorum extension was used
 * @param tally of counted votes
 * @param approvals per option, the weight of counted FOR ballots that approve it
 * @param votes per voter, the ballot as cast
 */
public record Voting(
    ProposalContent content,
    Digest proposalHash,
    Policy policy,
    long registrySeq,
    Eip712Domain domain,
    Instant opensAt,
    Instant deadline,
    boolean extended,
    Tally tally,
    List<BigInteger> approvals,
    Map<Address, CaseEvent.VoteCast> votes) {}
