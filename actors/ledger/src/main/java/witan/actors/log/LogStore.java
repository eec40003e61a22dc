package witan.actors.log;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import witan.log.tree.Hash;

/**
 * The rows of one log. Thread-safe, never blocks. A write whose stage fails may or may not have
 * taken effect, and may still take effect later; only {@link #head} is linearizable with {@link
 * #claim} and {@link #commit}. Implementations send every write once: repeating is the caller's.
 */
public interface LogStore {
  /** Serial read; {@link LogHead#EMPTY} in a log that nobody claimed. */
  CompletionStage<LogHead> head();

  /** Moves the term from that value to the next; true when this call did it. */
  CompletionStage<Boolean> claim(long term);

  /** Sets size, root and batch if size and term are still {@code from}'s: the commit point. */
  CompletionStage<Boolean> commit(LogHead from, LogHead to);

  /**
   * Ends the log if size and term are still {@code from}'s, so that no commit of its term is
   * applied any more: the commit point of an adoption.
   *
   * @param next the first batch of the next generation
   */
  CompletionStage<Boolean> close(LogHead from, UUID next);

  CompletionStage<Void> putBatch(Batch batch);

  CompletionStage<Optional<Batch>> batch(UUID id);

  CompletionStage<Void> putIndex(List<IndexRow> rows);

  /** The row with the greatest number. */
  CompletionStage<Optional<IndexRow>> lastOf(String pid);

  /** Rows of a pid from that number on, in order, at most {@code max}. */
  CompletionStage<List<IndexRow>> indexOf(String pid, long fromSeq, int max);

  CompletionStage<Void> putLeaves(List<LeafRow> rows);

  /** Rows from that index on, in order, at most {@code max} and none beyond its group of 256. */
  CompletionStage<List<LeafRow>> leaves(long from, int max);

  /** A full tile: 256 hashes. */
  CompletionStage<Void> putTile(int level, long number, List<Hash> hashes);

  CompletionStage<Optional<List<Hash>>> tile(int level, long number);

  /**
   * Roots of the full tiles of that level from {@code number}, a multiple of 256, on: the first
   * hashes of tile {@code number / 256} of the level above. At most 256.
   */
  CompletionStage<List<Hash>> tileRoots(int level, long number, int max);

  CompletionStage<Void> putCheckpoint(StoredCheckpoint checkpoint);

  /** The greatest. */
  CompletionStage<Optional<StoredCheckpoint>> lastCheckpoint();

  /** Size up to which everything is derived; it may lag or fall back, never lead. */
  CompletionStage<Long> cursor();

  CompletionStage<Void> moveCursor(long size);
}
