package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSettingsTest {
  private static Config with(String line) {
    return ConfigFactory.parseString(line).withFallback(ConfigFactory.load()).resolve();
  }

  @Test
  void whatANodeShipsWithIsValid() {
    NodeSettings settings = NodeSettings.of(ConfigFactory.load());

    assertEquals(30, settings.containment().terms().maxImpact());
    assertTrue(settings.webhooks().webhooks().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "witan.containment.an-hour = 100000, witan.containment, hour",
    "witan.containment.lease = soon, witan.containment, lease",
    "witan.blast-radius.max-drift-bps = 10001, witan.blast-radius, max-drift-bps",
    "witan.settlement.batch-entries = 0, witan.settlement, batch-entries",
    "'witan.http-actions.allowed-hosts = [\"https://a.example:443\"]', witan.http-actions, allowed-hosts",
    "'witan.http-actions.connections.a { base = \"https://a.example\" }', witan.http-actions, path-prefixes",
    "'witan.kubernetes.clusters.a { allowed-kinds = [Pods] }', witan.kubernetes, clusters.a.allowed-kinds",
    "witan.execution.step-timeout = late, witan.execution, step-timeout",
    "witan.execution.feed.log-keys = nonsense, witan.execution.feed, verifier key",
    "witan.notify.concurrent = 0, witan.notify, concurrent",
    "'witan.notify.webhooks.ana { url = \"http://127.0.0.1:1/\" }', witan.notify, secret-file",
    "witan.driver.proposal-wait = 8d, witan.driver, proposal-wait",
    "witan.driver.proposal-look = 0s, witan.driver, proposal-look",
    "witan.correlation.response-rules-file = /nowhere/rules.json, witan.correlation, /nowhere/rules.json",
    "witan.http.request-timeout = late, witan.http, request-timeout",
    "witan.node.roles = king, witan.node, roles",
  })
  void aBadValueIsNamedByItsTopicAndKeyBeforeAnythingStarts(String line, String topic, String key) {
    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> NodeSettings.of(with(line)));

    assertTrue(refused.getMessage().contains(topic), refused.getMessage());
    assertTrue(refused.getMessage().contains(key), refused.getMessage());
  }
}
