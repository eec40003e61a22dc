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
 * @param waitLimit how long a read waits for the view to have the entry that it names
 * @param maxWaiting reads that wait at a time; more are told at once that the view is behind
 */
public record ViewSettings(
    Duration pollInterval,
    int batch,
    int recent,
    int maxCases,
    int maxSubscribers,
    Duration waitLimit,
    int maxWaiting) {

  public static ViewSettings from(Config root) {
    Config config = root.getConfig("witan.view");
    return new ViewSettings(
        config.getDuration("poll-interval"),
        config.getInt("batch"),
        config.getInt("recent"),
        config.getInt("max-cases"),
        config.getInt("max-subscribers"),
        config.getDuration("wait-limit"),
        config.getInt("max-waiting"));
  }
}
