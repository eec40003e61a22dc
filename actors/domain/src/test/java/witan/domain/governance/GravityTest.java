package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.OptionBuilder.anOption;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;

class GravityTest {
  /** By severity, confidence and how many sensors saw it. */
  @ParameterizedTest
  @CsvSource({
    "UNKNOWN,       100, 1, ROUTINE",
    "INFORMATIONAL, 100, 1, ROUTINE",
    "LOW,           100, 1, ROUTINE",
    "MEDIUM,        100, 1, ROUTINE",
    "HIGH,          100, 1, ELEVATED",
    "CRITICAL,      100, 1, URGENT",
    "FATAL,         100, 1, URGENT",
    // a second sensor is one step, a third none
    "MEDIUM,        100, 2, ELEVATED",
    "MEDIUM,        100, 9, ELEVATED",
    "HIGH,          100, 2, URGENT",
    "FATAL,         100, 2, URGENT",
    // doubt is one step, below 50 and not at it
    "CRITICAL,       50, 1, URGENT",
    "CRITICAL,       49, 1, ELEVATED",
    "HIGH,           49, 1, ROUTINE",
    "LOW,            49, 1, ROUTINE",
    // both together are none
    "HIGH,            0, 2, ELEVATED",
    "MEDIUM,          0, 2, ROUTINE",
    // nothing to see
    "LOW,           100, 0, ROUTINE"
  })
  void urgencyIsOfSeverityConfidenceAndCorroboration(
      Severity gravest, int confidence, int sensors, Urgency urgency) {
    assertEquals(urgency, UrgencyRule.of(gravest, confidence, sensors));
  }

  private static Alert alert(String sensor, Severity severity) {
    return anAlert().sensor(sensor).severity(severity).build();
  }

  @Test
  void anIncidentIsAsGraveAsItsGravestAlertAndOption() {
    assertEquals(
        new Gravity(Urgency.ELEVATED, 70, Severity.HIGH),
        Gravity.ofIncident(
            List.of(alert("falco", Severity.LOW), alert("falco", Severity.HIGH)),
            List.of(anOption().impact(70).build(), anOption().impact(5).build())),
        "one sensor that repeats itself corroborates nothing");
  }

  @Test
  void anIncidentThatASecondSensorSawIsAStepMoreUrgentAndAStepGraver() {
    assertEquals(
        new Gravity(Urgency.URGENT, 0, Severity.CRITICAL),
        Gravity.ofIncident(
            List.of(alert("falco", Severity.HIGH), alert("suricata", Severity.LOW)), List.of()));
  }

  @Test
  void anIncidentWithoutAlertsIsRoutine() {
    assertEquals(
        new Gravity(Urgency.ROUTINE, 0, Severity.UNKNOWN),
        Gravity.ofIncident(List.of(), List.of()));
  }
}
