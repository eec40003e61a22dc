package witan.actors.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import witan.log.tree.Hash;

/** A database of one log whose calls take effect one by one, when and how the test says. */
public final class SimStore {
  public enum Outcome {
    DONE,
    FAIL_BEFORE,
    FAIL_AFTER,
    /** Fails now, takes effect when the test says: see {@link #late}. */
    LATE
  }

  /** A call on its way. */
  public static final class Op {
    public final String owner;
    public final String name;
    private final boolean write;
    private final Supplier<Object> effect;
    private final CompletableFuture<Object> reply = new CompletableFuture<>();

    Op(String owner, String name, boolean write, Supplier<Object> effect) {
      this.owner = owner;
      this.name = name;
      this.write = write;
      this.effect = effect;
    }

    @Override
    public String toString() {
      return owner + "." + name;
    }
  }

  /** Calls that nobody has let happen yet, oldest first. */
  public final List<Op> calls = new ArrayList<>();

  /** Writes that failed for their caller and may still happen. */
  public final List<Op> late = new ArrayList<>();

  public LogHead head = LogHead.EMPTY;
  public final Map<UUID, Batch> batches = new HashMap<>();
  public final Map<String, TreeMap<Long, IndexRow>> index = new TreeMap<>();
  public final TreeMap<Long, LeafRow> leaves = new TreeMap<>();
  public final Map<List<Long>, List<Hash>> tiles = new HashMap<>();
  public final TreeMap<Long, String> checkpoints = new TreeMap<>();
  public long cursor;

  /** Moves with each write that took effect. */
  public int version;

  public void resolve(Op op, Outcome outcome) {
    if (!calls.remove(op)) {
      throw new IllegalStateException("not called: " + op);
    }
    switch (outcome) {
      case DONE -> op.reply.complete(op.effect.get());
      case FAIL_BEFORE -> op.reply.completeExceptionally(new SimFailure("lost " + op));
      case FAIL_AFTER -> {
        var unused = op.effect.get();
        op.reply.completeExceptionally(new SimFailure("reply lost of " + op));
      }
      case LATE -> {
        if (op.write) {
          late.add(op);
        }
        op.reply.completeExceptionally(new SimFailure("late " + op));
      }
    }
  }

  public void surface(Op op) {
    if (late.remove(op)) {
      var unused = op.effect.get();
    }
  }

  /** The owner was killed: its reads are gone, its writes may still take effect. */
  public void orphan(String owner) {
    for (Op op : List.copyOf(calls)) {
      if (op.owner.equals(owner)) {
        calls.remove(op);
        if (op.write) {
          late.add(op);
        }
      }
    }
  }

