package witan.cluster.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.StartException;
import witan.log.checkpoint.NoteSigner;

class SensorKeyTest {
  private static final String NAME = "witan.test/s";

  @TempDir Path folder;

  @Test
  void aKeyThatOthersMayReadIsRefusedByItsOption() throws Exception {
    // Given a key that was made for its owner alone
    Path file = folder.resolve("sensor.key");
    NoteSigner made = SensorKey.read(file, NAME);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(made.key(), SensorKey.read(file, NAME).key());
    // When others may read it
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    // Then
    String said = assertThrows(StartException.class, () -> SensorKey.read(file, NAME)).getMessage();
    assertTrue(said.startsWith("--sign-key: " + file + " is refused"), said);
    assertTrue(said.contains("chmod 600 " + file), said);
  }
}
