package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.event;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityCommandCenterNormaliserTest {
  private static final Normaliser SCC = new SecurityCommandCenterNormaliser();
  private static final String NAME = "organizations/1/sources/2/findings/3";

  private static final Event MINING =
      event(
          "name", NAME,
          "category", "Cryptomining",
          "severity", "HIGH",
          "findingClass", "THREAT",
          "eventTime", "2026-11-23T01:00:00Z");

  private static Event notified(Event finding) {
    return event("finding", finding.tree());
  }

  @Test
  void aFindingIsToldByItsCategoryAndName() {
    assertEquals(true, SCC.recognises(MINING.tree()));
    assertEquals(false, SCC.recognises(MINING.without("category").tree()));
    assertEquals(false, SCC.recognises(MINING.with("name", "x/findings/3").tree()));
    assertEquals(false, SCC.recognises(MINING.with("name", "x/sources/3").tree()));
    assertEquals(true, SCC.recognises(notified(MINING.without("category")).tree()));
    assertEquals(true, SCC.recognises(notified(MINING.without("name")).tree()));
    assertEquals(false, SCC.recognises(notified(MINING.without("name", "category")).tree()));
  }

  @Test
  void aNotificationIsReadAsItsFinding() {
    Alert bare = MINING.finding(SCC);

    assertEquals(bare, notified(MINING).finding(SCC));
    assertEquals(NAME + "@" + Instant.parse("2026-11-23T01:00:00Z").toEpochMilli(), bare.alertId());
    assertEquals("Cryptomining", bare.title());
    assertEquals(
        "Cryptomining: on a node", MINING.with("description", "on a node").finding(SCC).title());
  }

  @Test
  void categoryAndTimeAreRequired() {
    MINING.without("category").refused("alert_missing_field", SCC);
    Event untimed = MINING.without("eventTime");
    untimed.refused("alert_missing_field", SCC);
    for (String name : List.of("createTime", "event_time")) {
      untimed = untimed.with(name, "2026-11-23T02:00:00Z");
      assertEquals(Instant.parse("2026-11-23T02:00:00Z"), untimed.finding(SCC).at());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VULNERABILITY",
        "MISCONFIGURATION",
        "OBSERVATION",
        "SCC_ERROR",
        "POSTURE_VIOLATION",
        "TOXIC_COMBINATION",
        "SENSITIVE_DATA_RISK",
        "CHOKEPOINT"
      })
  void aStateIsNoFinding(String type) {
    String reason = type.toLowerCase(Locale.ROOT);
    assertEquals(reason, MINING.with("findingClass", type).reason(SCC));
    assertEquals(reason, MINING.without("findingClass").with("finding_class", type).reason(SCC));
  }

  @Test
  void aClassThatIsNotKnownMayBeAThreat() {
    MINING.with("findingClass", "NEWEST").finding(SCC);
    MINING.without("findingClass").finding(SCC);
    assertEquals(
        "misconfiguration",
        MINING.without("findingClass").with("sourceProperties/ScannerName", "x").reason(SCC));
    MINING.with("sourceProperties/ScannerName", "x").finding(SCC);
  }

  @Test
  void whatIsInactiveOrMutedIsRecorded() {
    assertEquals("inactive", MINING.with("state", "INACTIVE").reason(SCC));
    assertEquals("muted", MINING.with("mute", "MUTED").reason(SCC));
    MINING.with("state", "ACTIVE", "mute", "UNMUTED").finding(SCC);
  }

  @ParameterizedTest
  @CsvSource({
    "SeverityLevel, Low, LOW",
    "severityLevel, MEDIUM, MEDIUM",
    "detectionPriority, HIGH, HIGH",
    "elsewhere, HIGH, UNKNOWN",
  })
  void anOldFindingHasItsSeverityInTheSourcesProperties(
      String field, String value, Severity severity) {
    Event old = MINING.without("severity").with("sourceProperties/" + field, value);
    assertEquals(severity, old.finding(SCC).severity());
    assertEquals(Severity.CRITICAL, old.with("severity", "CRITICAL").finding(SCC).severity());
  }

  @Test
  void aSeverityIsOneOfTheNames() {
    MINING.with("severity", "9").refused("alert_bad_severity", SCC);
    assertEquals(
        Severity.UNKNOWN, MINING.with("severity", "SEVERITY_UNSPECIFIED").finding(SCC).severity());
  }

  @Test
  void aPodIsMoreSpecificThanTheResource() {
    Event named = MINING.with("resourceName", "//container.googleapis.com/x");
    assertEquals(
        new Resource(ResourceKind.CLOUD_RESOURCE, "eu", null, "//container.googleapis.com/x"),
        named.finding(SCC).resource());
    Event pods =
        named.with(
            "kubernetes/pods", List.of(Map.of("ns", "x"), Map.of("ns", "shop", "name", "web-1")));
    assertEquals(
        new Resource(ResourceKind.POD, "eu", "shop", "web-1"), pods.finding(SCC).resource());
    pods.with("kubernetes/pods", List.of(Map.of("name", "Web"))).refused("alert_bad_name", SCC);
  }

  @Test
  void theResourceOfTheFindingCountsMoreThanThatOfTheMessage() {
    Event message = notified(MINING).with("resource/name", "outer");
    assertEquals("outer", message.finding(SCC).resource().name());
    for (String name : List.of("resource/name", "resource_name", "resourceName")) {
      message = message.with("finding/" + name, name);
      assertEquals(name, message.finding(SCC).resource().name());
    }
    assertEquals(ResourceKind.UNKNOWN, MINING.finding(SCC).resource().kind());
  }

  @Test
  void thePrincipalIsThatOfTheAccessElseOfTheSource() {
    Event old = MINING.with("sourceProperties/properties/principalEmail", "eve@x");
    assertEquals("eve@x", old.finding(SCC).principal());
    assertEquals("bob@x", old.with("access/principalEmail", "bob@x").finding(SCC).principal());
    assertNull(MINING.with("sourceProperties/properties", "text").finding(SCC).principal());
  }

  @Test
  void techniquesAreTranslatedFromTheirNamesAndReadFromLinks() {
    Alert alert =
        MINING
            .with(
                "mitreAttack/primaryTactic", "IMPACT",
                "mitreAttack/additionalTactics", List.of("EXECUTION"),
                "mitreAttack/primaryTechniques", List.of("RESOURCE_HIJACKING", "NEWER_THAN_US"),
                "mitreAttack/additionalTechniques", List.of("UNIX_SHELL"),
                "sourceProperties/contextUris/mitreUri/url",
                    "https://attack.mitre.org/techniques/T1078/")
            .finding(SCC);

    assertEquals(List.of("T1059.004", "T1078", "T1496"), alert.techniques());
    assertEquals(List.of(Tactic.EXECUTION, Tactic.IMPACT), alert.tactics());
    MINING.with("sourceProperties/contextUris", "text").finding(SCC);
  }
}
