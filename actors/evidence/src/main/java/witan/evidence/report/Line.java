package witan.evidence.report;

/**
 * One check.
 *
 * @param needed false for what is said for the reader's sake and decides nothing
 * @param text what was checked with which figures, or what is wrong; one line
 */
public record Line(String name, Status status, boolean needed, String text) {}
