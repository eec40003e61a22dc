package witan.domain.correlation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;

/**
 * The fold of one resource's correlation events.
 *
 * @param open the case that takes alerts; null when the next alert opens one
 * @param lastAlert when the latest alert of the open case was received
 * @param assignments by alert key, bounded
 * @param assigned how many assignments were ever made; orders them
 * @param pending how many assignments are pending
 * @param cases the latest cases here, the newest first, bounded
 */
@RecordBuilder
public record CorrelationState(
    @Nullable CaseId open,
    Instant lastAlert,
    Map<String, Assignment> assignments,
    long assigned,
    int pending,
    List<CaseId> cases) {
  static final int MAX_CASES = 20;

  public CorrelationState {
    cases = List.copyOf(cases);
  }

  public static final CorrelationState EMPTY =
      new CorrelationState(null, Instant.MIN, Map.of(), 0, 0, List.of());

  /** The case that was here before that one; null where there was none, or nobody remembers. */
  @Nullable CaseId before(CaseId caseId) {
    int at = cases.indexOf(caseId);
    return at < 0 || at + 1 >= cases.size() ? null : cases.get(at + 1);
  }

  /** With the case in front. */
  static List<CaseId> withNewest(List<CaseId> cases, CaseId newest) {
    List<CaseId> all = new ArrayList<>();
    all.add(newest);
    cases.stream().filter(c -> !c.equals(newest)).limit(MAX_CASES - 1).forEach(all::add);
    return all;
  }

  /**
   * Where an alert went.
   *
   * @param number in the order of the assignments, from 1
   * @param logged null while the assignment is pending
   */
  public record Assignment(
      CaseId caseId, Digest fingerprint, boolean opened, long number, @Nullable Place logged) {
    boolean pending() {
      return logged == null;
    }
  }

  /** An entry's number in its case, and its index in the log. */
  public record Place(long seq, long index) {}
}
