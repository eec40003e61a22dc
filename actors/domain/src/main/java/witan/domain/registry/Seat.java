package witan.domain.registry;

import java.math.BigInteger;
import witan.domain.common.Address;

/**
 * A founding member.
 *
 * @param member the member's handle, e.g. {@code ana}
 * @param role {@code operator}, {@code analyst} or {@code legal}
 * @param tokens voting tokens held from the founding on
 */
public record Seat(
    String member, String organisation, String role, Address address, BigInteger tokens) {}
