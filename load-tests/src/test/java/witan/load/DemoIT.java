package witan.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first command of the README, on a database that demands all that one can demand. */
class DemoIT {
  @Test
  @Timeout(600)
  void theDemoIsProvenOnADatabaseThatDemandsUserPasswordAndTls()
      throws IOException, InterruptedException {
    try (TestStack stack = TestStack.idle(List.of(), Map.of())) {
      // An exit code but 0 is an exception.
      String said = stack.stack().run("demo", "--exit", "--secure-database");

      List<String> results = said.lines().filter(line -> line.startsWith("PROVEN")).toList();
      assertEquals(2, results.size(), said);
      assertTrue(said.contains("Stopped; the data stays"), said);
    }
  }
}
