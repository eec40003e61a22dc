package witan.domain.registry;

import witan.domain.common.Address;

/** A founder's signature under the charter: {@code 0x} and 130 hexadecimal digits. */
public record FounderSignature(Address founder, String signature) {}