  private static final class SimFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SimFailure(String message) {
      super(message, null, false, false);
    }
  }

  /** What one owner calls. */
  public LogStore as(String owner) {
    return new Face(owner);
  }

  private static void same(boolean same, String what) {
    if (!same) {
      throw new AssertionError("two different rows: " + what);
    }
  }

  private final class Face implements LogStore {
    private final String owner;

    Face(String owner) {
      this.owner = owner;
    }

    @SuppressWarnings("unchecked")
    private <T> CompletionStage<T> call(String name, boolean write, Supplier<Object> effect) {
      Op op =
          new Op(
              owner,
              name,
              write,
              () -> {
                if (write) {
                  version++;
                }
                return effect.get();
              });
      calls.add(op);
      return (CompletionStage<T>) op.reply;
    }

    private <T> CompletionStage<T> read(String name, Supplier<Object> effect) {
      return call(name, false, effect);
    }

    private CompletionStage<Void> write(String name, Runnable effect) {
      return call(
          name,
          true,
          () -> {
            effect.run();
            return null;
          });
    }

    @Override
    public CompletionStage<LogHead> head() {
      return read("head", () -> head);
    }

    @Override
    public CompletionStage<Boolean> claim(long term) {
      return call(
          "claim",
          true,
          () -> {
            boolean applied = head.term() == term;
            if (applied) {
              head = new LogHead(head.size(), head.root(), head.batch(), term + 1);
            }
            return applied;
          });
    }

    @Override
    public CompletionStage<Boolean> commit(LogHead from, LogHead to) {
      return call(
          "commit",
          true,
          () -> {
            boolean applied = head.size() == from.size() && head.term() == from.term();
            if (applied) {
              head = new LogHead(to.size(), to.root(), to.batch(), head.term());
            }
            return applied;
          });
    }

    @Override
    public CompletionStage<Void> putBatch(Batch batch) {
      return write("putBatch", () -> batches.put(batch.id(), batch));
    }

    @Override
    public CompletionStage<Optional<Batch>> batch(UUID id) {
      return read("batch", () -> Optional.ofNullable(batches.get(id)));
    }

    @Override
    public CompletionStage<Void> putIndex(List<IndexRow> rows) {
      return write(
          "putIndex",
          () -> {
            for (IndexRow row : rows) {
              IndexRow old =
                  index.computeIfAbsent(row.pid(), p -> new TreeMap<>()).put(row.seq(), row);
              same(old == null || old.equals(row), old + " and " + row);
            }
          });
    }

    @Override
    public CompletionStage<Optional<IndexRow>> lastOf(String pid) {
      return read(
          "lastOf",
          () ->
              Optional.ofNullable(index.getOrDefault(pid, new TreeMap<>()).lastEntry())
                  .map(Map.Entry::getValue));
    }

    @Override
    public CompletionStage<List<IndexRow>> indexOf(String pid, long fromSeq, int max) {
      return read(
          "indexOf",
          () ->
              index.getOrDefault(pid, new TreeMap<>()).tailMap(fromSeq, true).values().stream()
                  .limit(max)
                  .toList());
    }

    @Override
    public CompletionStage<Void> putLeaves(List<LeafRow> rows) {
      return write(
          "putLeaves",
          () -> {
            for (LeafRow row : rows) {
              LeafRow old = leaves.put(row.index(), row);
              same(
                  old == null
                      || (old.hash().equals(row.hash())
                          && old.batch().equals(row.batch())
                          && Arrays.equals(old.entry(), row.entry())),
                  old + " and " + row);
            }
          });
    }

    @Override
    public CompletionStage<List<LeafRow>> leaves(long from, int max) {
      long end = Math.min(from + max, (from / 256 + 1) * 256);
      return read("leaves", () -> List.copyOf(leaves.subMap(from, end).values()));
    }

    @Override
    public CompletionStage<Void> putTile(int level, long number, List<Hash> hashes) {
      return write(
          "putTile",
          () -> {
            List<Hash> old = tiles.put(List.of((long) level, number), hashes);
            same(old == null || old.equals(hashes), "tile " + level + "/" + number);
          });
    }

    @Override
    public CompletionStage<Optional<List<Hash>>> tile(int level, long number) {
      return read("tile", () -> Optional.ofNullable(tiles.get(List.of((long) level, number))));
    }

    @Override
    public CompletionStage<List<Hash>> tileRoots(int level, long number, int max) {
      return read(
          "tileRoots",
          () -> {
            List<Hash> roots = new ArrayList<>();
            for (long n = number; n < number + max; n++) {
              List<Hash> tile = tiles.get(List.of((long) level, n));
              if (tile != null) {
                roots.add(new TreeEdge(0, Map.of()).append(tile).root());
              }
            }
            return roots;
          });
    }

    @Override
    public CompletionStage<Void> putCheckpoint(StoredCheckpoint checkpoint) {
      return write(
          "putCheckpoint",
          () -> {
            String old = checkpoints.put(checkpoint.size(), checkpoint.note());
            same(old == null || old.equals(checkpoint.note()), "checkpoint " + checkpoint.size());
          });
    }

    @Override
    public CompletionStage<Optional<StoredCheckpoint>> lastCheckpoint() {
      return read(
          "lastCheckpoint",
          () ->
              Optional.ofNullable(checkpoints.lastEntry())
                  .map(e -> new StoredCheckpoint(e.getKey(), e.getValue())));
    }

    @Override
    public CompletionStage<Long> cursor() {
      return read("cursor", () -> cursor);
    }

    @Override
    public CompletionStage<Void> moveCursor(long size) {
      return write("moveCursor", () -> cursor = size);
    }
  }
}
