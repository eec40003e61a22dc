package witan.domain.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * Whose signature a playbook bears.
 *
 * @param key SHA-256 of the public key's DER (SubjectPublicKeyInfo); the name is only what the
 *     signature says
 * @param from null where the signature names no beginning
 * @param until null where it names no end
 */
public record PlaybookSigner(
    Digest key, String signee, @Nullable Instant from, @Nullable Instant until) {

  /** Within its own times, the first included. */
  public boolean holdsAt(Instant time) {
    return (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until));
  }
}
