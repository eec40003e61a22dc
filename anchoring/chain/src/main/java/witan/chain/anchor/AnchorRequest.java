package witan.chain.anchor;

import java.util.List;
import witan.log.tree.Hash;

/** Arguments of the contract's {@code anchor}; the proof is empty exactly when oldSize is 0. */
public record AnchorRequest(long oldSize, long newSize, Hash newRoot, List<Hash> proof) {
  public AnchorRequest {
    if (oldSize < 0 || newSize <= oldSize) {
      throw new IllegalArgumentException("cannot anchor " + newSize + " after " + oldSize);
    }
    proof = List.copyOf(proof);
  }
}
