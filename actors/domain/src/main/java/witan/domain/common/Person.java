package witan.domain.common;

import org.jspecify.annotations.Nullable;

/**
 * Who did something with a token, as the log names them.
 *
 * @param pseudonym {@value #PREFIX} and 22 characters of base64url; in what was logged before
 *     2026-12 the token's name
 * @param sealed issuer, subject and name, encrypted under this person's own key; null before
 *     2026-12
 */
public record Person(String pseudonym, @Nullable String sealed) {
  public static final String PREFIX = "p1:";

  /** Whose key seals the names of the person of that pseudonym. */
  public static String keyOf(String pseudonym) {
    return "person|" + pseudonym;
  }
}
