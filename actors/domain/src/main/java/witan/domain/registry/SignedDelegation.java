package witan.domain.registry;

/**
 * A delegation as it was handed in.
 *
 * @param signature {@code 0x} and 130 lower-case hexadecimal digits, the delegator's
 */
public record SignedDelegation(Delegation delegation, String signature) {}
