package witan.actors.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import witan.domain.api.CaseSummary;
import witan.domain.common.CaseId;
import witan.domain.proposal.Phase;

/**
 * Finds in the log the open cases that should have moved and did not, and wakes their entities.
 * Sharding remembers who is to be awake in rows that no chain of hashes guards: where two clusters
 * wrote them, or they were lost, a case is in the log and in nobody's memory (decision 0015). One
 * that is awake looks whether another writer has logged what it should have moved by. Not
 * thread-safe.
 */
public final class LateCases {
  /** The cases of a node's view of the log. */
  public interface Lines {
    /** Those after that first index, oldest first. */
    List<CaseSummary> after(long firstIndex, Predicate<CaseSummary> wanted, int max);
  }

  private static final long BEFORE_ALL = -1;

  private final Lines lines;
  private final Consumer<CaseId> wake;
  private final Duration patience;
  private final int atOnce;
  private long last = BEFORE_ALL;

  /**
   * One per node.
   *
   * @param wake must not block
   * @param patience after an open case's last entry, or the deadline of its vote
   * @param atOnce that many are woken with one look
   */
  public LateCases(Lines lines, Consumer<CaseId> wake, Duration patience, int atOnce) {
    this.lines = lines;
    this.wake = wake;
    this.patience = patience;
    this.atOnce = atOnce;
  }

  /** Goes on where the last look ended, so that the first ones do not hide the others. */
  public void look(Instant now) {
    List<CaseSummary> late = lines.after(last, line -> isLate(line, now), atOnce);
    late.forEach(line -> wake.accept(line.caseId()));
    last = late.size() < atOnce ? BEFORE_ALL : late.get(late.size() - 1).firstIndex();
  }

  private boolean isLate(CaseSummary line, Instant now) {
    if (line.phase() == Phase.CLOSED) {
      return false;
    }
    Instant deadline = line.outcome() == null ? line.deadline() : null;
    Instant due =
        deadline != null && deadline.isAfter(line.updatedAt()) ? deadline : line.updatedAt();
    return due.plus(patience).isBefore(now);
  }
}
