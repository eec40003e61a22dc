package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.api.Health;
import witan.domain.registry.RegistryState;

class NodeHealthTest {
  @Test
  void thatNoCouncilIsFoundedIsToldAndTakesNoNodeOutOfRotation() {
    for (Optional<RegistryState> none :
        java.util.List.of(Optional.<RegistryState>empty(), Optional.of(RegistryState.EMPTY))) {
      Health.Part part = NodeHealth.council(none);

      assertEquals("council", part.name());
      assertFalse(part.up());
      assertFalse(part.required());
      assertTrue(part.detail().contains("./witan council init"), part.detail());
    }
  }
}
