package witan.evidence;

/** The evidence contradicts itself or what is trusted. */
public final class CheckFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CheckFailed(String message) {
    super(message, null, false, false);
  }

  /** Throws with the message unless it holds. */
  public static void unless(boolean holds, String message) {
    if (!holds) {
      throw new CheckFailed(message);
    }
  }
}
