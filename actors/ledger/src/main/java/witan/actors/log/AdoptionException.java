package witan.actors.log;

/** An adoption is not to be: nothing was changed. */
public final class AdoptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AdoptionException(String message) {
    super(message);
  }
}
