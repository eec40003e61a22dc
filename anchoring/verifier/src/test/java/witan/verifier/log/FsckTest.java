package witan.verifier.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.domain.common.Digest;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Corpus;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;
import witan.log.tile.EntryBundle;
import witan.log.tile.TileId;
import witan.log.tile.Tiles;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class FsckTest {
  private static final long SEED = 5;
  private static final String TESSERA =
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

  @TempDir private Path folder;

  private final NoteSigner log = NoteSigner.generate("log.example", new SecureRandom());
  private final List<Hash> leaves = new ArrayList<>();
  private final List<byte[]> entries = new ArrayList<>();
  private final SortedMap<TileId, List<Hash>> tiles = new TreeMap<>(TileId.ORDER);

  private static Report check(Path folder, NoteKey key) {
    Report report = new Report("fsck");
    new Fsck(folder, new Trust(key, List.of(), null, Digest.ZERO)).check(report);
    return report;
  }

  private void verdict(Verdict verdict, String says) {
    Report report = check(folder, log.key());
    assertEquals(verdict, report.verdict(), report.text());
    assertTrue(report.text().contains(says), report.text());
  }

  /** Grows the log to a size and writes tiles, entries and checkpoint as a log does. */
  private void grow(int size) throws IOException {
    int before = leaves.size();
    for (int i = before; i < size; i++) {
      entries.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
      leaves.add(Hashing.leaf(entries.get(i)));
    }
    Map<TileId, List<Hash>> grown =
        Tiles.grow(
            id -> tiles.get(id).subList(0, id.width()), before, leaves.subList(before, size));
    tiles.putAll(grown);
    for (Map.Entry<TileId, List<Hash>> tile : grown.entrySet()) {
      TileId id = tile.getKey();
      write(id.path(), Tiles.encode(tile.getValue()));
      if (id.level() == 0) {
        int from = (int) id.index() * TileId.FULL;
        write(id.entriesPath(), EntryBundle.encode(entries.subList(from, from + id.width())));
      }
    }
    String note =
        log.sign(new Checkpoint("log.example", size, Frontier.EMPTY.appendAll(leaves).root()));
    write("checkpoint", note.getBytes(StandardCharsets.UTF_8));
    write("checkpoint." + size, note.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Test
  void anothersLogIsSound() {
    Report report = check(Corpus.folder("merkle/tessera/testdata/log"), NoteKey.parse(TESSERA));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(report.text().contains("17 checkpoints are signed, of sizes 0 to 15"));
    assertTrue(report.text().contains("15 entries hash to all 16 checkpoints"), report.text());
  }

  @Test
  void aLogOfSeveralLevelsIsSoundAtEverySize() throws IOException {
    grow(3);
    grow(256);
    grow(300);
    grow(70_000);
    verdict(Verdict.PROVEN, "70000 entries hash to all 4 checkpoints");
    verdict(Verdict.PROVEN, "280 tiles of hashes agree");
  }

  @Test
  void anyChangedByteOfAnyFileIsSeen() throws IOException {
    grow(3);
    grow(259);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Random random = new Random(SEED);
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      for (int i = 0; i < 40; i++) {
        byte[] bad = good.clone();
        int at = random.nextInt(bad.length);
        bad[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bad);
        assertEquals(
            Verdict.DISPROVED,
            check(folder, log.key()).verdict(),
            "seed " + SEED + ", " + file + " byte " + at);
      }
      Files.write(file, good);
    }
    verdict(Verdict.PROVEN, "259 entries");
  }

  @Test
  void aMissingFileCouldNotBeChecked() throws IOException {
    grow(259);
    Files.delete(folder.resolve("tile/1/000.p/1"));
    verdict(Verdict.COULD_NOT_CHECK, "tile 0 of level 1 is missing");
    Files.delete(folder.resolve("tile/entries/000"));
    verdict(Verdict.COULD_NOT_CHECK, "bundle 0 of entries is missing");
    Files.delete(folder.resolve("checkpoint"));
    Files.delete(folder.resolve("checkpoint.259"));
    verdict(Verdict.COULD_NOT_CHECK, "has 0 files checkpoint*");
  }

  @Test
  void aForkIsSeenAndOtherKeysAreNotBelieved() throws IOException {
    grow(3);
    Checkpoint other = new Checkpoint("log.example", 3, Hashing.sha256(new byte[] {7}));
    write("checkpoint.fork", log.sign(other).getBytes(StandardCharsets.UTF_8));
    verdict(Verdict.DISPROVED, "has forked");
    NoteKey stranger = NoteSigner.generate("log.example", new SecureRandom()).key();
    assertEquals(Verdict.DISPROVED, check(folder, stranger).verdict());
  }

  @Test
  void whatLiesBeyondTheCheckpointIsSaid() throws IOException {
    grow(3);
    grow(5);
    Files.delete(folder.resolve("checkpoint"));
    Files.delete(folder.resolve("checkpoint.5"));
    verdict(Verdict.PROVEN, "4 hashes or entries lie beyond");
  }
}
