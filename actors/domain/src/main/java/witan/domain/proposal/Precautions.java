package witan.domain.proposal;

import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;

/**
 * What a case knows of its effects beside the execution itself.
 *
 * @param follows the case that this one takes up again; null for most
 * @param before the comparison before the execution; null where none was made
 * @param after the one of its effect
 */
public record Precautions(
    @Nullable CaseId follows,
    CaseEvent.@Nullable RadiusCompared before,
    CaseEvent.@Nullable RadiusCompared after) {
  public static final Precautions NONE = new Precautions(null, null, null);

  /** The case in which the targets, as they are now, are voted on; null where none is to be. */
  public @Nullable CaseId next() {
    return before == null ? null : before.next();
  }
}
