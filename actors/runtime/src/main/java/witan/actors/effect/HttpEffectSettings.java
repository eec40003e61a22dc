package witan.actors.effect;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Set;

/**
 * {@code witan.http-actions} in {@code witan-execution.conf}.
 *
 * @param allowedHosts {@code scheme://host:port} each, e.g. {@code https://hooks.example.org:443};
 *     nothing else is called
 * @param callTimeout of one whole request
 */
public record HttpEffectSettings(Set<String> allowedHosts, Duration callTimeout) {
  public HttpEffectSettings {
    allowedHosts = Set.copyOf(allowedHosts);
    for (String host : allowedHosts) {
      if (!host.matches("https?://[A-Za-z0-9.-]+:[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "witan.http-actions.allowed-hosts: not scheme://host:port: " + host);
      }
    }
  }

  public static HttpEffectSettings from(Config root) {
    Config config = root.getConfig("witan.http-actions");
    return new HttpEffectSettings(
        Set.copyOf(config.getStringList("allowed-hosts")), config.getDuration("call-timeout"));
  }
}
