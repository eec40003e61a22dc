package witan.actors.service;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * {@code witan.driver} in {@code witan-driver.conf}.
 *
 * @param retry when to look again at a case whose last activity got no answer
 * @param noCouncil when to look again while no council is founded
 * @param wake how often the executor of an approved case is woken
 * @param lateLook how often {@link LateCases} looks
 * @param lateAfter its patience
 * @param lateAtOnce how many it wakes with one look
 */
public record DriverSettings(
    Duration retry,
    Duration noCouncil,
    Duration wake,
    Duration lateLook,
    Duration lateAfter,
    int lateAtOnce) {
  public static final DriverSettings DEFAULTS =
      new DriverSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          50);

  public static DriverSettings from(Config root) {
    Config config = root.getConfig("witan.driver");
    int lateAtOnce = config.getInt("late-at-once");
    if (lateAtOnce < 1) {
      throw new ConfigException.BadValue(config.origin(), "late-at-once", "at least 1");
    }
    return new DriverSettings(
        config.getDuration("retry"),
        config.getDuration("no-council"),
        config.getDuration("wake"),
        config.getDuration("late-look"),
        config.getDuration("late-after"),
        lateAtOnce);
  }
}
