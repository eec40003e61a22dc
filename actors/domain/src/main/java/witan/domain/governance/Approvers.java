package witan.domain.governance;

/**
 * From how many organisations a member with weight of its own approves: for certain, now, and at
 * most, when everybody who still can votes FOR.
 */
public record Approvers(int certain, int now, int possible) {}
