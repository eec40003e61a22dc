package witan.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraProcessIT {
  @TempDir Path dir;

  @Test
  void answersCqlAndAgainOnTheSameDataAfterKill() {
    long begin = System.nanoTime();
    CassandraProcess.Options options;
    try (CassandraProcess first = CassandraProcess.start(CassandraProcess.Options.in(dir))) {
      print("fresh start", begin);
      options = first.options();
      assertTrue(CassandraProcess.answersCql(first.contactPoint()));
      var refused =
          assertThrows(ChildProcessException.class, () -> CassandraProcess.start(options));
      assertTrue(
          refused.getMessage().contains("in use by process " + first.pid()), refused.getMessage());
      assertTrue(first.isAlive(), "the refused start must not touch the running node");
      first.kill9();
      assertFalse(CassandraProcess.answersCql(first.contactPoint()));
    }
    begin = System.nanoTime();
    try (CassandraProcess second = CassandraProcess.start(options)) {
      print("restart after kill -9", begin);
      assertEquals(options.nativePort(), second.contactPoint().getPort());
      assertTrue(CassandraProcess.answersCql(second.contactPoint()));
    }
  }

  private static void print(String what, long begin) {
    System.out.printf("Cassandra %s: %d ms%n", what, (System.nanoTime() - begin) / 1_000_000);
  }
}
