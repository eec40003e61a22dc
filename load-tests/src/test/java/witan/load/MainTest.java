package witan.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
  }

  @Test
  void wrongArgumentsAreALineAndExitCodeTwo() {
    assertEquals(2, run("bench", "--blocks=0"));
    assertEquals("load: --blocks, --spread and --threads are at least 1\n", errors.toString());
  }

  @Test
  void aCheckThatCannotBeginIsALineAndNotABrokenPromise(@TempDir Path folder) {
    assertEquals(2, run("check", "--root=" + folder, "--data=" + folder));
    assertTrue(errors.toString().startsWith("load: "), errors.toString());
    assertFalse(errors.toString().contains("\tat "), errors.toString());
  }
}
