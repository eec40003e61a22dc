package witan.domain.stake;

import java.math.BigInteger;

/** What a member loses to the treasury. */
public record Loss(String member, BigInteger amount) {}
