package witan.actors.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import witan.domain.common.CaseId;
import witan.domain.execution.Order;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;

/**
 * Against a double of our own, for the faults that a real API server does not produce on demand;
 * what a real one does is in {@link KubernetesIT}.
 */
class KubernetesActionsTest {
  private static final String POD = "/api/v1/namespaces/shop/pods/web-1";
  private static final String POLICIES =
      "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/";
  private static final String HOLDER =
      "witan.org/" + Marks.of("quarantine-label", "witan.org/quarantine").slot();
  private static final String LABEL = "witan.org/quarantine";

  private ApiDouble api;
  private KubernetesActions actions;

  @BeforeEach
  void start() throws IOException {
    api = new ApiDouble();
    api.put(POD, "{\"uid\":\"u-1\",\"name\":\"web-1\",\"labels\":{\"app\":\"web\"}}");
    actions = connect(Set.of("quarantine-label", "deny-all-network-policy"));
  }

  private KubernetesActions connect(Set<String> allowed) {
    return connect(Allowance.of(allowed, Set.of("shop"), Set.of("Pod"), 50));
  }

  private KubernetesActions connect(Allowance allowed) {
    KubernetesSettings settings =
        new KubernetesSettings(
            Duration.ofSeconds(2),
            Duration.ofMillis(2_500),
            Set.of("kube-system"),
            Map.of("eu-1", new KubernetesSettings.Cluster("", "", allowed)));
    ApiClient client = new ApiClient().setBasePath(api.url());
    return new KubernetesActions(settings, Map.of("eu-1", new ClusterConnection(client, settings)));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Order order(String action, Map<String, String> parameters) {
    return new Order(
        new CaseId("c-1"),
        "s1",
        action,
        new Target("eu-1", "shop", "Pod", "web-1"),
        parameters,
        "c-1/s1");
  }

  private static Order quarantine() {
    return order("quarantine-label", Map.of("label", LABEL, "value", "c-1"));
  }

  private static Order deny() {
    return order(
        "deny-all-network-policy", Map.of("label", LABEL, "value", "c-1", "name", "witan-c-1"));
  }

  private static Order release() {
    return new Order(
        new CaseId("c-1"),
        "r1",
        "release-label",
        new Target("eu-1", "shop", "Pod", "web-1"),
        Map.of("label", LABEL, "value", "c-1", "fence", "c-1/s1"),
        "c-1/r1");
  }

  private JsonNode podMetadata() {
    return api.objects.get(POD).path("metadata");
  }

  @Test
  void theLabelIsSetUnderUidAndResourceVersionAndReadBack() throws IOException {
    assertInstanceOf(ActionResult.Done.class, actions.perform(quarantine()));

    assertEquals("c-1", podMetadata().path("labels").path(LABEL).asText());
    assertEquals("web", podMetadata().path("labels").path("app").asText());
    assertEquals("c-1/s1", podMetadata().path("annotations").path(HOLDER).asText());
    assertEquals(
        List.of("GET " + POD, "PATCH " + POD + "?fieldManager=witan", "GET " + POD), api.requests);
    assertEquals("application/merge-patch+json", api.contentTypes.get(1));
    JsonNode sent = new ObjectMapper().readTree(api.bodies.get(1)).path("metadata");
    assertEquals("u-1", sent.path("uid").asText());
    assertEquals("101", sent.path("resourceVersion").asText());
  }

  @Test
  void aRepeatWithTheSameFenceWritesNothing() {
    actions.perform(quarantine());
    api.requests.clear();

    assertInstanceOf(ActionResult.Done.class, actions.perform(quarantine()));

    assertEquals(List.of("GET " + POD), api.requests);
  }

  @Test
  void bothPoliciesAreAppliedAndSelectTheLabel() {
    assertInstanceOf(ActionResult.Done.class, actions.perform(deny()));

    for (String direction : List.of("Ingress", "Egress")) {
      JsonNode policy =
          api.objects.get(POLICIES + "witan-c-1-" + direction.toLowerCase(java.util.Locale.ROOT));
      assertEquals(
          "c-1", policy.path("spec").path("podSelector").path("matchLabels").path(LABEL).asText());
      assertEquals("[\"" + direction + "\"]", policy.path("spec").path("policyTypes").toString());
    }
    assertTrue(api.requests.get(1).startsWith("POST "), "fails where there is one already");
  }

  @Test
  void anExecutorThatWakesAfterARelease_FailsAtTheResourceVersionAndThenAtTheMark()
      throws IOException {
    // Given a write that was prepared before, and a release that came between
    ObjectNode before = api.objects.get(POD).deepCopy();
    actions.perform(quarantine());
    assertInstanceOf(ActionResult.Done.class, actions.perform(release()));

    // When the old request is sent as it was prepared
    Reply read = new Reply(200, before, Optional.empty(), "");
    KubernetesRequest late =
        Actions.forward(K8sAction.QUARANTINE_LABEL)
            .changes(quarantine(), List.of())
            .get(0)
            .write(read);
    Reply reply =
        new ClusterConnection(new ApiClient().setBasePath(api.url()), KubernetesSettings.DEFAULTS)
            .send(late);

    // Then it fails, and a new attempt sees that it was taken back
    assertEquals(409, reply.status());
    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, actions.perform(quarantine()));
    assertTrue(failed.detail().contains("taken back"), failed.detail());
    assertFalse(podMetadata().path("labels").has(LABEL));
  }

