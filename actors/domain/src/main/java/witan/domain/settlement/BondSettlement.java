package witan.domain.settlement;

import java.math.BigInteger;
import witan.domain.governance.Count;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Voting;
import witan.domain.stake.BondFacts;
import witan.domain.stake.BondOutcome;

/** What a bond is settled by. */
public final class BondSettlement {
  private BondSettlement() {}

  /**
   * From the final set of ballots, those that did not count for the decision included.
   *
   * @param sealed a case that has ended, so that no ballot comes any more
   */
  public static BondFacts of(CaseState sealed) {
    Voting voting = sealed.voting();
    Outcome outcome = sealed.outcome();
    if (voting == null || outcome == null) {
      return new BondFacts(
          BondOutcome.UNDECIDED, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
    }
    Count all = voting.all();
    return new BondFacts(
        of(outcome), all.tally().total(), all.tally().againstPower(), all.flagged());
  }

  private static BondOutcome of(Outcome outcome) {
    return switch (outcome.phase()) {
      case APPROVED -> BondOutcome.APPROVED;
      case REJECTED -> BondOutcome.REJECTED;
      case EXPIRED -> BondOutcome.NO_QUORUM;
      default -> BondOutcome.UNDECIDED;
    };
  }
}
