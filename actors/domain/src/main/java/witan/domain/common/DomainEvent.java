package witan.domain.common;

import java.time.Instant;

/** A fact that was decided; each becomes one entry of the log. */
public interface DomainEvent {
  /** When it was decided, UTC, whole milliseconds. */
  Instant at();
}
