package witan.domain.common;

/**
 * Why something was not done; nothing was changed.
 *
 * @param code stable, {@code snake_case}; callers may switch on it
 * @param message what is wrong, for a person
 * @param hint what to do about it
 */
public record Refusal(String code, String message, String hint) {}
