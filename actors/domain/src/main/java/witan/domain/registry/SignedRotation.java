package witan.domain.registry;

import org.jspecify.annotations.Nullable;

/**
 * A change of keys as it was handed in; both sign the same statement.
 *
 * @param signature of the old key, {@code 0x} and 130 lower-case hexadecimal digits
 * @param acknowledgement signature of the new key; null for a revocation
 */
public record SignedRotation(
    KeyRotation rotation, String signature, @Nullable String acknowledgement) {}
