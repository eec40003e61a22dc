package witan.domain.proposal;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;

/**
 * What a case knows of its effects beside the execution itself.
 *
 * @param follows the case that this one takes up again; null for most
 * @param before the comparison before the execution; null where none was made
 * @param after the one of its effect
 * @param containment null while there was none
 * @param refused the last refusal of one
 * @param refusals how many there were
 * @param pauses of the execution
 */
@RecordBuilder
public record Precautions(
    @Nullable CaseId follows,
    CaseEvent.@Nullable RadiusCompared before,
    CaseEvent.@Nullable RadiusCompared after,
    @Nullable Containment containment,
    CaseEvent.@Nullable ContainmentRefused refused,
    int refusals,
    Pauses pauses) {
  public static final Precautions NONE = following(null);

  static Precautions following(@Nullable CaseId follows) {
    return new Precautions(follows, null, null, null, null, 0, Pauses.NONE);
  }

  Precautions compared(CaseEvent.RadiusCompared e) {
    return PrecautionsBuilder.builder(this)
        .before(e.effect() ? before : e)
        .after(e.effect() ? e : after)
        .build();
  }

  Precautions contained(Containment now) {
    return PrecautionsBuilder.builder(this).containment(now).build();
  }

  Precautions refused(CaseEvent.ContainmentRefused e) {
    return PrecautionsBuilder.builder(this).refused(e).refusals(refusals + 1).build();
  }

  Precautions held(Pauses now) {
    return PrecautionsBuilder.builder(this).pauses(now).build();
  }

  /** The case in which the targets, as they are now, are voted on; null where none is to be. */
  public @Nullable CaseId next() {
    return before == null ? null : before.next();
  }
}
