package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.CONTEXT;
import static witan.domain.detection.Event.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcsfNormaliserTest {
  private static final Normaliser OCSF = new OcsfNormaliser();
  private static final long TIME = 1_700_000_000_123L;

  private static final Event FOUND =
      event(
          "class_uid",
          2004L,
          "class_name",
          "Detection Finding",
          "category_uid",
          2L,
          "metadata/version",
          "1.5.0",
          "time",
          TIME,
          "severity_id",
          4L,
          "finding_info/title",
          "Something");

  @Test
  void anEventIsOcsfsByItsClassWithACategoryOrMetadata() {
    assertEquals(true, OCSF.recognises(FOUND.tree()));
    assertEquals(true, OCSF.recognises(FOUND.without("metadata").tree()));
    assertEquals(true, OCSF.recognises(FOUND.without("category_uid").tree()));
    assertEquals(false, OCSF.recognises(FOUND.without("category_uid", "metadata").tree()));
    assertEquals(false, OCSF.recognises(FOUND.with("class_uid", "2004").tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, UNKNOWN",
    "1, INFORMATIONAL",
    "2, LOW",
    "3, MEDIUM",
    "4, HIGH",
    "5, CRITICAL",
    "6, FATAL",
  })
  void theSeverityIsItsNumber(long number, Severity severity) {
    // what it is called besides does not count
    Event event = FOUND.with("severity_id", number, "severity", "Medium");
    assertEquals(severity, event.finding(OCSF).severity());
  }

  @Test
  void withoutANumberOrWithOtherTheNameCounts() {
    for (Event other : List.of(FOUND.without("severity_id"), FOUND.with("severity_id", 99L))) {
      assertEquals(Severity.UNKNOWN, other.finding(OCSF).severity());
      assertEquals(Severity.LOW, other.with("severity", "Low").finding(OCSF).severity());
      assertEquals(Severity.UNKNOWN, other.with("severity", "Loud").finding(OCSF).severity());
    }
    for (long bad : List.of(7L, -1L, 98L, 100L)) {
      FOUND.with("severity_id", bad).refused("alert_bad_severity", OCSF);
    }
  }

  @Test
  void theTimeIsANumberOrATextOrInItsOwnField() {
    assertEquals(Instant.ofEpochMilli(TIME), FOUND.finding(OCSF).at());
    Instant at = Instant.parse("2026-11-23T01:00:00Z");
    assertEquals(at, FOUND.with("time", at.toString()).finding(OCSF).at());
    Event elsewhere = FOUND.without("time").with("time_dt", at.toString());
    assertEquals(at, elsewhere.finding(OCSF).at());
    elsewhere.without("time_dt").refused("alert_missing_field", OCSF);
    assertEquals(
        Instant.ofEpochSecond(1_700_000_000),
        FOUND.with("time", new BigDecimal("1.7E+9")).finding(OCSF).at());
  }

  @ParameterizedTest
  @CsvSource({
    "2002, vulnerability",
    "2003, compliance_finding",
    "2007, posture_finding",
    "1999, ocsf_class_1999",
    "3000, ocsf_class_3000",
    "4001, ocsf_class_4001",
  })
  void statesAndEventsOfOtherCategoriesAreRecorded(long type, String reason) {
    assertEquals(reason, FOUND.with("class_uid", type).reason(OCSF));
  }

  @ParameterizedTest
  @CsvSource({"2000", "2001", "2004", "2005", "2006", "2999"})
  void theOtherClassesOfTheCategoryAreFindings(long type) {
    FOUND.with("class_uid", type).finding(OCSF);
  }

  @ParameterizedTest
  @CsvSource({
    "2004, status_id, 1, ",
    "2004, status_id, 2, ",
    "2004, status_id, 3, suppressed",
    "2004, status_id, 4, resolved",
    "2004, status_id, 5, archived",
    "2004, status_id, 6, deleted",
    "2005, status_id, 3, ",
    "2005, status_id, 4, resolved",
    "2005, status_id, 5, closed",
    "2005, status_id, 6, ",
    "2001, state_id, 4, resolved",
    "2004, state_id, 4, ",
    "2004, activity_id, 3, closed",
    "2004, activity_id, 2, ",
  })
  void whatIsSettledAsksForNobody(long type, String field, long value, String reason) {
    Event event = FOUND.with("class_uid", type, field, value);

    if (reason == null) {
      event.finding(OCSF);
    } else {
      assertEquals(reason, event.reason(OCSF));
    }
  }

  @Test
  void ofASecurityFindingTheStateCountsWhereThereIsOne() {
    FOUND.with("class_uid", 2001L, "state_id", 1L, "status_id", 4L).finding(OCSF);
    assertEquals("resolved", FOUND.with("class_uid", 2001L, "status_id", 4L).reason(OCSF));
  }

  @ParameterizedTest
  @CsvSource({"PASS, true", "fail, true", "Manual, true", "OK, false"})
  void theResultOfACheckIsAState(String code, boolean check) {
    Event event = FOUND.with("status_code", code);

    if (check) {
      assertEquals("compliance_finding", event.reason(OCSF));
    } else {
      event.finding(OCSF);
    }
    assertEquals("compliance_finding", event.with("compliance/status_id", 1L).reason(OCSF));
  }

  @Test
  void theRuleIsWhatFoundItElseTheTitleElseTheClass() {
    Event event = FOUND.without("finding_info", "class_name");
    assertEquals("class 2004", event.finding(OCSF).rule());
    event = event.with("class_name", "Detection Finding");
    assertEquals("Detection Finding", event.finding(OCSF).rule());
    event = event.with("message", "A message");
    assertEquals("A message", event.finding(OCSF).rule());
    assertEquals("A message", event.finding(OCSF).title());
    event = event.with("finding_info/title", "A title");
    assertEquals("A title", event.finding(OCSF).rule());
    assertEquals("A title", event.finding(OCSF).title());
    for (String field :
        List.of("metadata/event_code", "analytic/name", "finding_info/analytic/name")) {
      event = event.with(field, field);
      assertEquals(field, event.finding(OCSF).rule());
    }
    assertEquals("A title", event.finding(OCSF).title());
  }

  @Test
  void anEventThatIsNoFindingIsCountedUnderItsClass() {
    Event event = FOUND.with("class_uid", 4001L, "class_name", "Network Activity");
    Normalised read = OCSF.normalise(event.tree(), CONTEXT);

    assertEquals("Network Activity", ((Normalised.NotAFinding) read).alert().rule());
  }

  @Test
  void aRuleToldByATitleIsOneLineOfThreeHundred() {
    Event event = FOUND.with("finding_info/title", " two\r\n\u2028lines\t ");
    assertEquals("two lines", event.finding(OCSF).rule());
    Event longer = FOUND.with("finding_info/title", "x".repeat(2_000));
    assertEquals("x".repeat(300), longer.finding(OCSF).rule());
  }

  @Test
  void theInfoIsOfTheFindingOrThePredecessorsOrTheFirstOfAnIncident() {
    Event bare = FOUND.without("finding_info");
    Event listed =
        bare.with(
            "finding_info_list", List.of(Map.of("title", "first"), Map.of("title", "second")));
    assertEquals("first", listed.finding(OCSF).title());
    assertEquals("Something", listed.with("finding_info/title", "Something").finding(OCSF).title());
    assertEquals("old", bare.with("finding/title", "old").finding(OCSF).title());
    assertEquals(
        "old",
        bare.with("finding/title", "old", "finding_info_list", List.of()).finding(OCSF).title());
  }

  @Test
  void theIdIsTheEventsElseTheFindingsWithItsRevision() {
    assertEquals(CONTEXT.rawDigest().hex(), FOUND.finding(OCSF).alertId());
    Event known = FOUND.with("finding_info/uid", "f-1");
    assertEquals("f-1@" + TIME, known.finding(OCSF).alertId());
    assertEquals("e-1", known.with("metadata/uid", "e-1").finding(OCSF).alertId());
  }

  @Test
  void attacksNameTechniquesAndTacticsOldAndNew() {
    Event event =
        FOUND.with(
            "attacks",
            List.of(
                Map.of(
                    "technique", Map.of("uid", "T1059"),
                    "sub_technique", Map.of("uid", "T1059.004"),
                    "tactic", Map.of("name", "Execution"))),
            "finding_info/attacks",
            List.of(
                Map.of(
                    "techniques", List.of(Map.of("uid", "T1078"), Map.of("name", "x")),
                    "tactics", List.of(Map.of("uid", "TA0040"), Map.of("name", "Discovery")))));

    Alert alert = event.finding(OCSF);

    assertEquals(List.of("T1059", "T1059.004", "T1078"), alert.techniques());
    assertEquals(List.of(Tactic.EXECUTION, Tactic.DISCOVERY, Tactic.IMPACT), alert.tactics());
  }

  @Test
  void whoActedIsThePrincipal() {
    Event event = FOUND;
    assertNull(event.finding(OCSF).principal());
    for (String field : List.of("user/uid", "user/name", "actor/user/uid", "actor/user/name")) {
      event = event.with(field, field);
      assertEquals(field, event.finding(OCSF).principal());
    }
  }

  /** Each row adds what counts more than all rows before. */
  @Test
  void affectedResourcesCountMoreThanPlacesPeopleAndConnections() {
    Event event = FOUND;
    about(ResourceKind.UNKNOWN, null, "s-1", event);
    event =
        event.with(
            "evidences",
            List.of(
                Map.of(
                    "src_endpoint", Map.of("ip", "10.0.0.9", "port", 1L),
                    "dst_endpoint", Map.of("hostname", "db"))));
    about(ResourceKind.NETWORK_FLOW, null, "10.0.0.9:1 -> db", event);
    event = event.with("dst_endpoint/name", "own");
    about(ResourceKind.NETWORK_FLOW, null, "? -> own", event);
    for (String user : List.of("actor/user/uid", "actor/user/name", "user/uid", "user/name")) {
      event = event.with(user, user);
      about(ResourceKind.IDENTITY, null, user, event);
    }
    for (String field : List.of("ip", "uid", "name", "hostname")) {
      event = event.with("device/" + field, field);
      about(ResourceKind.HOST, null, field, event);
    }
    event = event.with("container/name", "c-1");
    about(ResourceKind.CONTAINER, null, "c-1", event);
    event = event.with("container/uid", "c0ffee");
    about(ResourceKind.CONTAINER, null, "c0ffee", event);
    event = event.with("resource/name", "r-1");
    about(ResourceKind.CLOUD_RESOURCE, null, "r-1", event);
    event = event.with("resources", List.of(Map.of("type", "x"), Map.of("uid", "r-0")));
    about(ResourceKind.CLOUD_RESOURCE, null, "r-0", event);
  }

  @Test
  void aPlaceInTheEvidenceIsOneWhereTheEventNamesNone() {
    Event event =
        FOUND.with("evidences", List.of(Map.of("container", Map.of("uid", "c-1")), Map.of()));
    about(ResourceKind.CONTAINER, null, "c-1", event);
    about(ResourceKind.HOST, null, "db-1", event.with("device/name", "db-1"));
  }

  @Test
  void anAffectedResourceInANamespaceIsOfKubernetes() {
    about(
        ResourceKind.POD,
        "shop",
        "web-1",
        affected("uid", "u-1", "type", "POD", "namespace", "shop", "name", "web-1"));
    about(ResourceKind.POD, null, "u-1", affected("uid", "u-1", "type", "pod"));
    about(
        ResourceKind.KUBERNETES_OBJECT,
        "shop",
        "Secret/u-1",
        affected("uid", "u-1", "type", "Secret", "namespace", "shop"));
    about(
        ResourceKind.KUBERNETES_OBJECT,
        "shop",
        "object/u-1",
        affected("uid", "u-1", "namespace", "shop"));
    affected("uid", "u-1", "type", "Pod", "name", "../web").refused("alert_bad_name", OCSF);
  }

  private static Event affected(Object... fields) {
    return FOUND.with("resources", List.of(event(fields).tree()));
  }

  private static void about(ResourceKind kind, String namespace, String name, Event event) {
    assertEquals(new Resource(kind, "eu", namespace, name), event.finding(OCSF).resource());
  }
}
