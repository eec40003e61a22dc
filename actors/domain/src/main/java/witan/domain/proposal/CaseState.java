package witan.domain.proposal;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.detection.Alert;

/**
 * The fold of a case's events.
 *
 * @param seq how many events were applied; the number of the last one
 * @param caseId null before the first event
 * @param proposed what a member opened the case with; null where an alert did
 * @param alerts in order of arrival
 * @param seqByKey for each idempotency key (see {@link CaseKeys}) the number of the event that
 *     accepted it
 */
@RecordBuilder
public record CaseState(
    Phase phase,
    long seq,
    @Nullable CaseId caseId,
    @Nullable String councilId,
    CaseEvent.@Nullable Proposed proposed,
    List<Alert> alerts,
    Map<String, Long> seqByKey,
    @Nullable Voting voting,
    @Nullable Outcome outcome,
    @Nullable Execution execution,
    @Nullable String closeReason,
    boolean sealed,
    Precautions precautions) {

  public static final CaseState EMPTY =
      new CaseState(
          Phase.UNOPENED,
          0,
          null,
          null,
          null,
          List.of(),
          Map.of(),
          null,
          null,
          null,
          null,
          false,
          Precautions.NONE);

  CaseState with(Precautions known) {
    return CaseStateBuilder.builder(this).precautions(known).build();
  }
}
