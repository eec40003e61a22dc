package witan.actors.log;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.LoggedTimes.Window;

/** Whether the log takes this node's time, as the last answers to its entities say. Thread-safe. */
public final class LogClock {
  private volatile @Nullable String differs;

  /** An append was logged. */
  public void taken() {
    differs = null;
  }

  /**
   * An append was not.
   *
   * @return whether the clocks differ; if not, the append had waited too long
   */
  public boolean refused(Window window, Instant now) {
    boolean differ = !window.holds(now);
    if (differ) {
      differs = text(window, now);
    }
    return differ;
  }

  /** What the clocks said, until an append is logged again. */
  public Optional<String> differs() {
    return Optional.ofNullable(differs);
  }

  /** For a person. */
  public static String text(Window window, Instant now) {
    return "this node's clock says "
        + now
        + ", the log takes "
        + (window.from().isAfter(window.to())
            ? "nothing before " + window.from() + ", for its entries are ahead"
            : window.from() + " to " + window.to());
  }
}
