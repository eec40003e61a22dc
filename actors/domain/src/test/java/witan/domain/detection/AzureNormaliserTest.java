package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.CONTEXT;
import static witan.domain.detection.Event.event;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defender, Sentinel and what Microsoft's APIs give. */
class AzureNormaliserTest {
  private static final Map<String, Object> NAMESPACE =
      Map.of("$id", "2", "Name", "shop", "Type", "K8s-namespace");
  private static final Map<String, Object> POD =
      Map.of("$id", "3", "Name", "web-1", "Namespace", Map.of("$ref", "2"), "Type", "K8s-pod");

  private static final EmbeddedJson JSON =
      text ->
          switch (text) {
            case "pod" -> Optional.of(List.of(NAMESPACE, POD));
            case "techniques" -> Optional.of(List.of("T1078", 7L));
            case "number" -> Optional.of(7L);
            default -> Optional.empty();
          };

  private static final Normaliser AZURE = new AzureNormaliser(JSON);

  private static final Event ROW =
      event(
          "SystemAlertId", "a-1",
          "AlertType", "VM_X",
          "AlertDisplayName", "Something",
          "Severity", "High",
          "TimeGenerated", "2026-11-23 01:00:00");

  private static final Event GRAPH =
      event(
          "id", "g-1",
          "title", "Something",
          "severity", "high",
          "serviceSource", "microsoftDefenderForEndpoint",
          "createdDateTime", "2026-11-23T01:00:00Z");

  private static final Instant AT = Instant.parse("2026-11-23T01:00:00Z");

  private static Event entities(Object... entities) {
    return ROW.with("Entities", List.of(entities));
  }

