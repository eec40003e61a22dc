package witan.domain.containment;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.PersistentMap;

/**
 * The fold of a council's containments.
 *
 * @param on whether there are grants
 * @param revokedSeq number of the last switch that takes back what was granted before it; 0 for
 *     none
 * @param lastSwitch the last use of the switch; null while nobody has used it
 * @param recent what was granted within the last hour, oldest first
 * @param active granted and not released
 */
@RecordBuilder
public record ContainmentState(
    long seq,
    boolean on,
    long revokedSeq,
    @Nullable Switched lastSwitch,
    List<Grant> recent,
    Map<CaseId, Grant> active,
    @Nullable Instant changedAt) {

  /**
   * A lease.
   *
   * @param seq number of the event
   */
  public record Grant(long seq, ContainmentEvent.ContainmentGranted granted) {}

  /**
   * A use of the switch.
   *
   * @param seq number of the event
   */
  public record Switched(long seq, ContainmentEvent.ContainmentSwitched event) {}

  public static final ContainmentState EMPTY =
      new ContainmentState(0, true, 0, null, List.of(), PersistentMap.empty(), null);

  public ContainmentState {
    recent = List.copyOf(recent);
    active = PersistentMap.of(active);
  }

  /** Whether the effects of that grant have to be taken back. */
  public boolean revoked(long grant) {
    return grant < revokedSeq;
  }

  /** After an event that is not believed: it takes up a number, and changes nothing. */
  public ContainmentState disbelieving(ContainmentEvent event) {
    return ContainmentStateBuilder.builder(this).seq(seq + 1).changedAt(event.at()).build();
  }

  /** Of the last hour before then. */
  public List<Grant> within(Instant now) {
    Instant from = now.minus(ContainmentAggregate.WINDOW);
    return recent.stream().filter(g -> g.granted().at().isAfter(from)).toList();
  }
}
