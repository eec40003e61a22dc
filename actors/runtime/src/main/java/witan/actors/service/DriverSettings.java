package witan.actors.service;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code witan.driver} in {@code witan-driver.conf}.
 *
 * @param retry when to look again at a case whose last activity got no answer
 * @param noCouncil when to look again while no council is founded
 * @param wake how often the executor of an approved case is woken
 */
public record DriverSettings(Duration retry, Duration noCouncil, Duration wake) {
  public static final DriverSettings DEFAULTS =
      new DriverSettings(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

  public static DriverSettings from(Config root) {
    Config config = root.getConfig("witan.driver");
    return new DriverSettings(
        config.getDuration("retry"), config.getDuration("no-council"), config.getDuration("wake"));
  }
}
