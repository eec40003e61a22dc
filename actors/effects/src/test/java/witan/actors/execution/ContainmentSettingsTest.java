package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainmentSettingsTest {
  private static Config with(String settings) {
    return ConfigFactory.parseString(settings)
        .withFallback(ConfigFactory.parseResources("witan-containment.conf"))
        .resolve();
  }

  @Test
  void sensorsThatSettingsTrustedAreForThePolicyTableNow() {
    assertEquals(List.of(), ContainmentSettings.from(with("")).terms().trustedSensors());
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> ContainmentSettings.from(with("witan.containment.trusted-sensors = [falco]")));
    assertTrue(
        refused.getMessage().contains("witan.containment.trusted-sensors"), refused.getMessage());
  }
}
