package witan.actors.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.log.DurableFile;
import witan.actors.log.MemoryException;
import witan.actors.log.StoredCheckpoint;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class MemoryFileTest {
  private static final String ORIGIN = "witan.test/log";
  private static final NoteSigner LOG = NoteSigner.generate(ORIGIN, new SecureRandom());
  private static final NoteSigner OTHER = NoteSigner.generate(ORIGIN, new SecureRandom());

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("data/log.memory");
  }

  private MemoryFile open() {
    return MemoryFile.open(path(), LOG.key());
  }

  private static Hash root(long size, String branch) {
    return size == 0
        ? Hashing.EMPTY
        : Hashing.sha256((branch + size).getBytes(StandardCharsets.UTF_8));
  }

  private static StoredCheckpoint signed(NoteSigner signer, long size, String branch) {
    return new StoredCheckpoint(
        size, signer.sign(new Checkpoint(ORIGIN, size, root(size, branch))));
  }

  private static StoredCheckpoint of(long size) {
    return signed(LOG, size, "");
  }

  @Test
  void theGreatestIsRememberedOverARestartAsItWasSigned() throws IOException {
    MemoryFile file = open();
    assertEquals(Optional.empty(), file.known());
    file.remember(of(3));
    file.remember(of(7));
    file.remember(of(7));

    MemoryFile again = open();
    assertEquals(7, again.known().orElseThrow().size());
    assertEquals(root(7, ""), again.known().orElseThrow().root());
    assertEquals(of(7).note(), again.note().orElseThrow());
    assertEquals(of(7).note(), Files.readString(path()));
  }

  @Test
  void itNeverGoesBackAndNeverTakesASecondRoot() throws IOException {
    MemoryFile file = open();
    file.remember(of(7));
    assertFalse(
        assertThrows(MemoryException.class, () -> file.remember(of(6))).contradicts(),
        "somebody went on");
    MemoryException fork =
        assertThrows(MemoryException.class, () -> file.remember(signed(LOG, 7, "fork")));
    assertTrue(fork.contradicts());
    assertTrue(String.valueOf(fork.getMessage()).contains(root(7, "fork").hex()));
    assertEquals(root(7, ""), open().known().orElseThrow().root());
  }

  @Test
  void ofTheEmptyLogThereIsNothingToRemember() throws IOException {
    open().remember(of(0));
    assertFalse(Files.exists(path()));
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Dies before, amid or after the write, after the rename, or before the folder is forced. */
  private record Dying(int at) implements DurableFile.Disk {
    @Override
    public void write(Path path, byte[] bytes) throws IOException {
      if (at == 0) {
        throw new Death();
      }
      Files.write(path, at == 1 ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
      if (at <= 2) {
        throw new Death();
      }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      if (at == 3) {
        throw new Death();
      }
    }

    @Override
    public void sync(Path path) {
      throw new Death();
    }
  }

  /** The write did not return, so nothing was published: either memory is right. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void whoeverDiesWhileWritingLeavesTheOldOneOrTheNewOne(int at) throws IOException {
    open().remember(of(3));
    MemoryFile dying = MemoryFile.open(new DurableFile(path(), new Dying(at)), LOG.key());
    assertThrows(Death.class, () -> dying.remember(of(4)));
    assertEquals(3, dying.known().orElseThrow().size(), "not known before it is on the disk");

    MemoryFile again = open();
    assertEquals(at < 3 ? 3 : 4, again.known().orElseThrow().size());
    again.remember(of(5));
    assertEquals(5, open().known().orElseThrow().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void whoeverDiesWhileWritingTheFirstLeavesNoneOrAWholeOne(int at) throws IOException {
    MemoryFile dying = MemoryFile.open(new DurableFile(path(), new Dying(at)), LOG.key());
    assertThrows(Death.class, () -> dying.remember(of(4)));
    assertEquals(at >= 3, open().known().isPresent());
  }

  @Test
  void whatIsDamagedEndsTheStartAndIsLeftForAPerson() throws IOException {
    open().remember(of(3));
    String good = Files.readString(path());
    for (String bad :
        List.of(
            "",
            good.substring(1),
            good.replace("\n3\n", "\n2\n"),
            good + good,
            signed(OTHER, 3, "").note())) {
      Files.writeString(path(), bad);
      DamagedMemoryException e = assertThrows(DamagedMemoryException.class, this::open);
      String said = String.valueOf(e.getMessage());
      assertTrue(said.contains(path().toString()), said);
      assertTrue(said.contains("put back its newest copy"), said);
      assertEquals(bad, Files.readString(path()));
    }
  }

  @Test
  void whatCannotBeReadIsNotTakenForNone() throws IOException {
    Files.createFile(folder.resolve("in-the-way"));
    Path impossible = folder.resolve("in-the-way/log.memory");
    assertThrows(DamagedMemoryException.class, () -> MemoryFile.open(impossible, LOG.key()));
  }

  /** A folder where the file should be: nothing is lost by the failed write. */
  @Test
  void whatCannotBeWrittenIsNotKnown() throws IOException {
    MemoryFile file = open();
    Files.createDirectories(folder.resolve("data/log.memory.new"));
    assertThrows(IOException.class, () -> file.remember(of(3)));
    assertEquals(Optional.empty(), file.known());
    Files.delete(folder.resolve("data/log.memory.new"));
    file.remember(of(3));
    assertEquals(3, open().known().orElseThrow().size());
  }
}
