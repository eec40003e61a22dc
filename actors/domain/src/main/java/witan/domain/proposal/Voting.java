package witan.domain.proposal;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.common.PersistentMap;
import witan.domain.governance.Count;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.Tally;

/**
 * The vote of a case: what was frozen when it opened, and the count so far.
 *
 * @param policy as it opened
 * @param normal what an expedited proposal falls back to; null where {@code policy} is normal
 * @param converted whether it has
 * @param extended whether the late-quorum extension was used
 * @param count of the ballots that count: those up to the decision
 * @param all the same with the ballots that came after the decision: duty, abuse and reputation
 *     read it
 * @param votes per voter, the last ballot as cast
 * @param carried per voter, the delegated weight that is now behind its ballot
 * @param notices per member, the receipt of its notification
 */
@RecordBuilder
public record Voting(
    ProposalContent content,
    Digest proposalHash,
    Policy policy,
    @Nullable Policy normal,
    boolean converted,
    long registrySeq,
    Eip712Domain domain,
    Instant opensAt,
    Instant deadline,
    boolean extended,
    Count count,
    Count all,
    Map<Address, CaseEvent.VoteCast> votes,
    Map<Address, BigInteger> carried,
    Map<String, Noticed> notices) {

  /**
   * A receipt as the case holds it.
   *
   * @param at when it was logged
   */
  public record Noticed(Notice notice, Instant at) {}

  /** The sums that the decision is, or will be, made by. */
  public Tally tally() {
    return count.tally();
  }

  /** Per choice, no action last, the weight of counted FOR ballots that approve it. */
  public List<BigInteger> approvals() {
    return count.approvals();
  }

  /** The delegated weight that is now behind the voter's ballot. */
  public BigInteger carriedBy(Address voter) {
    return carried.getOrDefault(voter, BigInteger.ZERO);
  }

  /** The policy whose bar and window are in force. */
  public Policy rules() {
    return converted ? lastRules() : policy;
  }

  /** The policy that decides if nothing decides before. */
  public Policy lastRules() {
    Policy fallback = normal;
    return fallback == null ? policy : fallback;
  }

  /** As the vote was opened: alerts that came later change nothing. */
  public Gravity gravity(CaseState state) {
    CaseEvent.Proposed proposed = state.proposed();
    if (proposed != null) {
      return proposed.signed().draft().gravity();
    }
    int then = Math.min(content.alertDigests().size(), state.alerts().size());
    return Gravity.ofIncident(state.alerts().subList(0, then), content.options());
  }

  Voting convertedTo(Instant later) {
    return until(later, true, extended);
  }

  Voting extendedTo(Instant later) {
    return until(later, converted, true);
  }

  private Voting until(Instant end, boolean nowConverted, boolean nowExtended) {
    return VotingBuilder.builder(this)
        .converted(nowConverted)
        .deadline(end)
        .extended(nowExtended)
        .build();
  }

  Voting notified(CaseEvent.VotersNotified e) {
    PersistentMap<String, Noticed> all = PersistentMap.of(notices);
    for (Notice notice : e.notices()) {
      all = all.plus(notice.member(), new Noticed(notice, e.at()));
    }
    return VotingBuilder.builder(this).notices(all).build();
  }

  Voting counted(
      boolean counts,
      Count sums,
      Map<Address, CaseEvent.VoteCast> ballots,
      Map<Address, BigInteger> delegated) {
    return VotingBuilder.builder(this)
        .count(counts ? sums : count)
        .all(sums)
        .votes(ballots)
        .carried(delegated)
        .build();
  }
}
