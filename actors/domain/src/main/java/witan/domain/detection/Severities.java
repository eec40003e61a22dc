package witan.domain.detection;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What several scales have in common. */
final class Severities {
  private static final Map<String, Severity> NAMED =
      Map.ofEntries(
          Map.entry("unknown", Severity.UNKNOWN),
          Map.entry("severity_unspecified", Severity.UNKNOWN),
          Map.entry("info", Severity.INFORMATIONAL),
          Map.entry("informational", Severity.INFORMATIONAL),
          Map.entry("low", Severity.LOW),
          Map.entry("medium", Severity.MEDIUM),
          Map.entry("moderate", Severity.MEDIUM),
          Map.entry("high", Severity.HIGH),
          Map.entry("critical", Severity.CRITICAL),
          Map.entry("fatal", Severity.FATAL));

  private Severities() {}

  /** By its English name, in any case; null where it is none. */
  static @Nullable Severity known(@Nullable String name) {
    return name == null ? null : NAMED.get(name.strip().toLowerCase(Locale.ROOT));
  }

  /** By its English name; refused where it is none. */
  static Severity named(String name) throws AlertRefused {
    Severity severity = known(name);
    if (severity == null) {
      throw bad(name, "Known: Informational, Low, Medium, High, Critical.");
    }
    return severity;
  }

  static boolean atLeast(BigDecimal number, long bound) {
    return number.compareTo(BigDecimal.valueOf(bound)) >= 0;
  }

  static AlertRefused bad(String value, String hint) {
    return new AlertRefused(
        "alert_bad_severity", "not a severity of this format: " + EventReader.cut(value, 40), hint);
  }
}
