package witan.chain.anchor;

import witan.log.tree.Hash;

/**
 * A registry's {@code Anchored} event and where it is.
 *
 * @param anchoredAt time of the block, in seconds since the epoch
 */
public record AnchoredEvent(
    long size,
    Hash root,
    long oldSize,
    long anchoredAt,
    String txHash,
    long blockNumber,
    String blockHash) {}
