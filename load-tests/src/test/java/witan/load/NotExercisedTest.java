package witan.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotExercisedTest {
  @Test
  void inCiAFaultThatCannotBeExercisedFailsTheRun() {
    AssertionError failure =
        assertThrows(
            AssertionError.class, () -> NotExercised.in("true", "partitions", "no nftables"));

    assertTrue(String.valueOf(failure.getMessage()).contains("partitions, no nftables"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "false"})
  void elsewhereTheRunGoesOn(String ci) {
    assertDoesNotThrow(() -> NotExercised.in(ci, "partitions", "no nftables"));
  }
}
