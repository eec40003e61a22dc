package witan.log.tile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a tile of C2SP tlog-tiles: {@code width} hashes, number {@code index * 256} and following,
 * of the nodes of height {@code 8 * level}. A tile of level 0 also names a bundle of entries.
 * Levels end at 7, because sizes end at 2^63-1.
 */
public record TileId(int level, long index, int width) {
  /** Hashes in a full tile. */
  public static final int FULL = 256;

  /** By level, then index, then width. */
  public static final Comparator<TileId> ORDER =
      Comparator.comparingInt(TileId::level)
          .thenComparingLong(TileId::index)
          .thenComparingInt(TileId::width);

  private static final int MAX_LEVEL = 7;
  private static final int MAX_PATH = 64;
  private static final Pattern HASH_PATH =
      Pattern.compile("tile/([0-7])/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([0-9]{1,3}))?");
  private static final Pattern ENTRIES_PATH =
      Pattern.compile("tile/entries/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

  /**
   * @throws IllegalArgumentException if no tree of at most 2^63-1 leaves has such a tile
   */
  public TileId {
    if (level < 0 || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException(
          "no tile has level " + level + ", index " + index + ", width " + width);
    }
    if (index > Math.floorDiv(hashesAt(level, Long.MAX_VALUE) - width, FULL)) {
      throw new IllegalArgumentException(
          "tile " + index + " of level " + level + " is beyond every possible tree");
    }
  }

  public boolean isFull() {
    return width == FULL;
  }

  /** Path of the hashes, for example {@code tile/0/x001/x234/067.p/8}. */
  public String path() {
    return "tile/" + level + "/" + suffix();
  }

  /**
   * Path of the entries, for example {@code tile/entries/x001/x234/067.p/8}.
   *
   * @throws IllegalStateException unless the level is 0
   */
  public String entriesPath() {
    if (level != 0) {
      throw new IllegalStateException("only tiles of level 0 have entries");
    }
    return "tile/entries/" + suffix();
  }

  /**
   * Reads what {@link #path} writes and nothing else.
   *
   * @throws IllegalArgumentException on any other text
   */
  public static TileId parse(String path) {
    Matcher m = match(HASH_PATH, path);
    TileId id = of(Integer.parseInt(m.group(1)), m.group(2), m.group(3));
    return canonical(id, id.path(), path);
  }

  /**
   * Reads what {@link #entriesPath} writes and nothing else.
   *
   * @throws IllegalArgumentException on any other text
   */
  public static TileId parseEntries(String path) {
    Matcher m = match(ENTRIES_PATH, path);
    TileId id = of(0, m.group(1), m.group(2));
    return canonical(id, id.entriesPath(), path);
  }

  /**
   * The tile that holds hash number {@code position} of a level in the tree of this size, as wide
   * as that tree has it.
   *
   * @throws IllegalArgumentException if the tree has no such hash
   */
  public static TileId at(int level, long position, long size) {
    long count = hashesAt(level, size);
    if (position < 0 || position >= count) {
      throw new IllegalArgumentException(
          "level " + level + " of size " + size + " has no hash " + position);
    }
    long index = position / FULL;
    return new TileId(level, index, (int) Math.min(FULL, count - index * FULL));
  }

  /**
   * All tiles of the tree of this size, level by level, left to right: about size / 255 of them.
   */
  public static List<TileId> forSize(long size) {
    return forGrowth(0, size);
  }

  /** The tiles of one level of the tree of this size; of level 0 also the bundles of entries. */
  public static List<TileId> forSize(int level, long size) {
    List<TileId> tiles = new ArrayList<>();
    addLevel(tiles, level, 0, size);
    return List.copyOf(tiles);
  }

  /**
   * The tiles that the tree of {@code newSize} has and the tree of {@code oldSize} has not, or has
   * narrower: what a log writes when it grows.
   *
   * @throws IllegalArgumentException unless 0 <= oldSize <= newSize
   */
  public static List<TileId> forGrowth(long oldSize, long newSize) {
    if (oldSize < 0 || oldSize > newSize) {
      throw new IllegalArgumentException("a log cannot grow from " + oldSize + " to " + newSize);
    }
    List<TileId> tiles = new ArrayList<>();
    for (int level = 0; level <= MAX_LEVEL; level++) {
      addLevel(tiles, level, oldSize, newSize);
    }
    return List.copyOf(tiles);
  }

  private static void addLevel(List<TileId> tiles, int level, long oldSize, long newSize) {
    long before = hashesAt(level, oldSize);
    long count = hashesAt(level, newSize);
    for (long at = before - before % FULL; at < count && before < count; at += FULL) {
      tiles.add(at(level, at, newSize));
    }
  }

  /** Complete nodes of height 8 * level. */
  private static long hashesAt(int level, long size) {
    return size >>> (8 * level);
  }

  private String suffix() {
    StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
    }
    return isFull() ? path.toString() : path.append(".p/").append(width).toString();
  }

  private static Matcher match(Pattern pattern, String path) {
    Matcher m = pattern.matcher(path);
    if (path.length() > MAX_PATH || !m.matches()) {
      throw new IllegalArgumentException("not the path of a tile");
    }
    return m;
  }

  private static TileId of(int level, String index, @Nullable String width) {
    long number = Long.parseLong(index.replace("x", "").replace("/", ""));
    return new TileId(level, number, width == null ? FULL : Integer.parseInt(width));
  }

  private static TileId canonical(TileId id, String written, String read) {
    if (!written.equals(read)) {
      throw new IllegalArgumentException("the path of this tile is " + written);
    }
    return id;
  }
}