  private static void about(ResourceKind kind, String namespace, String name, Event event) {
    assertEquals(new Resource(kind, "eu", namespace, name), event.finding(AZURE).resource());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SystemAlertId", "systemAlertId", "ProviderAlertId", "incidentNumber"})
  void anAlertIsToldByItsIdBareOrInProperties(String id) {
    assertEquals(true, AZURE.recognises(event(id, "x").tree()));
    assertEquals(true, AZURE.recognises(event("properties/" + id, "x").tree()));
    assertEquals(false, AZURE.recognises(event("alert/" + id, "x").tree()));
  }

  @Test
  void anAlertIsToldByItsTypeToo() {
    assertEquals(true, AZURE.recognises(event("type", "Microsoft.Security/x").tree()));
    assertEquals(false, AZURE.recognises(event("type", "Microsoft.Compute/x").tree()));
  }

  @Test
  void aRowIsReadInEitherSpelling() {
    Event camel =
        event(
            "systemAlertId", "a-1",
            "alertType", "VM_X",
            "alertDisplayName", "Something",
            "severity", "High",
            "timeGenerated", "2026-11-23T01:00:00");

    assertEquals(ROW.finding(AZURE), camel.finding(AZURE));
    assertEquals(ROW.finding(AZURE), event("properties", camel.tree()).finding(AZURE));
    assertEquals("a-1@" + AT.toEpochMilli(), ROW.finding(AZURE).alertId());
    assertEquals(AT, ROW.finding(AZURE).at());
  }

  @Test
  void theIdIsTheSystemsElseTheProvidersElseTheVendors() {
    Event event = ROW.without("SystemAlertId");
    assertEquals(CONTEXT.rawDigest().hex(), event.finding(AZURE).alertId());
    for (String id : List.of("VendorOriginalId", "ProviderAlertId", "SystemAlertId")) {
      event = event.with(id, id);
      assertEquals(id + "@" + AT.toEpochMilli(), event.finding(AZURE).alertId());
    }
  }

  @Test
  void titleAndRuleStandInForOneAnother() {
    Event event = ROW.without("AlertDisplayName");
    assertEquals("VM_X", event.finding(AZURE).title());
    for (String name :
        List.of("description", "title", "alertName", "displayName", "alertDisplayName")) {
      event = event.with(name, name);
      assertEquals(name, event.finding(AZURE).title());
    }
    assertEquals("VM_X", event.finding(AZURE).rule());
    assertEquals("Something", ROW.without("AlertType").finding(AZURE).rule());
    Event component = ROW.without("AlertType").with("productComponentName", "c");
    assertEquals("c", component.finding(AZURE).rule());
    ROW.without("AlertType", "AlertDisplayName").refused("alert_missing_field", AZURE);
    ROW.with("AlertType", "t".repeat(301)).refused("alert_too_long", AZURE);
    Event titled = ROW.without("AlertType").with("AlertDisplayName", "t".repeat(301));
    assertEquals("t".repeat(300), titled.finding(AZURE).rule());
  }

  @Test
  void severityAndTimeAreRequired() {
    ROW.with("Severity", "Loud").refused("alert_bad_severity", AZURE);
    Event mild = ROW.without("Severity");
    mild.refused("alert_missing_field", AZURE);
    assertEquals(Severity.LOW, mild.with("AlertSeverity", "Low").finding(AZURE).severity());
    Event event = ROW.without("TimeGenerated");
    event.refused("alert_missing_field", AZURE);
    int hour = 2;
    for (String name :
        List.of(
            "endTimeUtc",
            "createdTimeUtc",
            "startTime",
            "startTimeUtc",
            "timeGeneratedUtc",
            "timeGenerated")) {
      event = event.with(name, "2026-11-23T0" + hour + ":00:00Z");
      assertEquals(Instant.parse("2026-11-23T0" + hour++ + ":00:00Z"), event.finding(AZURE).at());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft.Security/assessments, assessment",
    "microsoft.security/subAssessments, assessment",
    "Microsoft.Security/Locations/alerts, ",
    "SecurityAlert, ",
  })
  void whatIsNoAlertOfSecurityIsAState(String type, String reason) {
    assertEquals(reason, reasonOf(ROW.with("type", type)));
    assertEquals(reason, reasonOf(ROW.with("Type", type)));
  }

  @ParameterizedTest
  @CsvSource({
    "Status, Resolved, resolved",
    "Status, DISMISSED, dismissed",
    "status, closed, closed",
    "Status, New, ",
    "Status, InProgress, ",
    "AlertDisplayName, [Sample Alert] x, sample_alert",
    "AlertDisplayName, x TEST ALERT (not a threat), sample_alert",
    "AlertDisplayName, x [SAMPLE ALERT], ",
  })
  void whatIsSettledOrASampleIsRecorded(String field, String value, String reason) {
    assertEquals(reason, reasonOf(ROW.with(field, value)));
  }

  @Test
  void aStatusThatIsNoTextSaysNothing() {
    ROW.with("Status", Map.of("x", "closed")).finding(AZURE);
  }

  /** Null where it is a finding. */
  private static String reasonOf(Event event) {
    Normalised read = AZURE.normalise(event.tree(), CONTEXT);
    return read instanceof Normalised.Finding ? null : Event.reason(read);
  }

  @Test
  void techniquesAreAnArrayOrOneInATextOrATextWithCommas() {
    Alert alert =
        ROW.with(
                "Techniques", "techniques",
                "SubTechniques", List.of("T1078.004"),
                "AdditionalData", Map.of("techniques", "T1059, T1003", "tactics", "Discovery"),
                "Tactics", "Execution,Impact",
                "Intent", "Persistence")
            .finding(AZURE);

    assertEquals(List.of("T1003", "T1059", "T1078", "T1078.004"), alert.techniques());
    assertEquals(
        List.of(Tactic.EXECUTION, Tactic.PERSISTENCE, Tactic.DISCOVERY, Tactic.IMPACT),
        alert.tactics());
    ROW.with("AdditionalData", "text", "Techniques", "number").finding(AZURE);
  }

  @Test
  void ofATextWithCommasAThousandCharactersAreLookedAt() {
    String text = "x".repeat(995) + ",T1059";

    assertEquals(List.of(), ROW.with("Techniques", text).finding(AZURE).techniques());
    assertEquals(
        List.of("T1059"), ROW.with("Techniques", text.substring(2)).finding(AZURE).techniques());
  }

  // ---- entities

  @Test
  void entitiesAreAnArrayOrOneInAText() {
    about(ResourceKind.POD, "shop", "web-1", entities(NAMESPACE, POD));
    about(ResourceKind.POD, "shop", "web-1", ROW.with("Entities", "pod"));
    about(ResourceKind.UNKNOWN, null, "s-1", ROW.with("Entities", "no document"));
    about(ResourceKind.UNKNOWN, null, "s-1", ROW.with("Entities", "number"));
    about(ResourceKind.UNKNOWN, null, "s-1", ROW.with("Entities", " "));
    ROW.with("Entities", 7L).refused("alert_wrong_type", AZURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"K8s-pod", "KubernetesPod", "k8s_pod", "kubernetes-pod"})
  void aTypeIsSpeltInManyWays(String type) {
    about(ResourceKind.POD, null, "web-1", entities(Map.of("type", type, "name", "web-1")));
  }

  @Test
  void aPodsNamespaceIsATextOrAnObjectOrAReference() {
    Map<String, Object> pod = Map.of("Type", "K8s-pod", "Name", "web-1");
    about(ResourceKind.POD, "a", "web-1", entities(with(pod, "Namespace", "a")));
    about(ResourceKind.POD, "b", "web-1", entities(with(pod, "Namespace", Map.of("name", "b"))));
    about(
        ResourceKind.POD,
        "c",
        "web-1",
        entities(NAMESPACE, with(pod, "Namespace", Map.of("$ref", "9", "Name", "c"))));
    about(ResourceKind.POD, "shop", "web-1", entities(NAMESPACE, POD));
    about(ResourceKind.POD, null, "web-1", entities(POD));
  }

  private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
    Map<String, Object> copy = new HashMap<>(map);
    copy.put(name, value);
    return copy;
  }

