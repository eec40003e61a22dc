package witan.domain.governance;

/**
 * No signer can be recovered. Without a stack trace: it answers what a stranger sent, and a flood
 * of bad signatures must stay cheap.
 */
public final class SignatureRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A refusal.
   *
   * @param code stable, as {@link witan.domain.common.Refusal} has it
   */
  public SignatureRefused(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it does nothing
  public Throwable fillInStackTrace() {
    return this;
  }
}
