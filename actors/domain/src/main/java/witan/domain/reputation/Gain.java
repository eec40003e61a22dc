package witan.domain.reputation;

/**
 * By how much a member's reputation moves.
 *
 * @param points may be negative, not zero
 */
public record Gain(String member, int points) {}
