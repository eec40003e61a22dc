package witan.http.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token may do. A token may carry several. */
public enum Role {
  /** Posts alerts. */
  SENSOR,
  /** Casts signed ballots and reads what it votes on. */
  VOTER,
  /** Founds the council and reads everything an operator needs. */
  OPERATOR,
  /** Reads everything. */
  AUDITOR;

  /** As in the token's claim {@code roles}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> of(String wire) {
    return Arrays.stream(values()).filter(role -> role.wire().equals(wire)).findFirst();
  }
}
