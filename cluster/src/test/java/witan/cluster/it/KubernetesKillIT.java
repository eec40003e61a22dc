package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import witan.cluster.node.CrashPoints.Point;

/** SIGKILL of the node around each write of an execution on a real Kubernetes API server. */
class KubernetesKillIT {
  private static Kubernetes kubernetes;
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    kubernetes = Kubernetes.start("kill");
    stack = new Stack(Path.of("target", "it-kubernetes"), kubernetes.settings());
    stack.ready();
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

  private static boolean tooLate(JsonNode execution) {
    JsonNode step = execution.at("/steps/0");
    Instant deadline = Instant.parse(step.at("/intent/deadline").asText());
    return !Instant.parse(step.at("/observation/at").asText()).isBefore(deadline);
  }

  @ParameterizedTest
  @EnumSource(
      value = Point.class,
      names = {
        "BEFORE_START",
        "BEFORE_INTENT",
        "BEFORE_EFFECT",
        "AFTER_EFFECT",
        "AFTER_OBSERVATION"
      })
  void killed_anywhere_each_effect_happens_once_and_the_execution_goes_on(Point point)
      throws Exception {
    stack.ready();
    // It is there before the options are tried: a target that comes later is a drift.
    String pod = kubernetes.pod(stack.cases.nextPod());
    String caseId = stack.cases.open(Cases.Kind.URGENT);
    stack.arm(point);
    stack.cases.approve(caseId);
    stack.awaitReached(point);
    Map<String, String> before = kubernetes.marked(caseId, pod);
    boolean effect = point == Point.AFTER_EFFECT || point == Point.AFTER_OBSERVATION;
    assertEquals(effect ? 1 : 0, before.size(), before.toString());

    stack.killNode();
    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    JsonNode execution = stack.api.json("/v1/executions/" + caseId);
    if (point == Point.BEFORE_EFFECT && tooLate(execution)) {
      // The machine was slow: the step was over when the node came back, and so must not be done.
      System.out.println("the restart took longer than the step had: " + execution);
      assertEquals("FAILED", execution.path("outcome").asText(), execution.toString());
      assertEquals(Map.of(), kubernetes.marked(caseId, pod));
      return;
    }
    assertEquals("SUCCEEDED", execution.path("outcome").asText(), execution.toString());
    List<String> types = stack.cases.types(caseId);
    for (String logged : List.of("StepIntended", "StepObserved")) {
      assertEquals(
          execution.get("steps").size(), types.stream().filter(logged::equals).count(), logged);
    }
    for (JsonNode step : execution.get("steps")) {
      assertEquals("DONE", step.path("state").asText(), step.toString());
      assertEquals(1, step.at("/intent/attempt").asInt(), step.toString());
    }
    Map<String, String> after = kubernetes.marked(caseId, pod);
    assertEquals(3, after.size(), "the pod and two policies: " + after);
    before.forEach(
        (name, version) ->
            assertEquals(version, after.get(name), name + " was written again after the kill"));
    for (JsonNode policy : kubernetes.policies()) {
      assertEquals(1, policy.at("/metadata/generation").asInt(), policy.toString());
    }
    stack.checker.check();
  }
}
