package witan.codec.bundle;

import witan.domain.common.Address;
import witan.domain.common.Digest;

/** Which chain: its genesis tells a wiped or copied chain from the one that is trusted. */
public record TrustedChain(long chainId, Digest genesisHash, Address contract) {}
