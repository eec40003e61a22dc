package witan.log.checkpoint;

/**
 * Why a note, checkpoint or proof file is not believed. Extends what the parsers throw, so one
 * catch is enough.
 */
public final class NoteException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Not the format, or not its only canonical form. */
    MALFORMED,
    /** No signature by any of the given keys: nothing was checked. */
    NO_KNOWN_SIGNATURE,
    /** A signature that claims one of the given keys is wrong. */
    BAD_SIGNATURE,
    /** Signed, but for another log than the key is for. */
    WRONG_ORIGIN,
    /** The proof does not lead to the checkpoint's root. */
    NOT_INCLUDED
  }

  private final Reason reason;

  public NoteException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static NoteException malformed(String message) {
    return new NoteException(Reason.MALFORMED, message);
  }

  public Reason reason() {
    return reason;
  }
}