  /** Each row adds what counts more than all rows before. */
  @Test
  void aPodCountsMoreThanWhatIsCalledCompromisedAndThatMoreThanTheRest() {
    Map<String, Object> address = Map.of("Type", "ip", "Address", "10.0.0.1");
    Map<String, Object> account = Map.of("Type", "account", "Name", "bob");
    Map<String, Object> resource = Map.of("Type", "azure-resource", "ResourceId", "/r");
    Map<String, Object> host = Map.of("Type", "host", "HostName", "vm-2");

    about(ResourceKind.HOST, null, "10.0.0.1", entities(address));
    about(ResourceKind.IDENTITY, null, "bob", entities(address, account));
    about(ResourceKind.CLOUD_RESOURCE, null, "/r", entities(address, account, resource));
    Event all = entities(address, account, resource, host);
    about(
        ResourceKind.CLOUD_RESOURCE,
        null,
        "/own",
        entities(address, account, resource).with("ResourceId", "/own"));
    about(
        ResourceKind.CLOUD_RESOURCE,
        null,
        "/other",
        entities(account).with("AzureResourceId", "/other"));
    about(ResourceKind.HOST, null, "vm-2", all.with("ResourceId", "/own"));
    Event compromised = all.with("CompromisedEntity", "vm-1");
    about(ResourceKind.HOST, null, "vm-1", compromised);
    about(
        ResourceKind.POD,
        "shop",
        "web-1",
        entities(address, NAMESPACE, POD).with("CompromisedEntity", "vm-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "vm-1, HOST",
    "/subscriptions/1/vm, CLOUD_RESOURCE",
    "bob@example.org, IDENTITY",
    "@host, HOST",
  })
  void whatIsCompromisedIsToldByItsName(String name, ResourceKind kind) {
    about(kind, null, name, ROW.with("CompromisedEntity", name));
  }

  @Test
  void anAccountIsItsPrincipalNameWhereThereIsEnoughForOne() {
    Map<String, Object> account = Map.of("Type", "account", "Name", "bob");
    Map<String, Object> domain = with(account, "NTDomain", "CORP");

    assertEquals("bob", entities(account).finding(AZURE).principal());
    assertEquals("CORP\\bob", entities(domain).finding(AZURE).principal());
    assertEquals(
        "bob@x.org", entities(with(domain, "UPNSuffix", "x.org")).finding(AZURE).principal());
    assertEquals("bob", entities(Map.of("Type", "account"), account).finding(AZURE).principal());
    assertNull(ROW.finding(AZURE).principal());
    entities(with(account, "Name", "b".repeat(301))).refused("alert_too_long", AZURE);
  }

  // ---- Graph

  @Test
  void threeSortsOfAlertsOfTheApisAreTold() {
    assertEquals(true, AZURE.recognises(GRAPH.tree()));
    assertEquals(false, AZURE.recognises(GRAPH.without("serviceSource").tree()));
    assertEquals(false, AZURE.recognises(GRAPH.without("createdDateTime").tree()));
    assertEquals(false, AZURE.recognises(GRAPH.without("title").tree()));
    assertEquals(false, AZURE.recognises(GRAPH.without("severity").tree()));
    Event old = event("title", "x", "severity", "low");
    assertEquals(true, AZURE.recognises(old.with("vendorInformation/vendor", "x").tree()));
    assertEquals(true, AZURE.recognises(old.with("alertCreationTime", "x").tree()));
    assertEquals(false, AZURE.recognises(old.with("vendorInformation", "x").tree()));
  }

  @Test
  void anAlertsTimeIsItsActivityAndItsRevisionTheUpdate() {
    Event event = GRAPH.without("createdDateTime").with("alertCreationTime", hour(1));
    assertEquals(Instant.parse(hour(1)), event.finding(AZURE).at());
    int hour = 2;
    for (String name :
        List.of("createdDateTime", "lastEventTime", "eventDateTime", "lastActivityDateTime")) {
      event = event.with(name, hour(hour));
      assertEquals(Instant.parse(hour(hour++)), event.finding(AZURE).at(), name);
    }
    assertEquals("g-1@" + Instant.parse(hour(5)).toEpochMilli(), event.finding(AZURE).alertId());
    for (String name : List.of("lastUpdateTime", "lastModifiedDateTime", "lastUpdateDateTime")) {
      event = event.with(name, hour(hour));
      assertEquals(
          "g-1@" + Instant.parse(hour(hour++)).toEpochMilli(), event.finding(AZURE).alertId());
    }
    GRAPH
        .without("createdDateTime")
        .with("vendorInformation/x", "y")
        .refused("alert_missing_field", AZURE);
  }

  private static String hour(int hour) {
    return "2026-11-23T0" + hour + ":00:00Z";
  }

  @ParameterizedTest
  @CsvSource({
    "unspecified, UNKNOWN",
    "unknownFutureValue, UNKNOWN",
    "informational, INFORMATIONAL",
    "High, HIGH",
  })
  void aSeverityOfGraphMayBeUnspecified(String name, Severity severity) {
    assertEquals(severity, GRAPH.with("severity", name).finding(AZURE).severity());
    GRAPH.with("severity", "loud").refused("alert_bad_severity", AZURE);
  }

  @ParameterizedTest
  @CsvSource({"resolved, resolved", "Dismissed, dismissed", "new, ", "inProgress, ", ", "})
  void onlyWhatIsDoneAsksForNobody(String status, String reason) {
    assertEquals(reason, reasonOf(status == null ? GRAPH : GRAPH.with("status", status)));
  }

  @Test
  void theRuleIsTheDetectorElseTheSourceElseTheCategoryElseTheTitle() {
    Event event = GRAPH;
    assertEquals("Something", event.finding(AZURE).rule());
    for (String name : List.of("category", "detectionSource", "detectorId")) {
      event = event.with(name, name);
      assertEquals(name, event.finding(AZURE).rule());
    }
    GRAPH.with("detectorId", "d".repeat(301)).refused("alert_too_long", AZURE);
    assertEquals("t".repeat(300), GRAPH.with("title", "t".repeat(400)).finding(AZURE).rule());
    Alert alert =
        GRAPH.with("category", "InitialAccess", "mitreTechniques", List.of("T1059")).finding(AZURE);
    assertEquals(List.of(Tactic.INITIAL_ACCESS), alert.tactics());
    assertEquals(List.of("T1059"), alert.techniques());
  }

  private static Map<String, Object> evidence(String type, Object... fields) {
    return event(fields).with("@odata.type", "#microsoft.graph.security." + type).tree();
  }

  /** Each row adds what counts more than all rows before. */
  @Test
  void theEvidenceNamesWhatItIsAbout() {
    about(ResourceKind.UNKNOWN, null, "s-1", GRAPH);
    Event event = GRAPH.with("relatedUser/userName", "u-0");
    about(ResourceKind.IDENTITY, null, "u-0", event);
    event = event.with("userStates", List.of(Map.of("accountName", "u-1")));
    about(ResourceKind.IDENTITY, null, "u-1", event);
    Object user = evidence("userEvidence", "userAccount/userPrincipalName", "u-2");
    about(ResourceKind.IDENTITY, null, "u-2", event.with("evidence", List.of(user)));
    Object cloud = evidence("amazonResourceEvidence", "amazonResourceId", "arn:x");
    about(ResourceKind.CLOUD_RESOURCE, null, "arn:x", event.with("evidence", List.of(user, cloud)));
    event = event.with("evidence", List.of(user, cloud));
    for (String name : List.of("machineId", "computerDnsName")) {
      event = event.with(name, name);
      about(ResourceKind.HOST, null, name, event);
    }
    event = event.with("hostStates", List.of(Map.of("x", "y"), Map.of("netBiosName", "nb")));
    about(ResourceKind.HOST, null, "nb", event);
    Object device = evidence("deviceEvidence", "hostName", "vm-1");
    about(ResourceKind.HOST, null, "vm-1", event.with("evidence", List.of(user, cloud, device)));
    Object container = evidence("containerEvidence", "name", "c-1");
    about(ResourceKind.CONTAINER, null, "c-1", event.with("evidence", List.of(device, container)));
    Object inPod = evidence("containerEvidence", "pod/name", "web-1", "pod/namespace/name", "shop");
    about(ResourceKind.POD, "shop", "web-1", event.with("evidence", List.of(device, inPod)));
    Object pod = evidence("kubernetesPodEvidence", "name", "web-2", "namespace/name", "blog");
    about(ResourceKind.POD, "blog", "web-2", event.with("evidence", List.of(device, inPod, pod)));
  }

  @Test
  void thePrincipalIsOfAUserOrAMailbox() {
    Event event =
        GRAPH.with(
            "evidence",
            List.of(
                evidence("userEvidence", "x", "y"),
                evidence("mailboxEvidence", "userAccount/accountName", "eve")));
    assertEquals("eve", event.finding(AZURE).principal());
    assertNull(GRAPH.with("relatedUser", "eve").finding(AZURE).principal());
  }
}
