package witan.chain.anchor;

import witan.log.tree.Hash;

/** The checkpoint that a registry holds; size 0 and 32 zero bytes before the first anchor. */
public record AnchoredHead(long size, Hash root) {}
