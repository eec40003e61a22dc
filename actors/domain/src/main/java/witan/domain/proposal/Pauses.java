package witan.domain.proposal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How operators have held the execution of a case up.
 *
 * @param count of all pauses, renewals included
 * @param last null before the first, and after it was resumed
 */
public record Pauses(int count, CaseEvent.@Nullable ExecutionPaused last) {
  static final Pauses NONE = new Pauses(0, null);

  /** From its entry's time. */
  public static final Duration LENGTH = Duration.ofMinutes(15);

  Pauses paused(CaseEvent.ExecutionPaused e) {
    return new Pauses(count + 1, e);
  }

  Pauses resumed() {
    return new Pauses(count, null);
  }

  /**
   * When the last one is over, or was; null where none is to be waited for. Whatever its entry
   * says, that is {@link #LENGTH} after its time: no case node makes it longer.
   */
  public @Nullable Instant until() {
    if (last == null) {
      return null;
    }
    Instant most = last.at().plus(LENGTH);
    return last.until().isBefore(most) ? last.until() : most;
  }

  /** Whether no further step begins at that time. */
  public boolean at(Instant now) {
    Instant until = until();
    return until != null && now.isBefore(until);
  }
}
