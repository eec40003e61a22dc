package witan.codec.json;

/**
 * What a document may be at most.
 *
 * @param bytes of the whole document
 * @param depth of nested arrays and objects, 1 to 64
 * @param stringLength characters of one string or name
 */
public record Limits(int bytes, int depth, int stringLength) {
  public static final int MAX_DEPTH = 64;

  /** 1 MiB, as deep as is ever allowed. */
  public static final Limits DEFAULT = new Limits(1 << 20, MAX_DEPTH, 1 << 20);

  public Limits {
    if (bytes < 1 || depth < 1 || depth > MAX_DEPTH || stringLength < 1) {
      throw new IllegalArgumentException("limits are positive, and the depth at most 64");
    }
  }

  /** Up to that many bytes, otherwise without further limits than the depth of 64. */
  public static Limits ofBytes(int bytes) {
    return new Limits(bytes, MAX_DEPTH, bytes);
  }
}
