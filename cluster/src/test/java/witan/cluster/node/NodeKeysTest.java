package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.log.LogKey;
import witan.actors.node.RuntimeSettings;
import witan.cluster.StartException;

class NodeKeysTest {
  @TempDir Path folder;

  private RuntimeSettings settings() {
    return RuntimeSettings.from(
        ConfigFactory.parseString(
                """
                witan.log.key-file = "%1$s/log.key"
                witan.log.public-key-file = "%1$s/log.pub"
                """
                    .formatted(folder))
            .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
            .resolve());
  }

  @Test
  void aNodeThatIsNotOfTheLogReadsItsPublicKeyAndNothingElse() throws IOException {
    LogKey held = new NodeKeys(true).log(settings(), true);
    Files.delete(folder.resolve("log.key"));

    LogKey known = new NodeKeys(true).log(settings(), false);

    assertTrue(held.isHeld());
    assertFalse(known.isHeld());
    assertEquals(held.key(), known.key());
    assertThrows(NullPointerException.class, known::signer);
    assertFalse(Files.exists(folder.resolve("log.key")), "none is made where none belongs");
  }

  @Test
  void everyKeyThatOthersMayReadIsRefusedByItsSetting() throws IOException {
    NodeKeys keys = new NodeKeys(true);
    assertRefused("log.key", "witan.log.key-file", file -> keys.log(settings(), true));
    assertRefused(
        "executor.key", "witan.execution.key-file", file -> keys.executor(file, "witan.test/x"));
    assertRefused("token.key", "witan.http.token-key-file", keys::token);
    assertRefused("pseudonym.key", "witan.http.pseudonym-key-file", keys::pseudonyms);
  }

  private interface Read {
    Object of(Path file) throws IOException;
  }

  private void assertRefused(String name, String setting, Read read) throws IOException {
    // Given a key that was made for its owner alone
    Path file = folder.resolve(name);
    read.of(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    // When others may read it
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    // Then
    String said = assertThrows(StartException.class, () -> read.of(file)).getMessage();
    assertTrue(said.startsWith(setting + ": " + file + " is refused"), said);
    assertTrue(said.contains("chmod 600 " + file), said);
  }

  @Test
  void aMissingKeyIsNamedBySettingAndFile() {
    String said =
        assertThrows(StartException.class, () -> new NodeKeys(false).log(settings(), true))
            .getMessage();
    Path file = folder.resolve("log.key");
    assertTrue(said.startsWith("witan.log.key-file: there is no file " + file), said);
  }

  @Test
  void aNodeThatCannotKnowTheLogDoesNotStart() throws IOException {
    StartException missing =
        assertThrows(StartException.class, () -> new NodeKeys(true).log(settings(), false));
    assertTrue(missing.getMessage().contains("witan.log.public-key-file"), missing.getMessage());

    Files.writeString(folder.resolve("log.pub"), "nonsense");
    StartException wrong =
        assertThrows(StartException.class, () -> new NodeKeys(true).log(settings(), false));
    assertTrue(wrong.getMessage().contains("log.pub"), wrong.getMessage());
  }
}
