package witan.actors.peer;

import java.util.Locale;

/** A message is not taken for who sent it. */
public final class PeerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why; the name in lower case is the code that logs and answers begin with. */
  public enum Code {
    UNSIGNED,
    BAD_CERTIFICATE,
    FOREIGN_AUTHORITY,
    CERTIFICATE_EXPIRED,
    BAD_SIGNATURE,
    WRONG_ROLE,
    WRONG_TIME,
    REPEATED,
    TOO_MANY
  }

  private final Code code;

  PeerRefused(Code code, String detail) {
    super(code.name().toLowerCase(Locale.ROOT) + ": " + detail, null, false, false);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
