package witan.domain.common;

/**
 * Why a playbook is refused.
 *
 * @param pointer JSON pointer to the place, e.g. {@code /workflow/action--...}
 * @param code stable, {@code snake_case}
 * @param message for a person
 */
public record Flaw(String pointer, String code, String message) {}
