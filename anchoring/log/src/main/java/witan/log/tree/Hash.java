package witan.log.tree;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** A SHA-256 value: 32 bytes, immutable. Not for secrets: comparison is not constant in time. */
public final class Hash {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  /** Takes ownership of the array; only for arrays nobody else holds. */
  Hash(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * A copy of 32 bytes.
   *
   * @throws IllegalArgumentException unless there are exactly 32 bytes
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /**
   * The hash at bytes {@code offset} to {@code offset + 31}.
   *
   * @throws IndexOutOfBoundsException if the source ends before
   */
  public static Hash of(byte[] source, int offset) {
    Objects.checkFromIndexSize(offset, LENGTH, source.length);
    return new Hash(Arrays.copyOfRange(source, offset, offset + LENGTH));
  }

  /**
   * Reads what {@link #hex} writes.
   *
   * @throws IllegalArgumentException unless the text is 64 lower-case hexadecimal digits
   */
  public static Hash ofHex(String hex) {
    Hash hash = of(HexFormat.of().parseHex(hex));
    if (!hash.hex().equals(hex)) {
      throw new IllegalArgumentException("hexadecimal digits must be lower case");
    }
    return hash;
  }

  /**
   * Reads what {@link #base64} writes.
   *
   * @throws IllegalArgumentException unless the text is the canonical base 64 of 32 bytes
   */
  public static Hash ofBase64(String base64) {
    return of(Base64Text.decode(base64));
  }

  /** A copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 lower-case digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  public String base64() {
    return Base64Text.encode(bytes);
  }

  /** Writes the 32 bytes at {@code offset} without an intermediate copy. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  @Override
  public String toString() {
    return hex();
  }
}
