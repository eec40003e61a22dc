package witan.secret;

/**
 * A secret's file, or that of a certificate, is not taken; the message names the file and what to
 * do, and never repeats what is in it.
 */
public final class SecretRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public SecretRefused(String message) {
    super(message);
  }
}
