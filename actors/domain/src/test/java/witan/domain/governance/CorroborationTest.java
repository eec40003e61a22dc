package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.common.Digest;
import witan.domain.correlation.Relations;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;

class CorroborationTest {

  static Alert alert(String sensor, Severity severity, Resource resource, String principal) {
    return anAlert()
        .sensor(sensor)
        .id("a")
        .rule("Terminal shell")
        .title("t")
        .severity(severity)
        .of(resource)
        .principal(principal)
        .techniques(List.of("T1059.004"))
        .raw(Digest.ZERO)
        .build();
  }

  private static final Resource POD = new Resource(ResourceKind.POD, "eu-1", "shop", "web-1");

  @ParameterizedTest
  @CsvSource({
    "s1,               MEDIUM,   LOW,    MEDIUM",
    "s1 s1 s1,         MEDIUM,   LOW,    MEDIUM",
    "s1 s2,            MEDIUM,   MEDIUM, HIGH",
    "s1 s2 s3,         MEDIUM,   HIGH,   HIGH",
    "s1 s2,            HIGH,     MEDIUM, CRITICAL",
    "s1 s2,            CRITICAL, MEDIUM, CRITICAL",
    "s1 s2,            FATAL,    MEDIUM, FATAL",
    "s1 s2,            UNKNOWN,  MEDIUM, UNKNOWN",
    "s1 s2,            INFORMATIONAL, MEDIUM, INFORMATIONAL"
  })
  void distinctSensorsRaiseConfidenceAndUrgency(
      String sensors, Severity severity, Corroboration.Confidence confidence, Severity urgency) {
    List<Alert> alerts = new ArrayList<>();
    for (String sensor : sensors.strip().split(" ", -1)) {
      alerts.add(alert(sensor, severity, POD, null));
    }
    Corroboration together = Corroboration.of(alerts);
    assertEquals(confidence, together.confidence());
    assertEquals(urgency, together.urgency());
    assertEquals(severity, together.severity());
  }

  @Test
  void noAlertSaysNothing() {
    assertEquals(new Corroboration(0, Severity.UNKNOWN), Corroboration.of(List.of()));
  }

  @Test
  void casesShareAPrincipalOrANamespace() {
    Alert one = alert("s1", Severity.HIGH, POD, "eve");
    Alert next =
        alert("s1", Severity.HIGH, new Resource(ResourceKind.POD, "eu-1", "shop", "db-1"), null);
    Alert user =
        alert("s2", Severity.HIGH, new Resource(ResourceKind.IDENTITY, "eu-1", null, "eve"), null);
    Alert elsewhere =
        alert("s1", Severity.HIGH, new Resource(ResourceKind.POD, "us-1", "shop", "db-1"), "eve");
    assertEquals(Relations.Kind.PRINCIPAL, shared(one, user));
    assertEquals(Relations.Kind.NAMESPACE, shared(one, next));
    assertEquals(null, shared(one, elsewhere), "another cluster");
    assertFalse(Relations.keys(one).containsKey(POD.correlationKey()));
  }

  private static Relations.Kind shared(Alert a, Alert b) {
    return Relations.allKeys(List.of(a)).entrySet().stream()
        .filter(e -> Relations.allKeys(List.of(b)).containsKey(e.getKey()))
        .map(e -> e.getValue())
        .findFirst()
        .orElse(null);
  }
}
