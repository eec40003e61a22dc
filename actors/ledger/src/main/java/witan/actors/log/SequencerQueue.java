package witan.actors.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accepted appends, in order, until they are answered. Bounded. Not thread-safe. */
final class SequencerQueue {
  /** An accepted append; its entries chain and are of one pid. */
  record Queued(List<LogEntry> entries, int bytes, Consumer<LogReply> replyTo) {
    /**
     * An append.
     *
     * @throws IllegalArgumentException where the entries are no chain of one pid
     */
    static Queued of(List<LogEntry> entries, Consumer<LogReply> replyTo) {
      for (int i = 1; i < entries.size(); i++) {
        LogEntry before = entries.get(i - 1);
        if (!entries.get(i).pid().equals(before.pid())
            || !entries.get(i).follows(before.seq(), before.hash())) {
          throw new IllegalArgumentException("an append is a chain of one pid: " + before.pid());
        }
      }
      int bytes = entries.stream().mapToInt(e -> e.item().size() + Batch.FRAME).sum();
      return new Queued(entries, bytes, replyTo);
    }

    LogEntry last() {
      return entries.get(entries.size() - 1);
    }
  }

  private final SequencerSettings settings;
  private final Deque<Queued> waiting = new ArrayDeque<>();
  private final Map<String, List<Queued>> byPid = new HashMap<>();
  private int entries;
  private int bytes;

  SequencerQueue(SequencerSettings settings) {
    this.settings = settings;
  }

  boolean offer(Queued append) {
    if (entries + append.entries().size() > settings.queuedEntries()
        || bytes + append.bytes() > settings.queuedBytes()) {
      return false;
    }
    entries += append.entries().size();
    bytes += append.bytes();
    waiting.add(append);
    byPid.computeIfAbsent(append.last().pid(), pid -> new ArrayList<>()).add(append);
    return true;
  }

  /** The last accepted append of a pid that is not yet answered. */
  @Nullable Queued tail(String pid) {
    List<Queued> appends = byPid.get(pid);
    return appends == null ? null : appends.get(appends.size() - 1);
  }

  boolean contains(Queued append) {
    return byPid.getOrDefault(append.last().pid(), List.of()).stream()
        .anyMatch(queued -> queued.last().hash().equals(append.last().hash()));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether more than one batch's worth waits. */
  boolean fillsBatch() {
    int waitingEntries = 0;
    int waitingBytes = 0;
    for (Queued append : waiting) {
      waitingEntries += append.entries().size();
      waitingBytes += append.bytes();
      if (waitingEntries >= settings.batchEntries() || waitingBytes >= settings.batchBytes()) {
        return true;
      }
    }
    return false;
  }

  /** The first appends that fit into a batch; they stay known until {@link #answered}. */
  List<Queued> take() {
    List<Queued> taken = new ArrayList<>();
    int takenEntries = 0;
    int takenBytes = 0;
    while (!waiting.isEmpty()) {
      Queued next = waiting.peek();
      takenEntries += next.entries().size();
      takenBytes += next.bytes();
      boolean full = takenEntries > settings.batchEntries() || takenBytes > settings.batchBytes();
      if (full && !taken.isEmpty()) {
        break;
      }
      taken.add(waiting.remove());
    }
    return taken;
  }

  void answered(Queued append) {
    entries -= append.entries().size();
    bytes -= append.bytes();
    String pid = append.last().pid();
    List<Queued> appends = byPid.getOrDefault(pid, List.of());
    appends.remove(append);
    if (appends.isEmpty()) {
      byPid.remove(pid);
    }
  }
}
