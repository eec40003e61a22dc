package witan.domain.stake;

/**
 * What is slashed; all in basis points.
 *
 * @param noQuorumBps of the bond, when too few voted
 * @param rejectedBps of the bond, when the vote said no
 * @param noShowBps of the member's tokens, for each missed urgent vote
 * @param abstentionBps of the member's tokens, for each abstention in an urgent vote
 * @param dutyOnly whether only members lose who were on duty, notified, and had not delegated
 * @param dailyCapBps of the member's tokens, the most that no-shows cost on one day
 */
public record StakeProfile(
    String name,
    int noQuorumBps,
    int rejectedBps,
    int noShowBps,
    int abstentionBps,
    boolean dutyOnly,
    int dailyCapBps) {
  /** No quorum costs nothing (others caused it); an abstention is participation. */
  public static final StakeProfile DEFAULT = new StakeProfile("default", 0, 500, 10, 0, true, 100);

  /** The study's plain rule: every failed proposal and every abstention, without a cap. */
  public static final StakeProfile PAPER =
      new StakeProfile("paper", 500, 500, 10, 10, false, 10_000);

  public StakeProfile {
    for (int bps : new int[] {noQuorumBps, rejectedBps, noShowBps, abstentionBps, dailyCapBps}) {
      if (bps < 0 || bps > 10_000) {
        throw new IllegalArgumentException("basis points are 0 to 10000");
      }
    }
  }
}
