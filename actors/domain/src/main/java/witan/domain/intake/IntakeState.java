package witan.domain.intake;

import java.util.Map;

/**
 * The fold of one sensor's intake events.
 *
 * @param seqByKey the most recent keys only (bounded); an older redelivery is recorded again
 */
public record IntakeState(long seq, Map<String, Long> seqByKey) {
  public static final IntakeState EMPTY = new IntakeState(0, Map.of());
}
