package witan.actors.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import witan.log.checkpoint.Checkpoint;
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

  /** What nodes remember, outside the database. */
  public final Map<String, Remembered> files = new TreeMap<>();

  /** Nodes, or {@link #CHAIN}, that nobody can ask. */
  public final Set<String> unreachable = new HashSet<>();

  public static final String CHAIN = "the chain";

  /** What was ever published, whatever became of its row since. */
  public final TreeMap<Long, String> published = new TreeMap<>();

  /** Moves with each write that took effect. */
  public int version;

  public void resolve(Op op, Outcome outcome) {
    if (!calls.remove(op)) {
      throw new IllegalStateException("not called: " + op);
    }
    switch (outcome) {
      case DONE -> {
        try {
          op.reply.complete(op.effect.get());
        } catch (MemoryException refused) {
          op.reply.completeExceptionally(refused);
        }
      }
      case FAIL_BEFORE -> op.reply.completeExceptionally(new SimFailure("lost " + op));
      case FAIL_AFTER -> {
        happen(op);
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
      happen(op);
    }
  }

  /** Nobody hears what came of it. */
  private static void happen(Op op) {
    try {
      var unused = op.effect.get();
    } catch (MemoryException refused) {
      // A file that knows better stays as it is.
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

  /** Takes a copy of all rows; what is given puts it back, and all that was on its way is lost. */
  public Runnable copy() {
    LogHead oldHead = head;
    Map<UUID, Batch> oldBatches = Map.copyOf(batches);
    Map<String, TreeMap<Long, IndexRow>> oldIndex = new TreeMap<>();
    index.forEach((pid, rows) -> oldIndex.put(pid, new TreeMap<>(rows)));
    TreeMap<Long, LeafRow> oldLeaves = new TreeMap<>(leaves);
    Map<List<Long>, List<Hash>> oldTiles = Map.copyOf(tiles);
    TreeMap<Long, String> oldCheckpoints = new TreeMap<>(checkpoints);
    long oldCursor = cursor;
    return () -> {
      head = oldHead;
      replace(batches, oldBatches);
      replace(index, oldIndex);
      replace(leaves, oldLeaves);
      replace(tiles, oldTiles);
      replace(checkpoints, oldCheckpoints);
      cursor = oldCursor;
      calls.clear();
      late.clear();
      version++;
    };
  }

  private static <K, V> void replace(Map<K, V> rows, Map<K, V> with) {
    rows.clear();
    rows.putAll(with);
  }

  private static final class SimFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SimFailure(String message) {
      super(message, null, false, false);
    }
  }

  /** What an owner on that node remembers, and asks. */
  public LogMemory memory(String owner, String node) {
    Face face = new Face(owner);
    return new LogMemory() {
      @Override
      public CompletionStage<Void> remember(StoredCheckpoint checkpoint) {
        return face.write("remember", () -> SimStore.this.remember(node, checkpoint));
      }

      @Override
      public CompletionStage<Asked> ask() {
        return face.read(
            "ask",
            () ->
                new Asked(
                    files.values().stream()
                        .filter(
                            one -> one.source().equals(node) || !unreachable.contains(one.source()))
                        .toList(),
                    List.copyOf(unreachable)));
      }
    };
  }

  /** As a node's file does it. */
  public void remember(String node, StoredCheckpoint checkpoint) {
    String note = checkpoint.note();
    Checkpoint next = Checkpoint.parse(note.substring(0, note.indexOf("\n\n") + 1));
    Remembered known = files.get(node);
    if (known != null && next.size() < known.size()) {
      throw MemoryException.outgrown("the log went on");
    }
    if (known != null && next.size() == known.size() && !next.root().equals(known.root())) {
      throw MemoryException.contradiction("another root");
    }
    if (next.size() > 0) {
      files.put(node, new Remembered(node, next.size(), next.root()));
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
    public CompletionStage<Boolean> close(LogHead from, UUID next) {
      return call(
          "close",
          true,
          () -> {
            boolean applied = head.size() == from.size() && head.term() == from.term();
            if (applied) {
              head = new LogHead(head.size(), head.root(), head.batch(), from.term() + 1, next);
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
            String told = published.put(checkpoint.size(), checkpoint.note());
            same(told == null || told.equals(checkpoint.note()), "root of " + checkpoint.size());
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
