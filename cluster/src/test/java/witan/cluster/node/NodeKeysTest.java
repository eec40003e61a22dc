package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
