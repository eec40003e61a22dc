package witan.http.auth;

/** Whom bearer tokens name. */
@FunctionalInterface
public interface Tokens {
  /**
   * Who asks. Does not wait.
   *
   * @throws witan.http.error.Problem where the token is not believed, or not known yet
   */
  Principal verify(String token);
}
