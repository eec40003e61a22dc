package witan.actors.log;

import java.util.concurrent.CompletionStage;
import witan.log.tree.Hash;

/** The tree as rows and tiles have it, which proves nothing. */
public final class StoredTree {
  private StoredTree() {}

  /** Fails with IllegalStateException if the rows below that size are not all there. */
  public static CompletionStage<Hash> root(LogStore store, long size) {
    return TreeEdge.load(store, size).thenApply(TreeEdge::root);
  }
}
