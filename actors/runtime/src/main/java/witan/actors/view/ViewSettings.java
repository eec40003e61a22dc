package witan.actors.view;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code witan.view} in {@code witan-view.conf}.
 *
 * @param pollInterval how often the log is looked at when nobody nudges
 * @param batch entries read at once
 * @param recent events kept decoded; a live subscriber that falls further behind is cut off
 * @param maxCases summaries kept; past it closed cases are forgotten, the first closed first
 * @param maxSubscribers of the event stream, per node
 */
public record ViewSettings(
    Duration pollInterval, int batch, int recent, int maxCases, int maxSubscribers) {
  public static final ViewSettings DEFAULTS =
      new ViewSettings(Duration.ofMillis(100), 256, 4_096, 100_000, 1_000);

  public static ViewSettings from(Config root) {
    Config config = root.getConfig("witan.view");
    return new ViewSettings(
        config.getDuration("poll-interval"),
        config.getInt("batch"),
        config.getInt("recent"),
        config.getInt("max-cases"),
        config.getInt("max-subscribers"));
  }
}
