package witan.domain.common;

/** Pure. */
public interface TextHasher {
  /** SHA-256 of the UTF-8 bytes. */
  Digest text(String text);
}
