package witan.actors.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.domain.common.LogIndex;

/**
 * The rows of a log over its generations, by place ({@link LogIndex}). All but the last are closed:
 * what their rows hold beyond the size that they were closed with is in nobody's log, and passed
 * over. Thread-safe, never blocks.
 */
public final class LogGenerations {
  private static final String GENERATION = "/g";

  /** One that is closed. */
  public record Closed(LogStore store, long size) {}

  private final List<Closed> closed;
  private final LogStore current;

  public LogGenerations(List<Closed> closed, LogStore current) {
    this.closed = List.copyOf(closed);
    this.current = current;
  }

  /** Of a log that was never adopted. */
  public static LogGenerations of(LogStore store) {
    return new LogGenerations(List.of(), store);
  }

  /**
   * Of the first generation the name itself; of later ones with their number.
   *
   * @param first origin or log id of the first
   */
  public static String name(String first, int generation) {
    return generation == 0 ? first : first + GENERATION + generation;
  }

  /** Number of the one that grows. */
  public int last() {
    return closed.size();
  }

  public LogStore current() {
    return current;
  }

  /** The closed ones, oldest first. */
  public List<Closed> closed() {
    return closed;
  }

  public LogStore store(int generation) {
    return generation == last() ? current : closed.get(generation).store();
  }

  /** What a generation's tree holds; of the current one whatever was published. */
  public long size(int generation, long published) {
    return generation == last() ? published : closed.get(generation).size();
  }

  /** The place after the last entry that is published. */
  public long end(long published) {
    return LogIndex.of(last(), published);
  }

  /** That place, or where the log goes on from the end of a closed generation. */
  long after(long place) {
    int generation = LogIndex.generation(place);
    return generation < last() && LogIndex.inTree(place) >= closed.get(generation).size()
        ? after(LogIndex.of(generation + 1, 0))
        : place;
  }

  /** The row with the greatest number. */
  public CompletionStage<Optional<IndexRow>> lastOf(String pid) {
    return lastOf(pid, last());
  }

  private CompletionStage<Optional<IndexRow>> lastOf(String pid, int generation) {
    CompletionStage<Optional<IndexRow>> own =
        generation == last() ? current.lastOf(pid) : lastWithin(pid, closed.get(generation), 1);
    return own.thenCompose(
        found ->
            found.isPresent() || generation == 0
                ? CompletableFuture.completedFuture(found)
                : lastOf(pid, generation - 1));
  }

  /** The greatest row may be one that is passed over. */
  private static CompletionStage<Optional<IndexRow>> lastWithin(
      String pid, Closed of, long fromSeq) {
    return of.store()
        .indexOf(pid, fromSeq, PAGE)
        .thenCompose(
            rows -> {
              List<IndexRow> within = within(rows, of);
              IndexRow last = within.isEmpty() ? null : within.get(within.size() - 1);
              return last == null || within.size() < PAGE
                  ? CompletableFuture.completedFuture(Optional.ofNullable(last))
                  : lastWithin(pid, of, last.seq() + 1)
                      .thenApply(more -> more.isPresent() ? more : Optional.of(last));
            });
  }

  private static final int PAGE = 10_000;

  private static List<IndexRow> within(List<IndexRow> rows, Closed of) {
    return rows.stream().takeWhile(row -> LogIndex.inTree(row.index()) < of.size()).toList();
  }

  /** Rows of a pid from that number on, in order, at most {@code max}. */
  public CompletionStage<List<IndexRow>> indexOf(String pid, long fromSeq, int max) {
    return indexOf(pid, fromSeq, max, 0);
  }

  private CompletionStage<List<IndexRow>> indexOf(
      String pid, long fromSeq, int max, int generation) {
    if (generation == last()) {
      return current.indexOf(pid, fromSeq, max);
    }
    Closed of = closed.get(generation);
    return of.store()
        .indexOf(pid, fromSeq, max)
        .thenCompose(
            rows -> {
              List<IndexRow> within = within(rows, of);
              return within.size() == max
                  ? CompletableFuture.completedFuture(within)
                  : indexOf(pid, fromSeq + within.size(), max - within.size(), generation + 1)
                      .thenApply(more -> joined(within, more));
            });
  }

  private static List<IndexRow> joined(List<IndexRow> one, List<IndexRow> other) {
    List<IndexRow> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
