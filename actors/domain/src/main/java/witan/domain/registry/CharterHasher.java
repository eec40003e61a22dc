package witan.domain.registry;

import witan.domain.common.Digest;
import witan.domain.common.TextHasher;

/** What the registry hashes; pure. */
public interface CharterHasher extends TextHasher {
  /** SHA-256 over its RFC 8785 JSON. */
  Digest charter(Charter charter);
}
