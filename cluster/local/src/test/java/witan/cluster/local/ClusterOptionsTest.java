package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.cluster.StartException;
import witan.cluster.settings.LocalOptions;

class ClusterOptionsTest {
  private final ClusterOptions options = new ClusterOptions();

  @ParameterizedTest
  @ValueSource(strings = {"api,case/log", "api,log/case,executor"})
  void aFirstNodeThatCannotBeReadyAloneIsRefused(String roles) {
    options.nodes = 2;
    options.roles = roles;

    StartException refused =
        assertThrows(StartException.class, () -> options.of(new LocalOptions()));

    assertTrue(refused.getMessage().contains("first node"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "log,case/executor", "api,case,log/case,executor"})
  void rolesOfNodesAreTaken(String roles) {
    options.nodes = 2;
    options.roles = roles;
    LocalOptions local = new LocalOptions();

    assertEquals(roles, options.of(local).roles());
  }

  @Test
  void theNumberOfNodesHasLimits() {
    options.nodes = 0;
    assertThrows(StartException.class, () -> options.of(new LocalOptions()));
  }
}
