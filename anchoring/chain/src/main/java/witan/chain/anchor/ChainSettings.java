package witan.chain.anchor;

import java.net.URI;
import java.time.Duration;

/**
 * Where and how to anchor.
 *
 * @param rpc the node's JSON-RPC endpoint over HTTP
 * @param chainId what transactions are signed for (EIP-155)
 * @param pollInterval how often to look while something is under way
 * @param confirmations blocks, from the one of the transaction on, that make an anchor final; 1 on
 *     a chain with immediate finality (QBFT)
 * @param rpcTimeout bound of one whole call to the node
 */
public record ChainSettings(
    URI rpc,
    long chainId,
    Duration pollInterval,
    int confirmations,
    Duration rpcTimeout,
    FeeMode feeMode) {
  public ChainSettings {
    if (chainId <= 0) {
      throw new IllegalArgumentException("the chain id must be positive");
    }
    if (confirmations < 1) {
      throw new IllegalArgumentException("at least one confirmation is needed");
    }
    if (!isPositive(pollInterval) || !isPositive(rpcTimeout)) {
      throw new IllegalArgumentException("poll interval and time-out must be positive");
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
