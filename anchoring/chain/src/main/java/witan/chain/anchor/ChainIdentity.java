package witan.chain.anchor;

import java.util.Locale;

/**
 * What makes a chain the one that was anchored to. A wiped or replaced chain differs in its genesis
 * block, a rolled-back one lacks the contract.
 *
 * @param genesisHash hash of block 0, {@code 0x} and lower-case digits
 * @param contract address of the registry, {@code 0x} and lower-case digits
 */
public record ChainIdentity(long chainId, String genesisHash, String contract) {
  public ChainIdentity {
    genesisHash = genesisHash.toLowerCase(Locale.ROOT);
    contract = contract.toLowerCase(Locale.ROOT);
  }
}
