package witan.domain.governance;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;

/**
 * What several alerts of a case say together. Sensors count by name, not by alert: a sensor that
 * repeats itself confirms nothing.
 *
 * @param sensors distinct ones
 * @param severity the gravest of the alerts
 */
public record Corroboration(int sensors, Severity severity) {

  /** How much is to be believed. */
  public enum Confidence {
    /** One sensor says so. */
    LOW,
    /** Two say so. */
    MEDIUM,
    /** Three or more say so. */
    HIGH
  }

  public static Corroboration of(List<Alert> alerts) {
    int sensors = (int) alerts.stream().map(Alert::sensor).distinct().count();
    Severity gravest =
        alerts.stream().map(Alert::severity).max(Severity::compareTo).orElse(Severity.UNKNOWN);
    return new Corroboration(sensors, gravest);
  }

  /** The distinct sensors whose alerts name that very target. */
  public static Set<String> sensorsOf(Target target, List<Alert> alerts) {
    Set<String> sensors = new TreeSet<>();
    for (Alert alert : alerts) {
      if (names(alert.resource(), target)) {
        sensors.add(alert.sensor());
      }
    }
    return sensors;
  }

  private static boolean names(Resource resource, Target target) {
    boolean same =
        resource.kind() == ResourceKind.POD
            ? target.kind().equals("Pod") && resource.name().equals(target.name())
            : resource.name().equalsIgnoreCase(target.kind() + "/" + target.name());
    return same
        && resource.cluster().equals(target.cluster())
        && Objects.equals(resource.namespace(), target.namespace());
  }

  public Confidence confidence() {
    return sensors >= 3 ? Confidence.HIGH : sensors == 2 ? Confidence.MEDIUM : Confidence.LOW;
  }

  /**
   * How grave the case is to be taken: one step above the gravest alert once a second sensor
   * confirms it, but never beyond CRITICAL by that alone, and nothing known makes nothing grave.
   */
  public Severity urgency() {
    if (sensors < 2) {
      return severity;
    }
    return switch (severity) {
      case LOW -> Severity.MEDIUM;
      case MEDIUM -> Severity.HIGH;
      case HIGH -> Severity.CRITICAL;
      default -> severity;
    };
  }
}
