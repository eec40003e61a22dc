package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorKeyTest {
  @TempDir Path folder;

  @Test
  void aKeyIsMadeOnceAndReadAgain() throws IOException {
    Path file = folder.resolve("keys/anchor.key");
    String address = AnchorKey.loadOrCreate(file).address();
    assertEquals(address, AnchorKey.loadOrCreate(file).address());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).matches("[0-9a-f]{64}\n"));
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertEquals(1, left.count(), "no temporary file is left");
    }
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws IOException {
    Path file = folder.resolve("anchor.key");
    AnchorKey.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThrows(IllegalArgumentException.class, () -> AnchorKey.loadOrCreate(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "zz"})
  void whatIsNoKeyIsRefusedWithoutRepeatingIt(String text) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> AnchorKey.of(text.repeat(32) + "secret"));
    assertFalse(refused.getMessage().contains("secret"));
  }

  @Test
  void theAddressIsTheOneOfTheKey() {
    assertEquals(
        "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
        AnchorKey.of("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80").address());
  }
}
