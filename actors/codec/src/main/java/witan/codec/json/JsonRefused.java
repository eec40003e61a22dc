package witan.codec.json;

import witan.domain.common.Refusal;

/**
 * Bytes or a document that cannot be accepted; nothing was changed. The message holds a pointer.
 */
public final class JsonRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public JsonRefused(Refusal refusal) {
    super(refusal.code() + ": " + refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  public JsonRefused(String code, String message, String hint) {
    this(new Refusal(code, message, hint));
  }

  public Refusal refusal() {
    return refusal;
  }
}
