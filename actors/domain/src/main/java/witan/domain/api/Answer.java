package witan.domain.api;

import java.time.Duration;
import witan.domain.common.Refusal;

/** What a running council answers. */
public sealed interface Answer<T> {
  /** Done, and what it stands for is in the log. */
  record Done<T>(T value) implements Answer<T> {}

  /** Refused; nothing was changed. */
  record Declined<T>(Refusal refusal) implements Answer<T> {}

  /** Not decided now (overload, fail-over, a part is down); the same request may be sent again. */
  record Busy<T>(String reason, Duration retryAfter) implements Answer<T> {}
}
