package witan.ballot;

/**
 * A refusal of malformed input or of a bad signature. It carries a stable code for machines and no
 * stack trace: it answers what a stranger sent, and a flood of bad ballots must stay cheap.
 */
public final class BallotException extends RuntimeException {
  public static final String SIGNATURE_MALFORMED = "signature_malformed";
  public static final String SIGNATURE_HIGH_S = "signature_high_s";
  public static final String SIGNATURE_BAD_V = "signature_bad_v";
  public static final String SIGNATURE_UNRECOVERABLE = "signature_unrecoverable";
  public static final String PRIVATE_KEY_MALFORMED = "private_key_malformed";
  public static final String ADDRESS_MALFORMED = "address_malformed";
  public static final String ADDRESS_CHECKSUM = "address_checksum";
  public static final String FIELD_MALFORMED = "field_malformed";

  private final String code;

  public BallotException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** One of the constants of this class. */
  public String code() {
    return code;
  }
}
