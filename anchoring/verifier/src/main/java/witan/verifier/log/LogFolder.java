package witan.verifier.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import witan.evidence.CouldNotCheck;
import witan.log.checkpoint.SignedNote;
import witan.log.tile.TileId;

/** Files of a mirrored log. */
final class LogFolder {
  private static final int MAX_CHECKPOINTS = 100_000;
  private static final int MAX_BUNDLE = TileId.FULL * (2 + 65_535);
  private static final int MAX_TILE = TileId.FULL * 32;

  private final Path folder;

  LogFolder(Path folder) {
    this.folder = folder;
  }

  /** Files {@code checkpoint} and {@code checkpoint.*}, in the order of their names. */
  List<Path> checkpoints() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "checkpoint{,.*}")) {
      files.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw new CouldNotCheck(Unreadable.words(folder, e));
    }
    if (found.isEmpty() || found.size() > MAX_CHECKPOINTS) {
      throw new CouldNotCheck(folder + " has " + found.size() + " files checkpoint*");
    }
    return found.stream().sorted().toList();
  }

  String note(Path checkpoint) {
    byte[] bytes = bytes(checkpoint, SignedNote.MAX_LENGTH);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Every file of hashes of this tile, at any width, by width. */
  NavigableMap<Integer, byte[]> tiles(int level, long index) {
    return widths(level, index, TileId::path, MAX_TILE);
  }

  /** Every bundle of entries of this tile of level 0, by width. */
  NavigableMap<Integer, byte[]> entries(long index) {
    return widths(0, index, TileId::entriesPath, MAX_BUNDLE);
  }

  private NavigableMap<Integer, byte[]> widths(
      int level, long index, Function<TileId, String> path, int limit) {
    NavigableMap<Integer, byte[]> found = new TreeMap<>();
    Path full = folder.resolve(path.apply(new TileId(level, index, TileId.FULL)));
    if (Files.isRegularFile(full)) {
      found.put(TileId.FULL, bytes(full, limit));
    }
    Path partial = full.resolveSibling(full.getFileName() + ".p");
    if (Files.isDirectory(partial)) {
      for (int width : partialWidths(partial)) {
        found.put(width, bytes(partial.resolve(Integer.toString(width)), limit));
      }
    }
    return found;
  }

  private static Set<Integer> partialWidths(Path partial) {
    Set<Integer> widths = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(partial)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.matches("[1-9][0-9]{0,2}") || Integer.parseInt(name) >= TileId.FULL) {
          throw new CouldNotCheck(file + " is no tile");
        }
        widths.add(Integer.parseInt(name));
      }
      return widths;
    } catch (IOException | DirectoryIteratorException e) {
      throw new CouldNotCheck(Unreadable.words(partial, e));
    }
  }

  private static byte[] bytes(Path file, int limit) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new CouldNotCheck(file + " has more than " + limit + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new CouldNotCheck(Unreadable.words(file, e));
    }
  }
}
