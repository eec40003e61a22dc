package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import witan.cluster.node.CrashPoints.Point;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.registry.RegistryChange;

/**
 * From the alerts of two sensors to the effect on a real Kubernetes API server before anybody has
 * voted, and what the vote makes of it; through real nodes that are killed meanwhile.
 */
class ProvisionalContainmentIT {
  private static final AlertTrust TRUSTED = new AlertTrust(false, List.of("it-trusted"));

  private static Kubernetes kubernetes;
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    kubernetes = Kubernetes.start("provisional");
    stack =
        new Stack(
            Path.of("target", "it-provisional"),
            kubernetes.settings()
                + "witan.containment { per-cluster-an-hour = 100, an-hour = 100 }\n");
    stack.ready();
    stack.cases.change(
        new RegistryChange.AdoptPolicies(
            stack.cases.policies().stream().map(ProvisionalContainmentIT::patient).toList(),
            new PolicyTable(1, provisionalRows())));
  }

  /** So much time for the brief votes that a slow machine contains first. */
  private static Policy patient(Policy like) {
    return like.name().equals("brief")
        ? aPolicy(like).version(like.version() + 1).window(Duration.ofSeconds(25)).build()
        : like;
  }

  /** The policies of the council under test; what is grave may be contained before its vote. */
  static List<PolicyTable.Row> provisionalRows() {
    return List.of(
        new PolicyTable.Row(Urgency.ROUTINE, 0, "anchored", null, false),
        new PolicyTable.Row(Urgency.ELEVATED, 0, "brief", null, true, TRUSTED),
        new PolicyTable.Row(Urgency.URGENT, 0, "urgent", null, true, TRUSTED));
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
    if (kubernetes != null) {
      kubernetes.close();
    }
  }

  private static JsonNode containment(String caseId) throws Exception {
    return stack.cases.details(caseId).path("containment");
  }

  /** Until every step of it is done and in the log. */
  private static void awaitContained(String caseId) throws Exception {
    Await.until(
        "the containment of " + caseId,
        () -> {
          JsonNode steps = containment(caseId).path("steps");
          boolean done = steps.size() == 2;
          for (JsonNode step : steps) {
            done = done && step.path("state").asText().equals("DONE");
          }
          return done;
        });
  }

  private static void proven(String caseId) throws Exception {
    Path trust = Verifier.trust(stack, stack.checker.bundles().resolve("trust.json"));
    Verifier.Verdict verdict = Verifier.check(stack, stack.checker.export(caseId), trust);
    verdict.requireProven(Verifier.UNANCHORED);
    stack.checker.check();
  }

  @ParameterizedTest
  @EnumSource(
      value = Point.class,
      names = {"BEFORE_INTENT", "BEFORE_EFFECT", "AFTER_EFFECT", "AFTER_OBSERVATION"})
  void contained_once_whenever_the_node_is_killed_and_confirmed_by_the_vote(Point point)
      throws Exception {
    stack.ready();
    String pod = kubernetes.pod(stack.cases.nextPod());
    stack.arm(point);
    String caseId = stack.cases.openSeenByTwo(Cases.Kind.URGENT);
    stack.awaitReached(point);
    boolean effect = point == Point.AFTER_EFFECT || point == Point.AFTER_OBSERVATION;
    Map<String, String> before = kubernetes.marked(caseId, pod);
    assertEquals(effect ? 1 : 0, before.size(), before.toString());

    stack.killNode();
    stack.startNode(true);

    awaitContained(caseId);
    assertFalse(stack.cases.types(caseId).contains("VoteCast"), "nobody has voted");
    assertTrue(kubernetes.quarantined(pod));
    Map<String, String> contained = kubernetes.marked(caseId, pod);
    assertEquals(3, contained.size(), "the pod and two policies: " + contained);
    before.forEach((name, version) -> assertEquals(version, contained.get(name), name));

    stack.cases.approve(caseId);
    stack.cases.awaitSealed(caseId);
    assertEquals("CONFIRMED", containment(caseId).path("outcome").asText());
    assertEquals("SUCCEEDED", stack.api.json("/v1/executions/" + caseId).path("outcome").asText());
    assertEquals(contained, kubernetes.marked(caseId, pod), "confirmed, not done again");
    proven(caseId);
  }

  @Test
  void taken_back_when_the_vote_rejects_it() throws Exception {
    stack.ready();
    String pod = kubernetes.pod(stack.cases.nextPod());
    String caseId = stack.cases.openSeenByTwo(Cases.Kind.URGENT);
    awaitContained(caseId);
    assertTrue(kubernetes.quarantined(pod));

    stack.cases.reject(caseId);

    stack.cases.awaitType(caseId, "ContainmentEnded");
    assertEquals("REVERTED", containment(caseId).path("outcome").asText());
    assertFalse(kubernetes.quarantined(pod));
  }

  @Test
  void taken_back_when_nobody_votes_although_the_node_was_killed_meanwhile() throws Exception {
    stack.ready();
    String pod = kubernetes.pod(stack.cases.nextPod());
    String caseId = stack.cases.openTrusted(Cases.Kind.BRIEF);
    awaitContained(caseId);
    assertTrue(kubernetes.quarantined(pod));

    stack.killNode();
    assertTrue(kubernetes.quarantined(pod), "it outlives the node");
    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    assertEquals("REVERTED", containment(caseId).path("outcome").asText());
    assertFalse(kubernetes.quarantined(pod));
    proven(caseId);
  }

  @Test
  void switched_off_by_a_token_and_on_again_by_a_member() throws Exception {
    stack.ready();
    Api.Reply off =
        stack.api.put(
            "/v1/containment",
            "{\"on\":false,\"revert\":false,\"reason\":\"a drill\"}"
                .getBytes(StandardCharsets.UTF_8));
    assertTrue(off.accepted(), off.toString());
    kubernetes.pod(stack.cases.nextPod());
    String refused = stack.cases.openSeenByTwo(Cases.Kind.URGENT);
    stack.cases.awaitType(refused, "ContainmentRefused");
    assertEquals("containment_off", containment(refused).at("/refused/code").asText());

    Api.Reply on = Statements.say(stack, "/v1/containment/on", "", "ana");

    assertTrue(on.accepted(), on.toString());
    kubernetes.pod(stack.cases.nextPod());
    String caseId = stack.cases.openSeenByTwo(Cases.Kind.URGENT);
    awaitContained(caseId);
    stack.cases.approve(caseId);
    stack.cases.awaitSealed(caseId);
    proven(caseId);
  }

  @Test
  void one_sensor_alone_contains_nothing() throws Exception {
    stack.ready();
    String pod = kubernetes.pod(stack.cases.nextPod());

    String caseId = stack.cases.open(Cases.Kind.URGENT);

    stack.cases.awaitType(caseId, "ContainmentRefused");
    assertEquals("not_corroborated", containment(caseId).at("/refused/code").asText());
    assertFalse(kubernetes.quarantined(pod));
    stack.cases.approve(caseId);
    stack.cases.awaitSealed(caseId);
    proven(caseId);
  }
}
