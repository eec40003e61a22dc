package witan.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
  private static final String SECRET = "tell-nobody";

  @TempDir Path folder;

  @Test
  void aFileOfItsOwnersAloneIsRead() throws IOException {
    Path file = secret("token.key", "rw-------");
    assertArrayEquals(bytes(SECRET), SecretFile.read(file, 100));
    Files.writeString(file, "\n " + SECRET + "\n");
    assertEquals(SECRET, SecretFile.text(file, 100));
  }

  @Test
  void aFileThatMayOnlyBeReadIsRead() throws IOException {
    assertArrayEquals(bytes(SECRET), SecretFile.read(secret("k", "r--------"), 100));
  }

  @Test
  void aMountOfKubernetesIsRead() throws IOException {
    // Given links as the kubelet makes them: key -> ..data/key, ..data -> ..2026_11_30
    Path data = Files.createDirectory(folder.resolve("..2026_11_30"));
    Files.move(secret("log.key", "r--------"), data.resolve("log.key"));
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_30"));
    Path named = Files.createSymbolicLink(folder.resolve("log.key"), Path.of("..data/log.key"));
    // Then
    assertArrayEquals(bytes(SECRET), SecretFile.read(named, 100));
    // And the folder may be reached by a link itself
    Path link = folder.resolveSibling(folder.getFileName() + "-link");
    Files.createSymbolicLink(link, folder);
    try {
      assertArrayEquals(bytes(SECRET), SecretFile.read(link.resolve("log.key"), 100));
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void aLinkOutOfItsDirectoryIsRefused() throws IOException {
    Path elsewhere = secret("elsewhere.key", "rw-------");
    Path keys = Files.createDirectory(folder.resolve("keys"));
    Path link = Files.createSymbolicLink(keys.resolve("log.key"), elsewhere);
    String said = refused(link);
    assertTrue(said.contains("out of its directory"), said);
    assertTrue(said.contains(elsewhere.toRealPath().toString()), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-----w-", "rw--w----", "rw-r--r--", "rw-rw----"})
  void aFileThatOthersMayReadOrWriteIsRefusedByName(String permissions) throws IOException {
    Path file = secret("log.key", permissions);
    String said = refused(file);
    assertEquals(
        file
            + " is refused: others than its owner may read or write it; do 'chmod 600 "
            + file
            + "'",
        said);
  }

  @Test
  void aGroupMayReadWhereTheProcessIsInIt() throws IOException {
    Path file = secret("log.key", "rw-r-----");
    int owner = (Integer) Files.getAttribute(file, "unix:uid");
    int group = (Integer) Files.getAttribute(file, "unix:gid");
    assertArrayEquals(
        bytes(SECRET), SecretFile.read(file, 100, new ProcessOwner(owner, Set.of(group))));
    SecretRefused refused =
        assertThrows(
            SecretRefused.class,
            () -> SecretFile.read(file, 100, new ProcessOwner(owner, Set.of(group + 1))));
    assertTrue(refused.getMessage().contains("group " + group), refused.getMessage());
    assertTrue(refused.getMessage().contains("chmod 600 " + file), refused.getMessage());
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws IOException {
    // Given a file of somebody who is neither root nor this process
    Path file = secret("log.key", "rw-------");
    int owner = (Integer) Files.getAttribute(file, "unix:uid");
    if (owner == 0) {
      owner = 12_345;
      Files.setAttribute(file, "unix:uid", owner);
    }
    ProcessOwner process = new ProcessOwner(owner + 1, Set.of());
    // Then
    SecretRefused refused =
        assertThrows(SecretRefused.class, () -> SecretFile.read(file, 100, process));
    assertTrue(refused.getMessage().contains("belongs to user " + owner), refused.getMessage());
  }

  @Test
  void whatIsNoRegularFileIsRefused() throws IOException {
    String said = refused(Files.createDirectory(folder.resolve("key")));
    assertTrue(said.contains("no regular file"), said);
  }

  @Test
  void aMissingFileIsRefusedByName() {
    Path file = folder.resolve("none.key");
    assertEquals("there is no file " + file, refused(file));
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws IOException {
    Path file = secret("key", "rw-------");
    SecretRefused refused = assertThrows(SecretRefused.class, () -> SecretFile.read(file, 10));
    assertTrue(refused.getMessage().contains("more than 10 bytes"), refused.getMessage());
    assertArrayEquals(bytes(SECRET), SecretFile.read(file, SECRET.length()));
  }

  @Test
  void aMissingSecretIsMadeOnceForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("keys/new.key");
    SecretFile.createIfMissing(file, () -> bytes(SECRET));
    SecretFile.createIfMissing(file, () -> bytes("another"));
    assertArrayEquals(bytes(SECRET), SecretFile.read(file, 100));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertEquals(1, left.count(), "no temporary file is left");
    }
  }

  @Test
  void theProcessKnowsItsOwnUser() throws IOException {
    Path file = secret("key", "rw-------");
    assertEquals(Files.getAttribute(file, "unix:uid"), ProcessOwner.current().user());
  }

  private Path secret(String name, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), SECRET);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String refused(Path file) {
    String said = assertThrows(SecretRefused.class, () -> SecretFile.read(file, 100)).getMessage();
    assertFalse(said.contains(SECRET), said);
    return said;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
