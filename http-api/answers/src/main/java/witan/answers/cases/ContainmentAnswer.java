package witan.answers.cases;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.containment.ContainmentEvent;

/** Leases of provisional containments, the hour's budget, and the kill switch. */
public record ContainmentAnswer(
    boolean on,
    ContainmentEvent.@Nullable ContainmentSwitched lastSwitch,
    int grantedWithinAnHour,
    Map<String, Long> byCluster,
    List<LeaseLine> active) {

  /**
   * A lease.
   *
   * @param grant its number in the council's containments
   */
  public record LeaseLine(
      CaseId caseId, long grant, List<String> clusters, Instant at, boolean revoked) {}
}
