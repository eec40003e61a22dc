package witan.actors.log;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * The head row: the only thing that commits.
 *
 * @param size committed entries
 * @param root of the tree of that size
 * @param batch the last committed batch; null in an empty log
 * @param term moved by one by each succession, and by the closing
 * @param next the first batch of the next generation, if the log is closed; then nothing is
 *     committed any more
 */
public record LogHead(long size, Hash root, @Nullable UUID batch, long term, @Nullable UUID next) {
  public static final LogHead EMPTY = new LogHead(0, Hashing.EMPTY, null, 0);

  /** Of a log that is not closed. */
  public LogHead(long size, Hash root, @Nullable UUID batch, long term) {
    this(size, root, batch, term, null);
  }

  public boolean closed() {
    return next != null;
  }
}
