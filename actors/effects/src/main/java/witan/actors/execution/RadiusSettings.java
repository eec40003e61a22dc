package witan.actors.execution;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * {@code witan.blast-radius} in {@code witan-containment.conf}.
 *
 * @param timeout of all dry runs of one proposal
 * @param required whether a vote waits until every option was tried in full; else it opens all the
 *     same, and the blast radius says what is not known
 * @param maxDriftBps how much of an option's objects may have changed until it is executed, basis
 *     points; it is frozen with the proposal
 * @param patience how long after the decision a dry run is waited for before the execution is
 *     refused
 */
public record RadiusSettings(
    Duration timeout, boolean required, int maxDriftBps, Duration patience) {
  public static final RadiusSettings DEFAULTS =
      new RadiusSettings(Duration.ofSeconds(10), false, 2_000, Duration.ofMinutes(2));

  /** Reads {@code witan.blast-radius} of the given root. */
  public static RadiusSettings from(Config root) {
    Config config = root.getConfig("witan.blast-radius");
    int drift = config.getInt("max-drift-bps");
    if (drift < 0 || drift > 10_000) {
      throw new ConfigException.BadValue(
          config.origin(),
          "witan.blast-radius.max-drift-bps",
          "basis points are 0 to 10000, not " + drift);
    }
    return new RadiusSettings(
        config.getDuration("timeout"),
        config.getBoolean("required"),
        drift,
        config.getDuration("patience"));
  }
}
