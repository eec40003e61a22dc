package witan.actors.effect;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.LinkedHashMap;
import java.util.Map;
import witan.domain.playbook.HttpPlaces;

/**
 * {@code witan.http-actions} in {@code witan-execution.conf}.
 *
 * @param connections by the name under which playbooks know them; nothing else is called
 */
public record HttpEffectSettings(Map<String, HttpConnection> connections) {
  private static final int MAX_CONNECTIONS = 100;

  public HttpEffectSettings {
    connections = Map.copyOf(connections);
    if (connections.size() > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("connections: more than " + MAX_CONNECTIONS);
    }
    for (String name : connections.keySet()) {
      if (!HttpPlaces.isConnection(name)) {
        throw new IllegalArgumentException(
            "connections: named in a-z, 0-9 and -, up to 63 of them: " + name);
      }
    }
  }

  /** Nothing can be called. */
  public static HttpEffectSettings none() {
    return new HttpEffectSettings(Map.of());
  }

  /** An {@link IllegalArgumentException} names the key, from {@code connections} on. */
  public static HttpEffectSettings from(Config root) {
    Config config = root.getConfig("witan.http-actions");
    if (config.hasPath("allowed-hosts")) {
      throw new IllegalArgumentException(
          "allowed-hosts: playbooks name connections now; see witan.http-actions.connections");
    }
    Config named = config.getConfig("connections");
    Map<String, HttpConnection> connections = new LinkedHashMap<>();
    for (String name : named.root().keySet()) {
      try {
        connections.put(name, HttpConnection.from(named.getConfig(ConfigUtil.joinPath(name))));
      } catch (IllegalArgumentException | ConfigException e) {
        throw new IllegalArgumentException("connections." + name + "." + e.getMessage(), e);
      }
    }
    return new HttpEffectSettings(connections);
  }
}
