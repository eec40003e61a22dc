package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import witan.cluster.StartException;

class PreflightTest {
  private static List<String> shell(String text) {
    return List.of("/bin/sh", "-c", text);
  }

  @Test
  void whatIsWrongIsSaidInTheCheckersWordsAndThatNothingWasTouched() {
    StartException refused =
        assertThrows(
            StartException.class,
            () ->
                Preflight.check(
                    shell("echo right; echo \"witan: $WHAT is not known\" >&2; exit 2"),
                    Map.of("WHAT", "witan.htpp")));

    assertEquals("witan.htpp is not known\nNothing was started or stopped.", refused.getMessage());
  }

  @Test
  void whatIsRightIsPassed() {
    assertDoesNotThrow(() -> Preflight.check(shell("echo warned >&2"), Map.of()));
  }

  @Test
  void aProcessSaysWhatItWasStartedWith() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sleep", "60");
    builder.environment().clear();
    builder.environment().putAll(Map.of("WITAN_CONFIG", "/etc/a=b.conf", "EMPTY", ""));
    Process process = builder.start();
    try {
      Map<String, String> expected = new TreeMap<>(Map.of("WITAN_CONFIG", "/etc/a=b.conf"));
      expected.put("EMPTY", "");
      assertEquals(expected, Preflight.environmentOf(process.pid()));
    } finally {
      process.destroyForcibly();
    }
  }
}
