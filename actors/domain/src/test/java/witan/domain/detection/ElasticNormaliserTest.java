package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.CONTEXT;
import static witan.domain.detection.Event.event;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticNormaliserTest {
  private static final Normaliser ECS = new ElasticNormaliser();

  private static final Event PLAIN =
      event("@timestamp", "2026-11-23T01:00:00Z", "event/kind", "alert", "rule/name", "r");

  /** Of the detection engine, flattened. */
  private static final Event ENGINE =
      event(
          "@timestamp", "2026-11-23T01:00:00Z",
          "kibana.alert.uuid", "k-1",
          "kibana.alert.rule.name", "A rule",
          "event.kind", "signal");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kibana.alert.uuid",
        "kibana.alert.rule.uuid",
        "kibana.alert.rule.name",
        "event.kind",
        "event/kind",
        "ecs/version",
        "ecs.version",
        "signal/rule",
        "kibana/alert"
      })
  void anEventIsOfEcsByATimeAndOneOfItsFields(String field) {
    Event event = event("@timestamp", "x", field, "y");

    assertEquals(true, ECS.recognises(event.tree()));
    assertEquals(false, ECS.recognises(event.without("@timestamp").tree()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"event/action", "ecs", "signal", "kibana/version", "message"})
  void otherFieldsDoNotTellIt(String field) {
    assertEquals(false, ECS.recognises(event("@timestamp", "x", field, "y").tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "10, UNKNOWN",
    "11, LOW",
    "21, LOW",
    "22, MEDIUM",
    "47, MEDIUM",
    "48, HIGH",
    "73, HIGH",
    "74, CRITICAL",
    "100, CRITICAL",
    "101, UNKNOWN",
  })
  void aNumberFrom11To100IsOfElasticsScale(long number, Severity severity) {
    assertEquals(severity, PLAIN.with("event/severity", number).finding(ECS).severity());
    assertEquals(severity, PLAIN.with("event/risk_score", number).finding(ECS).severity());
  }

  @Test
  void theNameOfTheSeverityCountsMoreThanAnyNumber() {
    Event event = PLAIN.with("event/severity", 99L);
    for (String field :
        List.of("signal.rule.severity", "kibana.alert.rule.severity", "kibana.alert.severity")) {
      event = event.with(field, "low");
      assertEquals(Severity.LOW, event.finding(ECS).severity(), field);
      event = event.with(field, "medium");
      assertEquals(Severity.MEDIUM, event.finding(ECS).severity(), field);
    }
    assertEquals(
        Severity.CRITICAL, event.with("kibana.alert.severity", "loud").finding(ECS).severity());
  }

  @Test
  void aSeverityInWordsIsOneOrNone() {
    assertEquals(Severity.HIGH, PLAIN.with("event/severity", "high").finding(ECS).severity());
    assertEquals(
        Severity.UNKNOWN,
        PLAIN.with("event/severity", "loud", "event/risk_score", 99L).finding(ECS).severity());
    assertEquals(Severity.UNKNOWN, PLAIN.finding(ECS).severity());
    PLAIN.with("event/severity", true).refused("alert_wrong_type", ECS);
  }

  @Test
  void theRuleIsTheFirstNameThatThereIs() {
    Event event = PLAIN.without("rule");
    event.refused("alert_missing_field", ECS);
    for (String field :
        List.of(
            "event/module",
            "event/dataset",
            "event/action",
            "event/code",
            "rule/id",
            "rule/name",
            "signal.rule.name",
            "kibana.alert.rule.name")) {
      event = event.with(field, field);
      assertEquals(field, event.finding(ECS).rule());
      assertEquals(field, event.finding(ECS).title());
    }
    PLAIN.with("rule/name", "r".repeat(301)).refused("alert_too_long", ECS);
    PLAIN.with("rule/name", "a\nb").refused("alert_bad_name", ECS);
  }

  @Test
  void theTitleIsTheReasonElseTheMessageElseTheRulesDescription() {
    Event event = PLAIN;
    for (String field :
        List.of("event/original", "rule/description", "message", "kibana.alert.reason")) {
      event = event.with(field, field);
      assertEquals(field, event.finding(ECS).title());
    }
  }

  @Test
  void anAlertsIdIsItsOwnAndNeverThatOfTheEventItWasMadeOf() {
    assertEquals("k-1", ENGINE.with("event.id", "e-1").finding(ECS).alertId());
    Event copied = ENGINE.without("kibana.alert.uuid").with("event.id", "e-1");
    assertEquals(CONTEXT.rawDigest().hex(), copied.finding(ECS).alertId());
    Event signal = copied.without("kibana.alert.rule.name").with("signal/rule/name", "old engine");
    assertEquals(CONTEXT.rawDigest().hex(), signal.finding(ECS).alertId());
    assertEquals("e-1", PLAIN.with("event/id", "e-1").finding(ECS).alertId());
  }

  @ParameterizedTest
  @CsvSource({
    "kibana.alert.workflow_status, closed, closed",
    "signal.status, closed, closed",
    "kibana.alert.status, recovered, recovered",
    "kibana.alert.building_block_type, default, building_block",
    "signal.rule.building_block_type, default, building_block",
    "event.kind, event, ecs_event",
    "event.kind, pipeline_error, ecs_pipeline_error",
    "event.kind, Strange Kind, ecs_unknown_kind",
  })
  void whatAsksForNobodyIsRecorded(String field, String value, String reason) {
    assertEquals(reason, ENGINE.with(field, value).reason(ECS));
  }

  @Test
  void whatIsOpenIsAFinding() {
    ENGINE
        .with("kibana.alert.workflow_status", "open", "kibana.alert.status", "active")
        .finding(ECS);
    ENGINE.without("event.kind").finding(ECS);
    ENGINE
        .without("event.kind", "kibana.alert.rule.name")
        .with("signal.rule.name", "old engine")
        .finding(ECS);
    assertEquals("ecs_unknown_kind", PLAIN.without("event/kind").reason(ECS));
    assertEquals("ecs_unknown_kind", PLAIN.with("event/kind", "x".repeat(41)).reason(ECS));
  }

  /** Each row adds what counts more than all rows before. */
  @Test
  void theMostSpecificThingIsWhatItIsAbout() {
    Event event = PLAIN;
    about(ResourceKind.UNKNOWN, "s-1", event);
    event = event.with("source/ip", "10.0.0.1", "source/port", 80L, "destination/ip", "fe80::2");
    about(ResourceKind.NETWORK_FLOW, "10.0.0.1:80 -> fe80::2", event);
    event = event.with("related/user", List.of("eve", "bob"));
    about(ResourceKind.IDENTITY, "eve", event);
    for (String user : List.of("user/id", "user/email", "user/name")) {
      event = event.with(user, List.of(user, "other"));
      about(ResourceKind.IDENTITY, user, event);
      assertEquals(user, event.finding(ECS).principal());
    }
    event = event.with("cloud/instance/id", "i-1");
    about(ResourceKind.CLOUD_RESOURCE, "i-1", event);
    for (String host : List.of("agent/name", "host/id", "host/hostname", "host/name")) {
      event = event.with(host, host);
      about(ResourceKind.HOST, host, event);
    }
    for (String container : List.of("container/name", "container/id")) {
      event = event.with(container, container);
      about(ResourceKind.CONTAINER, container, event);
    }
    event = event.with("kubernetes/pod/name", "web-1", "kubernetes/namespace", "shop");
    assertEquals(
        new Resource(ResourceKind.POD, "eu", "shop", "web-1"), event.finding(ECS).resource());
    event = event.with("orchestrator/resource/name", "token");
    about(ResourceKind.KUBERNETES_OBJECT, "object/token", event);
    event = event.with("orchestrator/resource/type", "secrets", "orchestrator/namespace", "shop");
    assertEquals(
        new Resource(ResourceKind.KUBERNETES_OBJECT, "eu", "shop", "secrets/token"),
        event.finding(ECS).resource());
  }

  private static void about(ResourceKind kind, String name, Event event) {
    assertEquals(new Resource(kind, "eu", null, name), event.finding(ECS).resource());
  }

  @Test
  void aUserIsNoPrincipalWhereOnlyRelated() {
    assertNull(PLAIN.with("related/user", List.of("eve")).finding(ECS).principal());
    PLAIN.with("user/name", "u".repeat(301)).refused("alert_too_long", ECS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"threat", "rule/threat", "kibana.alert.rule.threat", "signal.rule.threat"})
  void threatsAreReadAsObjects(String at) {
    Map<String, Object> threat =
        Map.of(
            "tactic", Map.of("id", "TA0002", "name", "Impact"),
            "technique",
                List.of(
                    Map.of("id", "T1059", "subtechnique", List.of(Map.of("id", "T1059.004"))),
                    Map.of("id", List.of("T1078"))));

    Alert alert = PLAIN.with(at, List.of(threat)).finding(ECS);

    assertEquals(List.of("T1059", "T1059.004", "T1078"), alert.techniques());
    assertEquals(List.of(Tactic.EXECUTION, Tactic.IMPACT), alert.tactics());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"threat", "rule.threat", "kibana.alert.rule.threat", "signal.rule.threat"})
  void threatsAreReadFlattened(String at) {
    Event event = PLAIN.without("rule").with("event/action", "a");

    Alert alert =
        event
            .with(
                at + ".technique.id", List.of("T1059"),
                at + ".technique.subtechnique.id", List.of("T1059.004"),
                at + ".tactic.id", List.of("TA0002"),
                at + ".tactic.name", "Impact")
            .finding(ECS);

    assertEquals(List.of("T1059", "T1059.004"), alert.techniques());
    assertEquals(List.of(Tactic.EXECUTION, Tactic.IMPACT), alert.tactics());
  }

  @Test
  void ofSeveralValuesTheFirstIsRead() {
    Event event =
        PLAIN.with("rule/name", List.of("first", "second"), "host/name", List.of("h-1", "h-2"));

    assertEquals("first", event.finding(ECS).rule());
    assertEquals("h-1", event.finding(ECS).resource().name());
    PLAIN.with("@timestamp", List.of("2026-11-23T01:00:00Z")).finding(ECS);
    PLAIN.without("@timestamp").refused("alert_missing_field", ECS);
  }
}
