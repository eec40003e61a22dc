package witan.domain.governance;

/**
 * A ballot and its signature.
 *
 * @param signature {@code 0x} and 130 hexadecimal digits: r, s, v; s low, v 27 or 28 (lower case)
 */
public record SignedBallot(Ballot ballot, String signature) {}
