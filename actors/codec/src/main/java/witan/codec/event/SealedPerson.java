package witan.codec.event;

import java.util.Base64;
import java.util.Optional;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Identity;

/**
 * A person's identity under that person's own key, as an entry's field holds it: base64url of a
 * sealed body whose associated data is the pseudonym. Equal contents give equal text. Whoever
 * destroys the key erases the person from every entry; the field stays, and its hash in the log.
 */
public final class SealedPerson {
  private static final Limits LIMITS = Limits.ofBytes(4_096);

  private SealedPerson() {}

  /** Seals an identity with the person's key of 32 bytes. */
  public static String seal(byte[] key, String pseudonym, Identity identity) {
    byte[] sealed =
        SealedBody.seal(SubjectKeys.of(key), Hashes.utf8(pseudonym), Json.canonical(identity));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** Empty where it was sealed with another key or for another pseudonym, or is nothing sealed. */
  public static Optional<Identity> open(byte[] key, String pseudonym, String sealed) {
    try {
      byte[] body =
          SealedBody.open(
              SubjectKeys.of(key), Hashes.utf8(pseudonym), Base64.getUrlDecoder().decode(sealed));
      return Optional.of(Json.read(Identity.class, Json.parse(body, LIMITS)));
    } catch (JsonRefused | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
