package witan.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraProcessIT {
  private static final int ROWS = 200;

  @TempDir Path dir;

  @Test
  void acknowledgedWritesAreBackAfterKillAndRestart() throws IOException {
    long begin = System.nanoTime();
    CassandraProcess.Options options;
    try (CassandraProcess first = CassandraProcess.start(CassandraProcess.Options.in(dir))) {
      print("fresh start", begin);
      options = first.options();
      assertTrue(CassandraProcess.answersCql(first.contactPoint(), SocketFactory.getDefault()));
      var refused =
          assertThrows(ChildProcessException.class, () -> CassandraProcess.start(options));
      assertTrue(
          refused.getMessage().contains("in use by process " + first.pid()), refused.getMessage());
      assertTrue(first.isAlive(), "the refused start must not touch the running node");
      try (Cql cql = new Cql(first.contactPoint())) {
        cql.query(
            "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        cql.query("CREATE TABLE k.t (id int PRIMARY KEY, v text)");
        for (int i = 0; i < ROWS; i++) {
          cql.query("INSERT INTO k.t (id, v) VALUES (" + i + ", 'value-" + i + ";')");
        }
        first.kill9();
      }
      assertFalse(CassandraProcess.answersCql(first.contactPoint(), SocketFactory.getDefault()));
    }
    begin = System.nanoTime();
    try (CassandraProcess second = CassandraProcess.start(options)) {
      print("restart after kill -9", begin);
      assertEquals(options.nativePort(), second.contactPoint().getPort());
      try (Cql cql = new Cql(second.contactPoint())) {
        for (int i = 0; i < ROWS; i++) {
          String row = cql.query("SELECT v FROM k.t WHERE id = " + i);
          assertTrue(
              row.contains("value-" + i + ";"), "row " + i + " was acknowledged and is lost");
        }
      }
    }
  }

  private static void print(String what, long begin) {
    System.out.printf("Cassandra %s: %d ms%n", what, (System.nanoTime() - begin) / 1_000_000);
  }
}
