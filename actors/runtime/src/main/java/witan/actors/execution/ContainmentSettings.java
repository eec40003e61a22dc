package witan.actors.execution;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
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
    try {
      return new ContainmentSettings(
          config.getBoolean("enabled"),
          new ContainmentTerms(
              config.getStringList("trusted-sensors"),
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
