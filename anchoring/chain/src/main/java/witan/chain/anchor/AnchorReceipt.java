package witan.chain.anchor;

/**
 * A mined transaction.
 *
 * @param succeeded false if the contract reverted
 * @param confirmations blocks from its own on, at least 1
 */
public record AnchorReceipt(
    String txHash,
    long blockNumber,
    String blockHash,
    boolean succeeded,
    long gasUsed,
    long confirmations) {
  /** The same when the newest block has this number. */
  AnchorReceipt withHeight(long newest) {
    return new AnchorReceipt(
        txHash, blockNumber, blockHash, succeeded, gasUsed, Math.max(1, newest - blockNumber + 1));
  }
}
