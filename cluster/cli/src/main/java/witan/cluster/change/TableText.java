package witan.cluster.change;

import org.jspecify.annotations.Nullable;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.PolicyTable;

/** A row of the table of policies in words. */
final class TableText {
  private TableText() {}

  static String row(PolicyTable.Row row) {
    StringBuilder text = new StringBuilder();
    text.append("%s, impact from %d: %s".formatted(row.urgency(), row.impactFrom(), row.policy()));
    if (row.normal() != null) {
      text.append(", if its bar is missed ").append(row.normal());
    }
    if (row.provisionalContainment()) {
      text.append(", may be contained first").append(trusted(row.alerts()));
    }
    return text.toString();
  }

  private static String trusted(@Nullable AlertTrust alerts) {
    if (alerts == null) {
      return "";
    }
    return (alerts.signed() ? " on signed alerts" : "")
        + (alerts.trustedSensors().isEmpty()
            ? ""
            : ", one of " + String.join(", ", alerts.trustedSensors()) + " suffices");
  }
}
