package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.StartException;

class NodeKeysTest {
  private static final String NAME = "witan.test/log";

  @TempDir Path folder;

  @Test
  void everyKeyThatOthersMayReadIsRefusedByItsSetting() throws IOException {
    NodeKeys keys = new NodeKeys(true);
    Path log = folder.resolve("log.key");
    assertRefused(log, "witan.log.key-file", () -> keys.log(log, NAME));
    Path executor = folder.resolve("executor.key");
    assertRefused(executor, "witan.execution.key-file", () -> keys.executor(executor, NAME));
    Path token = folder.resolve("token.key");
    assertRefused(token, "witan.http.token-key-file", () -> keys.token(token));
    Path sensor = folder.resolve("sensor.key");
    assertRefused(sensor, "--sign-key", () -> NodeKeys.sensor(sensor, NAME));
  }

  private static void assertRefused(Path file, String setting, Executable read) throws IOException {
    // Given a key that was made for its owner alone
    assertDoesNotThrow(read);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    // When others may read it
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    // Then
    String said = assertThrows(StartException.class, read).getMessage();
    assertTrue(said.startsWith(setting + ": " + file + " is refused"), said);
    assertTrue(said.contains("chmod 600 " + file), said);
  }

  @Test
  void aMissingKeyIsNamedBySettingAndFile() {
    Path file = folder.resolve("none.key");
    String said =
        assertThrows(StartException.class, () -> new NodeKeys(false).log(file, NAME)).getMessage();
    assertTrue(said.startsWith("witan.log.key-file: there is no file " + file), said);
  }
}
