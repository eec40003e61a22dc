package witan.domain.adoption;

import witan.domain.registry.AdoptLog;

/**
 * A member's statement as it was handed in.
 *
 * @param signature {@code 0x} and 130 lower-case hexadecimal digits
 */
public record SignedAdoption(AdoptLog statement, String signature) {}
