package witan.domain.common;

/**
 * Whom a token names.
 *
 * @param issuer who vouches for the subject
 * @param subject unique with its issuer, and never given to another
 * @param name for people to read
 */
public record Identity(String issuer, String subject, String name) {
  public Identity {
    if (issuer.indexOf('\0') >= 0 || subject.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an issuer and a subject hold no NUL");
    }
  }
}
