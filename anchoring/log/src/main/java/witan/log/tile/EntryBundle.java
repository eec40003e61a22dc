package witan.log.tile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of up to 256 consecutive entries: each a big-endian 16-bit length and the entry. */
public final class EntryBundle {
  /** Longest entry in bytes. */
  public static final int MAX_ENTRY = 65_535;

  private EntryBundle() {}

  /**
   * The bundle of these entries.
   *
   * @throws IllegalArgumentException if there are none or more than 256 entries, or one is longer
   *     than {@link #MAX_ENTRY}
   */
  public static byte[] encode(List<byte[]> entries) {
    checkCount(entries.size());
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > MAX_ENTRY) {
        throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + entry.length);
      }
      bundle.write(entry.length >>> 8);
      bundle.write(entry.length);
      bundle.writeBytes(entry);
    }
    return bundle.toByteArray();
  }

  /**
   * The entries of a bundle of any width.
   *
   * @throws IllegalArgumentException unless the bytes are what {@link #encode} writes
   */
  public static List<byte[]> decode(byte[] bundle) {
    List<byte[]> entries = new ArrayList<>();
    for (int at = 0; at < bundle.length; ) {
      if (bundle.length - at < 2) {
        throw new IllegalArgumentException("the bundle ends inside a length");
      }
      int length = (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
      int from = at + 2;
      if (bundle.length - from < length) {
        throw new IllegalArgumentException("the bundle ends inside an entry");
      }
      at = from + length;
      entries.add(Arrays.copyOfRange(bundle, from, at));
      checkCount(entries.size());
    }
    checkCount(entries.size());
    return List.copyOf(entries);
  }

  /**
   * As {@link #decode(byte[])}, for a bundle named by a tile.
   *
   * @throws IllegalArgumentException also if there are not exactly {@code width} entries
   */
  public static List<byte[]> decode(byte[] bundle, int width) {
    List<byte[]> entries = decode(bundle);
    if (entries.size() != width) {
      throw new IllegalArgumentException(
          "the bundle has " + entries.size() + " entries, not " + width);
    }
    return entries;
  }

  private static void checkCount(int entries) {
    if (entries < 1 || entries > TileId.FULL) {
      throw new IllegalArgumentException("a bundle has 1 to 256 entries");
    }
  }
}
