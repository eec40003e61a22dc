package witan.evidence;

/**
 * What a check that holds gives to those after it.
 *
 * @param text what was checked, with figures
 */
public record Found<T>(T value, String text) {}
