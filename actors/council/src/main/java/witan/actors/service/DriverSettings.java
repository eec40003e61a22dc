package witan.actors.service;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * {@code witan.driver} in {@code witan-driver.conf}.
 *
 * @param retry when to look again at a case whose last activity got no answer
 * @param noCouncil when to look again while no council is founded
 * @param proposalWait how long a case that no rule proposes anything for waits for a member
 * @param proposalLook how often such a case is looked at
 * @param wake how often the executor of an approved case is woken
 * @param lateLook how often {@link LateCases} looks
 * @param lateAfter its patience
 * @param lateAtOnce how many it wakes with one look
 */
public record DriverSettings(
    Duration retry,
    Duration noCouncil,
    Duration proposalWait,
    Duration proposalLook,
    Duration wake,
    Duration lateLook,
    Duration lateAfter,
    int lateAtOnce) {
  public static final DriverSettings DEFAULTS =
      new DriverSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          50);

  /** Each that waits is in memory. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(7);

  public static DriverSettings from(Config root) {
    Config config = root.getConfig("witan.driver");
    int lateAtOnce = config.getInt("late-at-once");
    if (lateAtOnce < 1) {
      throw new ConfigException.BadValue(config.origin(), "late-at-once", "at least 1");
    }
    return new DriverSettings(
        config.getDuration("retry"),
        config.getDuration("no-council"),
        within(config, "proposal-wait", Duration.ZERO, LONGEST_WAIT),
        within(config, "proposal-look", Duration.ofSeconds(1), LONGEST_WAIT),
        config.getDuration("wake"),
        config.getDuration("late-look"),
        config.getDuration("late-after"),
        lateAtOnce);
  }

  private static Duration within(Config config, String key, Duration least, Duration most) {
    Duration value = config.getDuration(key);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new ConfigException.BadValue(
          config.getValue(key).origin(), key, "from " + least + " to " + most);
    }
    return value;
  }
}
