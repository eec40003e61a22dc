package witan.verifier.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.evidence.CheckFailed;
import witan.evidence.CouldNotCheck;
import witan.evidence.Found;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.SignedNote;
import witan.log.tile.EntryBundle;
import witan.log.tile.TileId;
import witan.log.tile.Tiles;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * Hashes every entry of a mirrored log again and compares all tiles and checkpoints. One pass over
 * the entries; what is kept is one open tile per level.
 */
public final class Fsck {
  private final LogFolder folder;
  private final Trust trust;

  private final List<List<Hash>> open = new ArrayList<>();
  private Frontier frontier = Frontier.EMPTY;
  private long bundles;
  private long tiles;
  private long beyond;

  public Fsck(Path folder, Trust trust) {
    this.folder = new LogFolder(folder);
    this.trust = trust;
  }

  /** Adds the checks to the report. */
  public void check(Report report) {
    Optional<SortedMap<Long, Checkpoint>> checkpoints =
        report.find("checkpoints", this::checkpoints);
    checkpoints.ifPresentOrElse(
        all -> report.check("entries", () -> entries(all)),
        () -> report.blocked("entries", "the checkpoints"));
    if (beyond > 0) {
      report.remark("beyond", beyond + " hashes or entries lie beyond the largest checkpoint");
    }
  }

  /** By size; two roots for one size are a fork. */
  private Found<SortedMap<Long, Checkpoint>> checkpoints() {
    SortedMap<Long, Checkpoint> bySize = new TreeMap<>();
    List<Path> files = folder.checkpoints();
    for (Path file : files) {
      Checkpoint checkpoint;
      try {
        String note = folder.note(file);
        checkpoint = trust.checkpoint(note);
        SignedNote.parse(note).verify(trust.witnesses());
      } catch (IllegalArgumentException e) {
        throw new CheckFailed(file + ": " + e.getMessage());
      }
      Checkpoint same = bySize.putIfAbsent(checkpoint.size(), checkpoint);
      CheckFailed.unless(
          same == null || same.equals(checkpoint),
          "two roots are signed for the size " + checkpoint.size() + ": the log has forked");
    }
    return new Found<>(
        bySize,
        files.size()
            + " checkpoints are signed, of sizes "
            + bySize.firstKey()
            + " to "
            + bySize.lastKey());
  }

  private String entries(SortedMap<Long, Checkpoint> checkpoints) {
    long size = checkpoints.lastKey();
    compare(checkpoints.get(0L));
    for (long index = 0; index * TileId.FULL < size; index++) {
      int width = (int) Math.min(TileId.FULL, size - index * TileId.FULL);
      for (byte[] entry : bundle(index, width)) {
        Hash leaf = Hashing.leaf(entry);
        add(0, leaf);
        frontier = frontier.append(leaf);
        compare(checkpoints.get(frontier.size()));
      }
    }
    for (int level = 0; level < open.size(); level++) {
      if (!open.get(level).isEmpty()) {
        tile(level, (size >>> (8 * level)) / TileId.FULL, open.get(level));
      }
    }
    return size
        + " entries hash to all "
        + checkpoints.size()
        + " checkpoints; "
        + bundles
        + " bundles of entries and "
        + tiles
        + " tiles of hashes agree";
  }

  private void compare(@Nullable Checkpoint checkpoint) {
    CheckFailed.unless(
        checkpoint == null || checkpoint.root().equals(frontier.root()),
        "the entries do not hash to the checkpoint of size " + frontier.size());
  }

  /** The entries of the widest file; those of every narrower one must be its beginning. */
  private List<byte[]> bundle(long index, int width) {
    NavigableMap<Integer, byte[]> files = folder.entries(index);
    Map.Entry<Integer, byte[]> last = files.lastEntry();
    if (last == null || last.getKey() < width) {
      throw new CouldNotCheck("bundle " + index + " of entries is missing");
    }
    List<byte[]> widest = EntryBundle.decode(last.getValue(), last.getKey());
    for (Map.Entry<Integer, byte[]> file : files.entrySet()) {
      byte[] beginning = EntryBundle.encode(widest.subList(0, file.getKey()));
      CheckFailed.unless(
          Arrays.equals(beginning, file.getValue()),
          "bundle " + index + " of width " + file.getKey() + " differs from a wider one");
      bundles++;
    }
    beyond += widest.size() - width;
    return widest.subList(0, width);
  }

  private void add(int level, Hash hash) {
    if (open.size() == level) {
      open.add(new ArrayList<>());
    }
    List<Hash> hashes = open.get(level);
    hashes.add(hash);
    if (hashes.size() == TileId.FULL) {
      tile(level, (frontier.size() >>> (8 * level)) / TileId.FULL, hashes);
      Hash root = Frontier.EMPTY.appendAll(hashes).root();
      hashes.clear();
      add(level + 1, root);
    }
  }

  /** Every file of this tile begins with these hashes, and one has them all. */
  private void tile(int level, long index, List<Hash> hashes) {
    SortedMap<Integer, byte[]> files = folder.tiles(level, index);
    String where = "tile " + index + " of level " + level;
    if (files.isEmpty() || files.lastKey() < hashes.size()) {
      throw new CouldNotCheck(where + " is missing");
    }
    for (Map.Entry<Integer, byte[]> file : files.entrySet()) {
      List<Hash> stored = Tiles.decode(file.getValue(), file.getKey());
      int known = Math.min(stored.size(), hashes.size());
      CheckFailed.unless(
          stored.subList(0, known).equals(hashes.subList(0, known)),
          where + ", width " + file.getKey() + ", is not made of the entries");
      beyond += stored.size() - known;
      tiles++;
    }
  }
}
