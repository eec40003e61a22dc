package witan.actors.execution;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import witan.domain.containment.ContainmentTerms;

/**
 * {@code witan.containment} in {@code witan-containment.conf}.
 *
 * @param enabled whether this node begins any, whatever the policy table allows
 */
public record ContainmentSettings(boolean enabled, ContainmentTerms terms) {

  /** Reads {@code witan.containment} of the given root. */
  public static ContainmentSettings from(Config root) {
    Config config = root.getConfig("witan.containment");
    if (config.hasPath("trusted-sensors") && !config.getStringList("trusted-sensors").isEmpty()) {
      throw new ConfigException.BadValue(
          config.origin(),
          "witan.containment.trusted-sensors",
          "the council trusts sensors by a row of its policy table (alerts.trustedSensors)");
    }
    try {
      return new ContainmentSettings(
          config.getBoolean("enabled"),
          new ContainmentTerms(
              List.of(),
              config.getInt("per-cluster-an-hour"),
              config.getInt("an-hour"),
              config.getInt("max-impact"),
              config.getDuration("lease")));
    } catch (IllegalArgumentException e) {
      throw new ConfigException.BadValue(
          config.origin(), "witan.containment", String.valueOf(e.getMessage()));
    }
  }
}
