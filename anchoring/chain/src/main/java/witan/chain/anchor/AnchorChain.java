package witan.chain.anchor;

import java.util.Optional;
import witan.log.tree.Hash;

/**
 * A node and the anchoring key. Contracts are addresses, {@code 0x} and 40 digits. Every method
 * blocks, within the time-out of the settings, and throws {@link ChainFailure}.
 */
public interface AnchorChain {
  /** Chain id and genesis hash of the node, with the given contract. */
  ChainIdentity identity(String contract);

  /**
   * Deploys a registry for a log whose owner and anchorer is this key, and waits until it is mined.
   */
  String deploy(Hash logId);

  boolean hasCode(String contract);

  /** The log that a registry was deployed for. */
  Hash logId(String contract);

  AnchoredHead current(String contract);

  /** The next nonce of the key, counting mined transactions only. */
  long nonce();

  /**
   * Signs, after a dry run.
   *
   * @throws ChainFailure.Reverted if the contract would refuse
   */
  SignedAnchor prepare(String contract, AnchorRequest request, long nonce);

  /**
   * Hands a transaction to the node. A node that knows it, or has mined its nonce, is no failure:
   * the receipt tells.
   *
   * @throws ChainFailure.Rejected if the node refuses it
   */
  void send(SignedAnchor anchor);

  /** Empty while it is not mined, or if the node never heard of it. */
  Optional<AnchorReceipt> receipt(String txHash);

  /** The event that anchored this size, searched backwards a bounded number of blocks. */
  Optional<AnchoredEvent> findAnchored(String contract, long size);
}
