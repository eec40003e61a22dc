package witan.domain.stake;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** How much is lost, rounded down in favour of the one who loses. */
public final class Slashing {
  private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

  private Slashing() {}

  /**
   * What a bond loses. A rejection is abuse where at least two thirds of the total voted against
   * and more than a third of the total flagged it: then all of it.
   */
  public static BigInteger ofBond(StakeProfile profile, BondFacts facts, BigInteger amount) {
    BigInteger three = BigInteger.valueOf(3);
    boolean abuse =
        facts.outcome() == BondOutcome.REJECTED
            && three.multiply(facts.against()).compareTo(facts.total().shiftLeft(1)) >= 0
            && three.multiply(facts.abuse()).compareTo(facts.total()) > 0;
    return abuse
        ? amount
        : switch (facts.outcome()) {
          case APPROVED, UNDECIDED -> BigInteger.ZERO;
          case NO_QUORUM -> share(amount, profile.noQuorumBps());
          case REJECTED -> share(amount, profile.rejectedBps());
        };
  }

  /** Whether the absence is one that the profile slashes, and by which rate; 0 for none. */
  public static int rate(
      StakeProfile profile, Attendance absence, List<Shift> shifts, Instant opened, Instant ended) {
    if (absence.abstained()) {
      return profile.abstentionBps();
    }
    boolean excused =
        profile.dutyOnly()
            && (absence.delegated()
                || absence.notice() == null
                || shifts.stream().noneMatch(s -> s.covers(opened, ended)));
    return excused ? 0 : profile.noShowBps();
  }

  /** The loss of one absence, within the cap of the day. */
  public static BigInteger ofAbsence(
      StakeProfile profile, int rateBps, Losses today, BigInteger tokens) {
    BigInteger room = share(today.base(), profile.dailyCapBps()).subtract(today.lost());
    return share(today.base(), rateBps).min(room).max(BigInteger.ZERO).min(tokens);
  }

  private static BigInteger share(BigInteger whole, int bps) {
    return whole.multiply(BigInteger.valueOf(bps)).divide(WHOLE);
  }
}
