package witan.actors.settlement;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * {@code witan.settlement} in {@code witan-settlement.conf}.
 *
 * @param interval how often to look for cases that have ended
 * @param backoffMax longest pause while database or registry do not answer
 * @param batchEntries of the log, read at a time
 */
public record SettlementSettings(Duration interval, Duration backoffMax, int batchEntries) {

  /** Reads {@code witan.settlement} of the given root. */
  public static SettlementSettings from(Config root) {
    Config config = root.getConfig("witan.settlement");
    int batch = config.getInt("batch-entries");
    if (batch < 1 || batch > 1_000) {
      throw new ConfigException.BadValue("witan.settlement.batch-entries", "from 1 to 1000");
    }
    return new SettlementSettings(
        config.getDuration("interval"), config.getDuration("backoff-max"), batch);
  }
}
