package witan.codec.event;

import witan.domain.common.Digest;

/**
 * An event as it is logged and kept. The arrays are not copied: do not change them.
 *
 * @param entry the public entry
 * @param sealedBody the values, encrypted
 * @param hash leaf hash of the entry; {@code prev} of the next
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
public record Encoded(byte[] entry, byte[] sealedBody, Digest hash) {}
