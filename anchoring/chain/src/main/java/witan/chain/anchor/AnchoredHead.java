package witan.chain.anchor;

import witan.log.tree.Hash;

/**
 * The checkpoint that a registry holds; size 0 and 32 zero bytes before the first anchor. A size of
 * 2^63 and more, which only a bogus anchor has, is given as 2^63-1.
 */
public record AnchoredHead(long size, Hash root) {}
