package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.event;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Suricata and Wazuh. */
class NetworkAndHostFormatsTest {
  private static final Normaliser SURICATA = new SuricataNormaliser();
  private static final Normaliser WAZUH = new WazuhNormaliser();

  private static final Event SCAN =
      event(
          "event_type", "alert",
          "timestamp", "2026-11-23T01:02:03.004567+0000",
          "src_ip", "10.0.0.1",
          "src_port", 1234L,
          "dest_ip", "10.0.0.2",
          "dest_port", 80L,
          "alert/signature_id", 2_010_935L,
          "alert/signature", "ET SCAN",
          "alert/severity", 1L);

  private static final Event LOGIN =
      event(
          "timestamp", "2026-11-23T01:02:03.004+0000",
          "id", "1.1",
          "rule/id", "5710",
          "rule/level", 5L,
          "rule/description", "sshd: invalid user",
          "agent/id", "001",
          "agent/name", "db-1");

  // ---- Suricata

  @Test
  void suricataIsToldByItsEventTypeWithATimeOrAnAlert() {
    assertEquals(true, SURICATA.recognises(SCAN.tree()));
    assertEquals(true, SURICATA.recognises(SCAN.without("timestamp").tree()));
    assertEquals(true, SURICATA.recognises(SCAN.without("alert").tree()));
    assertEquals(false, SURICATA.recognises(SCAN.without("alert", "timestamp").tree()));
    assertEquals(false, SURICATA.recognises(SCAN.without("event_type").tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, UNKNOWN",
    "1, HIGH",
    "2, MEDIUM",
    "3, LOW",
    "4, INFORMATIONAL",
    "255, INFORMATIONAL",
    "255.9, INFORMATIONAL",
    "2.9, MEDIUM",
  })
  void onePriorityIsTheHighest(BigDecimal priority, Severity severity) {
    assertEquals(severity, SCAN.with("alert/severity", priority).finding(SURICATA).severity());
  }

  @Test
  void aPriorityIsFrom0To255OrUnknown() {
    SCAN.with("alert/severity", 256L).refused("alert_bad_severity", SURICATA);
    SCAN.with("alert/severity", -1L).refused("alert_bad_severity", SURICATA);
    SCAN.with("alert/severity", "1").refused("alert_wrong_type", SURICATA);
    assertEquals(Severity.UNKNOWN, SCAN.without("alert/severity").finding(SURICATA).severity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flow", "stats", "drop", "http", "anomaly_2"})
  void anotherEventTypeIsNoFinding(String type) {
    assertEquals("suricata_" + type, SCAN.with("event_type", type).reason(SURICATA));
  }

  @Test
  void aReasonIsMadeOfAnEventTypeAsEveWritesIt() {
    SCAN.with("event_type", "Alert").finding(SURICATA);
    assertEquals(
        "suricata_" + "x".repeat(40), SCAN.with("event_type", "x".repeat(40)).reason(SURICATA));
    for (String bad : List.of("a b", "a-b", "x".repeat(41))) {
      SCAN.with("event_type", bad).refused("alert_bad_name", SURICATA);
    }
  }

  @Test
  void aFlowsSeverityIsNotThatOfAnAlert() {
    Normalised flow = SURICATA.normalise(SCAN.with("event_type", "flow").tree(), Event.CONTEXT);
    Alert alert = ((Normalised.NotAFinding) flow).alert();

    assertEquals(Severity.INFORMATIONAL, alert.severity());
    assertEquals("flow", alert.rule());
  }

  @Test
  void anAlertNamesItsSignature() {
    Alert alert = SCAN.finding(SURICATA);
    assertEquals("2010935", alert.rule());
    assertEquals("ET SCAN", alert.title());
    assertEquals(
        "Suricata alert 2010935", SCAN.without("alert/signature").finding(SURICATA).title());
    SCAN.without("alert/signature_id").refused("alert_missing_field", SURICATA);
    SCAN.without("timestamp").refused("alert_missing_field", SURICATA);
  }

  @Test
  void aConnectionIsMoreSpecificThanItsHost() {
    Event hosted = SCAN.with("host", "ids-1");
    assertEquals("10.0.0.1:1234 -> 10.0.0.2:80", hosted.finding(SURICATA).resource().name());
    Event half = hosted.without("src_ip", "dest_port");
    assertEquals("? -> 10.0.0.2", half.finding(SURICATA).resource().name());
    Event bare = half.without("dest_ip");
    assertEquals(
        new Resource(ResourceKind.HOST, "eu", null, "ids-1"), bare.finding(SURICATA).resource());
    assertEquals(ResourceKind.UNKNOWN, bare.without("host").finding(SURICATA).resource().kind());
  }

  @Test
  void itsMetadataNameTechniquesAndTacticsByIdAndName() {
    Alert alert =
        SCAN.with(
                "alert/metadata",
                Map.of(
                    "mitre_technique_id", List.of("T1190"),
                    "mitre_tactic_id", List.of("TA0001"),
                    "mitre_tactic_name", List.of("Command_And_Control")))
            .finding(SURICATA);

    assertEquals(List.of("T1190"), alert.techniques());
    assertEquals(List.of(Tactic.INITIAL_ACCESS, Tactic.COMMAND_AND_CONTROL), alert.tactics());
  }

  // ---- Wazuh

  @Test
  void wazuhIsToldByARuleWithALevelAndAnAgentOrManager() {
    assertEquals(true, WAZUH.recognises(LOGIN.tree()));
    assertEquals(true, WAZUH.recognises(LOGIN.without("agent").with("manager/name", "m").tree()));
    assertEquals(false, WAZUH.recognises(LOGIN.without("agent").tree()));
    assertEquals(false, WAZUH.recognises(LOGIN.without("rule/level").tree()));
    assertEquals(false, WAZUH.recognises(LOGIN.with("rule", "5710").tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "4, LOW",
    "6, LOW",
    "6.9, LOW",
    "7, MEDIUM",
    "11, MEDIUM",
    "12, HIGH",
    "14, HIGH",
    "15, CRITICAL",
    "16, CRITICAL",
  })
  void theLevelsAreThoseOfWazuhsDashboard(BigDecimal level, Severity severity) {
    assertEquals(severity, LOGIN.with("rule/level", level).finding(WAZUH).severity());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3})
  void aLevelBelowFourIsNoFinding(long level) {
    assertEquals("no_security_relevance", LOGIN.with("rule/level", level).reason(WAZUH));
  }

  @Test
  void aLevelIsFrom0To16OrNamed() {
    for (Object level : List.of(-1L, 17L)) {
      LOGIN.with("rule/level", level).refused("alert_bad_severity", WAZUH);
    }
    LOGIN.without("rule/level").refused("alert_bad_severity", WAZUH);
    LOGIN.with("rule/level", "loud").refused("alert_bad_severity", WAZUH);
    LOGIN.with("rule/level", " ").refused("alert_missing_field", WAZUH);
    assertEquals(Severity.CRITICAL, LOGIN.with("rule/level", "critical").finding(WAZUH).severity());
    assertEquals("no_security_relevance", LOGIN.with("rule/level", "informational").reason(WAZUH));
  }

  @Test
  void statesAreNoFindingsHoweverGrave() {
    Event grave = LOGIN.with("rule/level", 15L);
    assertEquals("compliance_check", grave.with("data/sca/type", "check").reason(WAZUH));
    assertEquals("vulnerability", grave.with("data/vulnerability/cve", "x").reason(WAZUH));
    grave.with("data/sca", "text", "data/vulnerability", "text").finding(WAZUH);
  }

  @Test
  void versionFiveNamesThingsElsewhere() {
    Event five =
        LOGIN
            .without("timestamp", "id", "rule/description", "agent")
            .with(
                "@timestamp", "2026-11-23T01:02:03Z",
                "event/id", "e-5",
                "rule/title", "Invalid user",
                "rule/mitre/technique/id", List.of("T1110"),
                "rule/mitre/tactic/name", List.of("Credential Access"),
                "agent/host/hostname", "db-5");

    Alert alert = five.finding(WAZUH);

    assertEquals("e-5", alert.alertId());
    assertEquals("Invalid user", alert.title());
    assertEquals("db-5", alert.resource().name());
    assertEquals(List.of("T1110"), alert.techniques());
    assertEquals(List.of(Tactic.CREDENTIAL_ACCESS), alert.tactics());
  }

  @Test
  void versionFourNamesIdsAndTacticsInPlace() {
    Alert alert =
        LOGIN
            .with("rule/mitre/id", List.of("T1110"), "rule/mitre/technique", List.of("Brute Force"))
            .with("rule/mitre/tactic", List.of("Credential Access"), "data/srcuser", "eve")
            .finding(WAZUH);

    assertEquals(List.of("T1110"), alert.techniques());
    assertEquals(List.of(Tactic.CREDENTIAL_ACCESS), alert.tactics());
    assertEquals("eve", alert.principal());
    assertEquals("1.1", alert.alertId());
  }

  @Test
  void theUserWhoIsActedOnCountsMoreThanWhoActs() {
    Event both = LOGIN.with("data/srcuser", "eve", "data/dstuser", "root");
    assertEquals("root", both.finding(WAZUH).principal());
    assertNull(LOGIN.finding(WAZUH).principal());
  }

  @Test
  void theHostIsTheAgentByNameElseByIdElseTheManager() {
    Event managed = LOGIN.with("manager/name", "wazuh-1");
    assertEquals("db-1", managed.finding(WAZUH).resource().name());
    assertEquals("001", managed.without("agent/name").finding(WAZUH).resource().name());
    Event alone = managed.without("agent");
    assertEquals("wazuh-1", alone.finding(WAZUH).resource().name());
    assertEquals(ResourceKind.UNKNOWN, alone.without("manager").finding(WAZUH).resource().kind());
  }

  @Test
  void aRuleIsRequiredAndItsTextIsNot() {
    assertEquals("Wazuh rule 5710", LOGIN.without("rule/description").finding(WAZUH).title());
    assertEquals("5710", LOGIN.with("rule/id", 5710L).finding(WAZUH).rule());
    LOGIN.without("rule/id").refused("alert_missing_field", WAZUH);
    LOGIN.without("timestamp").refused("alert_missing_field", WAZUH);
  }
}
