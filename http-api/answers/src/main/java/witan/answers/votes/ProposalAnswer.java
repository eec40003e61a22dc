package witan.answers.votes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.answers.cases.CaseHead;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Urgency;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.domain.registry.SignedVeto;

/**
 * A proposal.
 *
 * @param content what the hash is the digest of
 * @param blastRadius what the options would touch; null where nobody tried them
 * @param change the same as in the content, without its kind
 * @param urgency by the alerts that were there when the vote opened
 * @param normalPolicy what an expedited proposal falls back to
 * @param converted whether it has
 * @param late what came after the decision; it changes no outcome
 * @param notified how many electors are known to know of the vote
 * @param veto who stopped it, and why; null where nobody did
 */
public record ProposalAnswer(
    @JsonUnwrapped CaseHead head,
    Digest proposalHash,
    ProposalContent content,
    List<OptionLine> options,
    @Nullable BlastRadius blastRadius,
    ProposalKind kind,
    @Nullable JsonNode change,
    Urgency urgency,
    Policy policy,
    @Nullable Policy normalPolicy,
    boolean converted,
    Eip712Domain domain,
    long registrySeq,
    Instant opensAt,
    Instant deadline,
    boolean extended,
    TallyAnswer tally,
    List<VoteLine> votes,
    LateVotes late,
    int notified,
    @Nullable Outcome outcome,
    @Nullable SignedVeto veto) {

  /**
   * An option.
   *
   * @param noAction the implicit last one: nothing is done
   * @param option null for no action
   */
  public record OptionLine(
      int index, boolean noAction, @Nullable ResponseOption option, BigInteger approvedBy) {}

  /**
   * What came after the decision.
   *
   * @param finalSums with all ballots
   */
  public record LateVotes(
      List<VoteLine> votes, TallyAnswer.Sides finalSums, BigInteger flaggedAsAbuse) {}
}
