package witan.codec.bundle;

import java.util.List;
import witan.domain.common.Address;
import witan.domain.common.Digest;

/**
 * The claim that a root of the log is on a chain.
 *
 * @param consistency RFC 6962 proof from the smaller to the greater of {@code size} and the
 *     checkpoint's size
 */
public record Anchor(
    long size,
    Digest root,
    long chainId,
    Digest genesisHash,
    Address contract,
    Digest txHash,
    long blockNumber,
    Digest blockHash,
    List<Digest> consistency) {
  public Anchor {
    consistency = List.copyOf(consistency);
  }
}
