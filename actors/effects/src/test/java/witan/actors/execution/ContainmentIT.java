package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.kubernetes.Allowance;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.KubernetesActions;
import witan.actors.kubernetes.KubernetesSettings;
import witan.actors.kubernetes.ThreeClouds;
import witan.codec.json.Json;
import witan.dev.ApiServerProcess;
import witan.domain.governance.Drift;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

/** Blast radius, drift and provisional containment against a real API server. */
class ContainmentIT extends ContainmentHarness {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final String LABEL = "example.org/quarantine";
  private static ThreeClouds clouds;
  private static ApiServerProcess server;

  private KubernetesActions actions;

  @BeforeAll
  static void clouds() throws IOException {
    ThreeClouds.assumeBinary();
    clouds = ThreeClouds.start();
    server = clouds.servers.get("aws");
    System.out.println("Kubernetes " + server.version());
    server.admin(
        "POST", "/api/v1/namespaces", "application/json", "{\"metadata\":{\"name\":\"shop\"}}");
  }

  @AfterAll
  static void noClouds() {
    if (clouds != null) {
      clouds.close();
    }
  }

  /** A pod that was never touched, and a playbook that labels it and makes two policies. */
  @BeforeEach
  void pod() {
    KubernetesSettings.Cluster cluster =
        new KubernetesSettings.Cluster(
            clouds.kubeconfigs.get("aws"),
            "",
            Allowance.of(
                Set.of("quarantine-label", "deny-all-network-policy"),
                Set.of("shop"),
                Set.of("Pod"),
                50));
    actions =
        KubernetesActions.connect(
            new KubernetesSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                KubernetesSettings.DEFAULTS.protectedNamespaces(),
                Map.of("eu-1", cluster)));
    for (String policy : List.of("deny-ingress", "deny-egress")) {
      server.admin(
          "DELETE", "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/" + policy, "", "");
    }
    renew();
    Map<String, String> label = Map.of("label", LABEL, "value", "yes");
    Map<String, String> deny = Map.of("label", LABEL, "value", "yes", "name", "deny");
    playbooks.workflow =
        target ->
            PlannedWorkflow.line(
                List.of(
                    step("quarantine", "quarantine-label", target, label, true),
                    step("deny", "deny-all-network-policy", target, deny, false)));
  }

  private static PlannedStep step(
      String id, String command, Target target, Map<String, String> parameters, boolean back) {
    return new PlannedStep(id, id, command, target, parameters, Duration.ofSeconds(30), back, null);
  }

  /** Another pod of the same name. */
  private static void renew() {
    server.admin("DELETE", PODS + "/web-1?gracePeriodSeconds=0", "", "");
    ApiServerProcess.Answer made =
        server.admin(
            "POST",
            PODS,
            "application/json",
            "{\"metadata\":{\"name\":\"web-1\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":"
                + "\"x\"}]}}");
    assertEquals(201, made.status(), made.body());
  }

  private static String label() {
    JsonNode pod =
        Json.parse(
            server
                .admin("GET", PODS + "/web-1", "", "")
                .body()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
            witan.codec.json.Limits.DEFAULT);
    return pod.path("metadata").path("labels").path(LABEL).asText();
  }

  @Override
  protected ClusterActions cluster() {
    return actions;
  }

  private void contained() throws Exception {
    open("falco", "guardduty");
    wake();
    await(ContainmentHarness::held);
    assertEquals("yes", label());
  }

  @Test
  void whatTheDryRunSaidIsWhatTheStepsTouched() throws Exception {
    open("falco");
    votes(Support.FOR);

    wake();
    CaseState end = awaitClosed();

    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(new Drift(3, 0, 0, 0), end.precautions().before().drift());
    assertEquals(new Drift(3, 0, 0, 0), end.precautions().after().drift());
  }

  @Test
  void anotherPodOfTheSameNameGoesBackToTheVoters() throws Exception {
    open("falco");
    votes(Support.FOR);
    renew();

    wake();
    CaseState end = awaitClosed();

    assertEquals("drifted", end.closeReason());
    assertEquals(new Drift(3, 0, 0, 1), end.precautions().before().drift());
    assertEquals("", label());
    assertEquals(Phase.OBSERVING, council.state(end.precautions().next()).phase());
  }

  @Test
  void theVoteConfirmsWhatIsThereAndItIsNoDrift() throws Exception {
    contained();
    votes(Support.FOR);

    wake();
    CaseState end = awaitClosed();

    assertEquals(ContainmentOutcome.CONFIRMED, outcome());
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(0, end.precautions().before().drift().moved());
    assertEquals("yes", label());
  }

  @Test
  void theEndOfTheLeaseTakesItBack() throws Exception {
    contained();
    council.now = council.now.plus(terms.terms().lease());

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals("", label());
  }

  @Test
  void aRejectionTakesItBack() throws Exception {
    contained();
    votes(Support.AGAINST);

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals("", label());
    assertNull(council.state(CASE).execution());
  }

  @Test
  void anExecutorThatDiesBetweenIntentAndEffectIsSucceeded() throws Exception {
    open("falco", "guardduty");
    executorDies(CaseCommand.IntendStep.class, true);
    assertEquals("", label(), "intended, and not done");

    wake();
    await(ContainmentHarness::held);

    assertEquals("yes", label());
  }
}
