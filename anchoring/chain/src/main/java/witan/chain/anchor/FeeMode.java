package witan.chain.anchor;

import java.math.BigInteger;

/** How transactions are priced. The node is never asked: development nodes answer nonsense. */
public sealed interface FeeMode {
  /** EIP-1559 transactions with both fees 0: permissioned networks from London on. */
  record FreeLondon() implements FeeMode {}

  /** Legacy transactions (EIP-155) with gas price 0: permissioned networks before London. */
  record LegacyZero() implements FeeMode {}

  /**
   * EIP-1559 transactions with fixed caps, in wei per gas. A transaction that was persisted keeps
   * its fees for good, so choose caps that outlive a busy hour.
   */
  record Market(BigInteger maxFeePerGas, BigInteger maxPriorityFeePerGas) implements FeeMode {
    public Market {
      if (maxPriorityFeePerGas.signum() < 0 || maxFeePerGas.compareTo(maxPriorityFeePerGas) < 0) {
        throw new IllegalArgumentException("0 <= priority fee <= fee must hold");
      }
    }
  }
}
