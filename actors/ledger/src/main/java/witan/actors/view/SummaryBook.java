package witan.actors.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import witan.codec.event.Family;
import witan.domain.api.CaseQuery;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Page;
import witan.domain.common.CaseId;
import witan.domain.proposal.Phase;

/** The summaries of a node, bounded. Thread-safe: one writer, many readers. */
final class SummaryBook {
  private final int maxCases;
  private final NavigableMap<Long, CaseSummary> byFirstIndex = new TreeMap<>();
  private final Map<CaseId, Long> firstIndex = new HashMap<>();
  private final ArrayDeque<CaseId> closed = new ArrayDeque<>();
  private long size;
  private long forgotten;

  SummaryBook(int maxCases) {
    this.maxCases = maxCases;
  }

  /** Each event once, in the order of the log. */
  synchronized void add(LoggedEvent event) {
    size = event.index() + 1;
    CaseId caseId = event.caseId();
    if (caseId == null || !event.pid().equals(Family.CASE.pid(caseId))) {
      return;
    }
    Long known = firstIndex.get(caseId);
    if (known == null && event.seq() != 1) {
      return;
    }
    CaseSummary before = known == null ? SummaryFold.first(caseId, event) : byFirstIndex.get(known);
    if (before == null) {
      throw new IllegalStateException("a case is listed without its summary: " + caseId);
    }
    CaseSummary after = SummaryFold.apply(before, event);
    firstIndex.put(caseId, after.firstIndex());
    byFirstIndex.put(after.firstIndex(), after);
    if (after.phase() == Phase.CLOSED && before.phase() != Phase.CLOSED) {
      closed.add(caseId);
    }
    evict();
  }

  /** Open cases are never forgotten. */
  private void evict() {
    while (byFirstIndex.size() > maxCases && !closed.isEmpty()) {
      Long index = firstIndex.remove(closed.remove());
      if (index != null) {
        byFirstIndex.remove(index);
        forgotten++;
      }
    }
  }

  synchronized Page<CaseSummary> page(CaseQuery query) {
    if (query.limit() < 1 || query.limit() > 500) {
      throw new IllegalArgumentException("a page has 1 to 500 lines");
    }
    Long before = query.before();
    NavigableMap<Long, CaseSummary> older =
        before == null ? byFirstIndex : byFirstIndex.headMap(before, false);
    List<CaseSummary> lines = new ArrayList<>();
    for (CaseSummary summary : older.descendingMap().values()) {
      if (!matches(query, summary)) {
        continue;
      }
      if (lines.size() == query.limit()) {
        return new Page<>(lines, lines.get(lines.size() - 1).firstIndex(), size);
      }
      lines.add(summary);
    }
    return new Page<>(lines, null, size);
  }

  /** Lines after that first index, oldest first. */
  synchronized List<CaseSummary> after(long firstIndex, Predicate<CaseSummary> wanted, int max) {
    return byFirstIndex.tailMap(firstIndex, false).values().stream()
        .filter(wanted)
        .limit(max)
        .toList();
  }

  synchronized int open() {
    return byFirstIndex.size() - closed.size();
  }

  synchronized long size() {
    return size;
  }

  synchronized long forgotten() {
    return forgotten;
  }

  private static boolean matches(CaseQuery query, CaseSummary summary) {
    return (query.phase() == null || query.phase() == summary.phase())
        && (query.cluster() == null || query.cluster().equals(summary.resource().cluster()))
        && (query.minimumSeverity() == null
            || summary.severity().compareTo(query.minimumSeverity()) >= 0)
        && (!query.withProposal() || summary.deadline() != null);
  }
}
