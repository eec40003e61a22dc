package witan.actors.kubernetes;

import java.time.Duration;
import java.util.Optional;
import witan.domain.waiting.WaitCode;

/** What came of an attempt. */
public sealed interface ActionResult {
  /** For a person; what the target answered. */
  String detail();

  /** The requests of this attempt, canonical JSON. */
  String requests();

  /** The effect is there, carries our fence, and was read back. */
  record Done(String detail, String requests) implements ActionResult {}

  /** Nothing was sent; the requests are those that would have been. */
  record Rehearsed(String detail, String requests) implements ActionResult {}

  /** The effect is not there and a repeat would not bring it. */
  record Failed(String detail, String requests) implements ActionResult {}

  /** The answer of a reconciliation that found no effect of ours. */
  record NotApplied(String detail, String requests) implements ActionResult {}

  /**
   * Worth another attempt with the same fence.
   *
   * @param after what the target asked for ({@code Retry-After})
   * @param maybeApplied true where the request was sent and its answer was lost
   * @param why what kind of trouble it is
   */
  record Retry(
      String detail, String requests, Optional<Duration> after, boolean maybeApplied, WaitCode why)
      implements ActionResult {
    /** The target refused for now. */
    public Retry(String detail, String requests, Optional<Duration> after, boolean maybeApplied) {
      this(detail, requests, after, maybeApplied, WaitCode.STEP_RETRIED);
    }
  }

  /** It may or may not have had its effect, and must not be repeated: a person must look. */
  record Unknown(String detail, String requests) implements ActionResult {}

  /** A person is to confirm it; asked again later, until the step's deadline. */
  record Waiting(String detail, String requests) implements ActionResult {}
}
