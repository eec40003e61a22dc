package witan.chain.anchor;

import java.util.List;

/**
 * A transaction that may have been sent. It is journalled before the first sending, so that whoever
 * comes after a crash sends the same bytes again instead of a second transaction.
 *
 * @param rootHex root at newSize, 64 digits
 * @param proof consistency proof, each hash as 64 digits
 */
public record AnchorIntent(
    long oldSize,
    long newSize,
    String rootHex,
    List<String> proof,
    long nonce,
    String rawTx,
    String txHash,
    ChainIdentity identity) {
  public AnchorIntent {
    proof = List.copyOf(proof);
  }
}
