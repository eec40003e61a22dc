package witan.domain.stake;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a member lost to slashing for no-shows on one day (UTC).
 *
 * @param day days since 1970-01-01
 * @param base the member's tokens before the first loss of that day: rate and cap are shares of it
 * @param lost so far that day
 */
public record Losses(long day, BigInteger base, BigInteger lost) {
  public static final Losses NONE = new Losses(-1, BigInteger.ZERO, BigInteger.ZERO);

  private static final long DAY_SECONDS = 86_400;

  /** Those of that time's day: of a later one, none so far. */
  public Losses on(Instant time, BigInteger tokens) {
    long today = Math.floorDiv(time.getEpochSecond(), DAY_SECONDS);
    return today > day ? new Losses(today, tokens, BigInteger.ZERO) : this;
  }

  public Losses plus(BigInteger amount) {
    return new Losses(day, base, lost.add(amount));
  }
}
