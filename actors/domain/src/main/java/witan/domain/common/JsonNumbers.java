package witan.domain.common;

/** Which integers every reader of JSON keeps exactly (RFC 8259 section 6, RFC 7493 section 2.2). */
public final class JsonNumbers {
  /** 2^53 - 1. */
  public static final long MAX = (1L << 53) - 1;

  private JsonNumbers() {}

  /** From 0 to {@link #MAX}. */
  public static boolean natural(long value) {
    return value >= 0 && value <= MAX;
  }
}
