package witan.actors.log;

import java.util.List;
import java.util.Optional;
import witan.log.proof.Proofs;
import witan.log.tree.Hash;

/**
 * What somebody outside the database knows to be signed.
 *
 * @param source who, for a person
 * @param size of the checkpoint; above 0
 */
public record Remembered(String source, long size, Hash root) {
  public Remembered {
    if (size <= 0) {
      throw new IllegalArgumentException("nothing is remembered of size " + size);
    }
  }

  /** Whether {@link #contradicts} needs the consistency proof from this size to the log's. */
  boolean needsProof(long logSize) {
    return size < logSize;
  }

  /**
   * Why the log cannot be the one that was signed; empty where it goes on from it.
   *
   * @param proof from the rows, which prove nothing by themselves: both roots are computed from it
   */
  public Optional<String> contradicts(long logSize, Hash logRoot, List<Hash> proof) {
    if (size > logSize) {
      return Optional.of(
          "log_rolled_back: "
              + source
              + " remembers size "
              + size
              + " with root "
              + root.hex()
              + ", and the database's log ends at "
              + logSize);
    }
    if (Proofs.verifyConsistency(size, logSize, root, logRoot, proof)) {
      return Optional.empty();
    }
    return Optional.of(
        "log_forked: "
            + source
            + " remembers size "
            + size
            + " with root "
            + root.hex()
            + ", and the database's log of size "
            + logSize
            + " with root "
            + logRoot.hex()
            + " does not go on from it");
  }
}
