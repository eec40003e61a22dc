package witan.codec.event;

import java.util.Arrays;
import java.util.Base64;
import witan.codec.hash.Hashes;
import witan.domain.common.Identity;
import witan.domain.common.Person;

/**
 * The council's key for pseudonyms: whoever has it can tell whether a pseudonym is that of a person
 * they know of, and nobody else can. Another key gives everybody another pseudonym.
 */
public final class PseudonymKey {
  private static final int MIN_BYTES = 32;
  private static final int MAX_BYTES = 4_096;
  private static final int SHOWN_BYTES = 16;

  private final byte[] bytes;

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException unless there are 32 to 4096 bytes
   */
  public PseudonymKey(byte[] bytes) {
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a pseudonym key has " + MIN_BYTES + " to " + MAX_BYTES + " bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** {@code p1:} and base64url of 16 bytes of HMAC-SHA-256(key, issuer NUL subject). */
  public String pseudonym(Identity identity) {
    byte[] mac = Hashes.hmac(bytes, Hashes.utf8(identity.issuer() + "\0" + identity.subject()));
    return Person.PREFIX
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, SHOWN_BYTES));
  }
}
