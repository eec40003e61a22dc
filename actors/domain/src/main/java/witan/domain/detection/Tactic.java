package witan.domain.detection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tactics of ATT&amp;CK's enterprise matrix, in its order: the usual order of an attack. */
public enum Tactic {
  RECONNAISSANCE("TA0043"),
  RESOURCE_DEVELOPMENT("TA0042"),
  INITIAL_ACCESS("TA0001"),
  EXECUTION("TA0002"),
  PERSISTENCE("TA0003"),
  PRIVILEGE_ESCALATION("TA0004"),
  DEFENSE_EVASION("TA0005"),
  CREDENTIAL_ACCESS("TA0006"),
  DISCOVERY("TA0007"),
  LATERAL_MOVEMENT("TA0008"),
  COLLECTION("TA0009"),
  COMMAND_AND_CONTROL("TA0011"),
  EXFILTRATION("TA0010"),
  IMPACT("TA0040");

  private static final Map<String, Tactic> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(t -> plain(t.name()), Function.identity()));
  private static final Map<String, Tactic> BY_ID =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  t -> t.id.toLowerCase(Locale.ROOT), Function.identity()));

  private static final List<Tactic> ORDER = List.of(values());

  private final String id;

  Tactic(String id) {
    this.id = id;
  }

  /** {@code TA0001}, ... */
  public String id() {
    return id;
  }

  /** How many steps of the order lie between the two, whichever is first. */
  public int stepsTo(Tactic other) {
    return Math.abs(ORDER.indexOf(this) - ORDER.indexOf(other));
  }

  /** By id or English name, however it is spelt: {@code Initial Access}, {@code InitialAccess}. */
  static Optional<Tactic> of(String text) {
    String plain = plain(text);
    Tactic named = BY_NAME.get(plain);
    return Optional.ofNullable(named == null ? BY_ID.get(plain) : named);
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
