package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.CONTEXT;
import static witan.domain.detection.Event.event;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FalcoNormaliserTest {
  private static final Normaliser FALCO = new FalcoNormaliser();

  private static final Event SHELL =
      event(
          "rule", "Terminal shell in container",
          "priority", "Notice",
          "output", "A shell was spawned",
          "source", "syscall",
          "time", "2026-11-23T01:02:03.004Z",
          "hostname", "node-1");

  @Test
  void anEventIsFalcosByItsRuleAndPriority() {
    assertEquals(true, FALCO.recognises(SHELL.tree()));
    assertEquals(true, FALCO.recognises(SHELL.without("rule").with("Rule", "x").tree()));
    assertEquals(false, FALCO.recognises(SHELL.without("priority").tree()));
    assertEquals(false, FALCO.recognises(SHELL.with("rule", 1L).tree()));
  }

  @ParameterizedTest
  @CsvSource({
    "Emergency, FATAL",
    "Alert, CRITICAL",
    "Critical, CRITICAL",
    "Error, HIGH",
    "Warning, MEDIUM",
    "Notice, LOW",
    "Informational, INFORMATIONAL",
    "INFO, INFORMATIONAL",
    "' debug ', INFORMATIONAL",
  })
  void thePrioritiesAreThoseOfSyslog(String priority, Severity severity) {
    assertEquals(severity, SHELL.with("priority", priority).finding(FALCO).severity());
  }

  @Test
  void whatFalcoAlwaysWritesIsRequired() {
    SHELL.with("priority", "Loud").refused("alert_bad_priority", FALCO);
    SHELL.without("priority").refused("alert_missing_field", FALCO);
    SHELL.without("rule").refused("alert_missing_field", FALCO);
    SHELL.without("time").refused("alert_missing_field", FALCO);
    SHELL.with("time", "2026-11-23 01:02:03").refused("alert_bad_time", FALCO);
    SHELL.with("output_fields", "x").refused("alert_wrong_type", FALCO);
    assertEquals(Instant.parse("2026-11-23T01:02:03.004Z"), SHELL.finding(FALCO).at());
  }

  @Test
  void theTitleIsTheOutputWithoutTimeAndPriorityElseTheRule() {
    assertEquals("A shell was spawned", SHELL.finding(FALCO).title());
    assertEquals(
        "A shell",
        SHELL.with("output", "01:02:03.000000004: Notice A shell").finding(FALCO).title());
    assertEquals(
        "01:02:03.4: Notice ", SHELL.with("output", "01:02:03.4: Notice ").finding(FALCO).title());
    assertEquals("Terminal shell in container", SHELL.without("output").finding(FALCO).title());
    String prefix = "01:02:03.000000004: Notice ";
    assertEquals(
        "x".repeat(500), SHELL.with("output", prefix + "x".repeat(2_000)).finding(FALCO).title());
  }

  @Test
  void theIdIsTheUuidOfFalcosidekickElseTheDigest() {
    assertEquals(CONTEXT.rawDigest().hex(), SHELL.finding(FALCO).alertId());
    assertEquals("u-1", SHELL.with("uuid", "u-1").finding(FALCO).alertId());
  }

  @Test
  void tagsNameTechniquesAndTactics() {
    Alert alert =
        SHELL
            .with("tags", List.of("container", "mitre_execution", "T1059.004", "TA0003", "impact"))
            .finding(FALCO);

    assertEquals(List.of("T1059.004"), alert.techniques());
    assertEquals(List.of(Tactic.EXECUTION, Tactic.PERSISTENCE), alert.tactics());
  }

  @ParameterizedTest
  @CsvSource({
    "Falco internal: metrics snapshot, syscall, metrics_snapshot",
    "FALCO INTERNAL: SYSCALL EVENT DROP, syscall, syscall_event_drop",
    "Falco internal: something new, syscall, engine_internal",
    "Any rule, internal, engine_internal",
  })
  void whatTheEngineSaysOfItselfIsRecorded(String rule, String source, String reason) {
    assertEquals(reason, SHELL.with("rule", rule, "source", source).reason(FALCO));
  }

  @Test
  void falcosidekicksTestIsToldByRuleAndOutputTogether() {
    Event test =
        SHELL.with("rule", "Test rule", "output", "This is a test from falcosidekick in x");

    assertEquals("test_event", test.reason(FALCO));
    test.with("rule", "Terminal shell in container").finding(FALCO);
    test.with("output", "A shell").finding(FALCO);
    test.without("output").finding(FALCO);
  }

  /** Each row has what the next has too, and one thing more that is more specific. */
  @Test
  void theMostSpecificThingIsWhatItIsAbout() {
    Event host = SHELL.with("output_fields", event("evt.hostname", "other").tree());
    assertResource(ResourceKind.HOST, null, "node-1", host);
    assertResource(ResourceKind.HOST, null, "other", host.without("hostname"));
    assertResource(
        ResourceKind.UNKNOWN, null, "s-1", host.without("hostname").without("output_fields"));
    Event bucket = with(host, "s3.bucket", "photos");
    assertResource(ResourceKind.CLOUD_RESOURCE, null, "bucket/photos", bucket);
    Event container = with(bucket, "container.id", "c0ffee");
    assertResource(ResourceKind.CONTAINER, null, "c0ffee", container);
    assertResource(
        ResourceKind.CLOUD_RESOURCE, null, "bucket/photos", with(bucket, "container.id", "host"));
    Event audited = with(container, "ka.target.resource", "secrets");
    assertResource(ResourceKind.KUBERNETES_OBJECT, null, "secrets", audited);
    Event secret = with(with(audited, "ka.target.name", "token"), "ka.target.namespace", "shop");
    assertResource(ResourceKind.KUBERNETES_OBJECT, "shop", "secrets/token", secret);
    Event pod = with(secret, "k8smeta.pod.name", "web-1");
    assertResource(ResourceKind.POD, null, "web-1", pod);
    Event both = with(with(pod, "k8s.pod.name", "web-2"), "k8s.ns.name", "blog");
    assertResource(ResourceKind.POD, "blog", "web-2", both);
    with(both, "k8s.pod.name", "../web").refused("alert_bad_name", FALCO);
  }

  private static Event with(Event event, String field, String value) {
    return event.with("output_fields/" + field, value);
  }

  private static void assertResource(
      ResourceKind kind, String namespace, String name, Event event) {
    assertEquals(new Resource(kind, "eu", namespace, name), event.finding(FALCO).resource());
  }

  @ParameterizedTest
  @CsvSource({
    ", user.name, false",
    "syscall, user.name, false",
    "syscall_x, user.name, false",
    "k8s_audit, ka.user.name, true",
    "gcp_auditlog, gcp.user, true",
    "auditlogs, gcp.user, true",
    "aws_cloudtrail, ct.user, true",
    "okta, user.name, true",
  })
  void theSourceSaysWhichFieldNamesThePrincipal(String source, String field, boolean identity) {
    Event event = with(SHELL.with("source", source), field, "eve");

    Alert alert = event.finding(FALCO);

    assertEquals("eve", alert.principal());
    // a plugin's host is only where the plugin runs; a process is on its host
    assertEquals(identity ? ResourceKind.IDENTITY : ResourceKind.HOST, alert.resource().kind());
    assertNull(with(SHELL.with("source", source), "x.user", "eve").finding(FALCO).principal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostname", "uuid", "rule"})
  void anIdentityWithControlCharactersIsRefused(String name) {
    SHELL.with(name, "a\u001b[2J").refused("alert_bad_name", FALCO);
  }
}
