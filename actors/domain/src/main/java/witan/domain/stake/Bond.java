package witan.domain.stake;

import java.math.BigInteger;

/**
 * A bond that stands.
 *
 * @param since as {@code Member.since} of the member that posted it
 */
public record Bond(String member, long since, BigInteger amount) {}