  @Test
  void aPodThatAnotherCaseHoldsIsLeftAlone() throws IOException {
    api.put(POD, "{\"uid\":\"u-1\",\"annotations\":{\"" + HOLDER + "\":\"c-9/s1\"}}");
    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, actions.perform(quarantine()));
    assertTrue(failed.detail().contains("c-9/s1"), failed.detail());
  }

  @Test
  void aPolicyThatWasTakenBackSelectsNothingAndCannotComeBackLate() {
    actions.perform(deny());
    Order allow =
        new Order(
            new CaseId("c-1"),
            "r1",
            "remove-network-policy",
            deny().target(),
            Map.of("label", LABEL, "value", "c-1", "name", "witan-c-1", "fence", "c-1/s1"),
            "c-1/r1");

    assertInstanceOf(ActionResult.Done.class, actions.perform(allow));

    JsonNode selector =
        api.objects.get(POLICIES + "witan-c-1-egress").path("spec").path("podSelector");
    assertEquals("{\"matchLabels\":{\"witan.org/retired\":\"nothing\"}}", selector.toString());
    ActionResult.Failed late = assertInstanceOf(ActionResult.Failed.class, actions.perform(deny()));
    assertTrue(late.detail().contains("taken back"), late.detail());
  }

  @ParameterizedTest
  @EnumSource(
      value = ApiDouble.Fault.class,
      names = {"CONFLICT", "TOO_MANY", "INTERNAL", "RESET_MID_BODY", "SILENCE"})
  void afterATransientFaultOfTheWriteARepeatEndsAsDone(ApiDouble.Fault fault) {
    api.faultsOfWrites.add(fault);

    ActionResult.Retry retry =
        assertInstanceOf(ActionResult.Retry.class, actions.perform(quarantine()));

    boolean refusedForSure = fault == ApiDouble.Fault.CONFLICT || fault == ApiDouble.Fault.TOO_MANY;
    assertEquals(!refusedForSure, retry.maybeApplied(), fault.name());
    assertEquals(
        fault == ApiDouble.Fault.TOO_MANY ? Optional.of(Duration.ofSeconds(7)) : Optional.empty(),
        retry.after());
    assertInstanceOf(ActionResult.Done.class, actions.perform(quarantine()));
    long version = podMetadata().path("resourceVersion").asLong();
    assertEquals(102, version, "one write took effect");
  }

  @ParameterizedTest
  @EnumSource(
      value = ApiDouble.Fault.class,
      names = {"TOO_MANY", "INTERNAL", "RESET_MID_BODY", "SILENCE"})
  void aFaultOfTheFirstReadIsKnownToHaveChangedNothing(ApiDouble.Fault fault) {
    api.faultsOfReads.add(fault);

    ActionResult.Retry retry =
        assertInstanceOf(ActionResult.Retry.class, actions.perform(quarantine()));

    assertFalse(retry.maybeApplied());
    assertEquals(1, api.requests.size());
  }

  @Test
  void aLostReadBackIsNoSuccess() {
    api.faultsOfReads.add(ApiDouble.Fault.NONE);
    api.faultsOfReads.add(ApiDouble.Fault.INTERNAL);
    ActionResult.Retry retry =
        assertInstanceOf(ActionResult.Retry.class, actions.perform(quarantine()));
    assertTrue(retry.maybeApplied());
  }

  @Test
  void whatTheServerForbidsIsFinal() {
    api.faultsOfWrites.add(ApiDouble.Fault.FORBIDDEN);
    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, actions.perform(quarantine()));
    assertTrue(failed.detail().contains("no rights"), failed.detail());
  }

  @Test
  void aMissingPodIsFinalAndAReconciliationOnlyReads() {
    assertInstanceOf(ActionResult.NotApplied.class, actions.reconcile(quarantine()));
    api.objects.remove(POD);
    assertInstanceOf(ActionResult.Failed.class, actions.perform(quarantine()));
    assertTrue(api.requests.stream().allMatch(r -> r.startsWith("GET ")), api.requests.toString());
    api.faultsOfReads.add(ApiDouble.Fault.INTERNAL);
    assertInstanceOf(ActionResult.Retry.class, actions.reconcile(quarantine()));
  }

  @Test
  void guardrailsSendNothing() {
    Target system = new Target("eu-1", "kube-system", "Pod", "dns");
    Target elsewhere = new Target("us-1", "shop", "Pod", "web-1");
    Target traversal = new Target("eu-1", "shop", "Pod", "../secrets/x");
    for (Target target : List.of(system, elsewhere, traversal)) {
      Order refused =
          new Order(
              new CaseId("c-1"), "s1", "quarantine-label", target, quarantine().parameters(), "f");
      assertInstanceOf(ActionResult.Failed.class, actions.perform(refused), target.toString());
    }
    assertInstanceOf(
        ActionResult.Failed.class,
        actions.perform(order("quarantine-label", Map.of("label", LABEL))));
    assertInstanceOf(
        ActionResult.Failed.class, connect(Set.of("quarantine-label")).perform(deny()));
    assertEquals(List.of(), api.requests);
  }

  @Test
  void aRehearsalRendersTheVeryRequestsThatAreSent() throws IOException {
    for (Order order : List.of(quarantine(), deny())) {
      ActionResult.Rehearsed rehearsed =
          assertInstanceOf(
              ActionResult.Rehearsed.class,
              new RehearsalActions(KubernetesSettings.DEFAULTS).perform(order));
      ActionResult.Done done = assertInstanceOf(ActionResult.Done.class, actions.perform(order));

      String known =
          done.requests()
              .replace("\"u-1\"", "\"<uid as read>\"")
              .replace("\"101\"", "\"<resourceVersion as read>\"");
      assertEquals(rehearsed.requests(), known);
    }
  }
}
