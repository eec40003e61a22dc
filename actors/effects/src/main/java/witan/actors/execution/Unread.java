package witan.actors.execution;

import org.jspecify.annotations.Nullable;
import witan.actors.feed.FeedException;
import witan.actors.feed.FeedProblem;
import witan.actors.spi.Failures;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;
import witan.evidence.CheckFailed;

/** Why an executor cannot read what it goes by. */
final class Unread {
  private Unread() {}

  /**
   * The reason to wait.
   *
   * @param what cannot be had
   */
  static Reason because(String what, @Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Failures.cause(failure);
    String detail = what + ": " + cause;
    if (cause instanceof FeedException feed) {
      return feed.problem() == FeedProblem.NOT_VERIFIED_YET
          ? new Reason(WaitCode.LOG_NOT_PROVED, detail, Who.EXECUTOR)
          : new Reason(WaitCode.LOG_NOT_BELIEVED, detail, Who.OPERATOR);
    }
    return cause instanceof CheckFailed
        ? new Reason(WaitCode.NOT_BORNE_OUT, detail, Who.OPERATOR)
        : new Reason(WaitCode.LOG_UNREADABLE, detail, Who.OPERATOR);
  }
}
