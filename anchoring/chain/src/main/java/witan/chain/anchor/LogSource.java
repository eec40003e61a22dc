package witan.chain.anchor;

import java.util.List;
import java.util.Optional;
import witan.log.tree.Hash;

/** The log as {@link Anchorer} sees it: only what is durable and in a signed checkpoint. */
public interface LogSource {
  /**
   * Size of the checkpoint that should be anchored now. When to anchor (every so many seconds, at
   * the end of a case) is decided here; a size that is already anchored means: nothing to do.
   */
  long targetSize();

  /** The root at this size; empty if the log is smaller. */
  Optional<Hash> root(long size);

  /** RFC 6962 consistency proof, 0 < oldSize < newSize <= {@link #targetSize}. */
  List<Hash> consistencyProof(long oldSize, long newSize);
}
