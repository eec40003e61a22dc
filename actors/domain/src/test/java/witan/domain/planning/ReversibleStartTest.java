package witan.domain.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.domain.governance.Target;

class ReversibleStartTest {
  private static final Target POD = new Target("eu", "shop", "Pod", "web-1");

  private static PlannedStep step(String id, String command, boolean reversible) {
    return new PlannedStep(
        id, id, command, POD, Map.of(), Duration.ofSeconds(30), reversible, null);
  }

  private static List<String> begins(PlannedStep... steps) {
    return ReversibleStart.of(PlannedWorkflow.line(List.of(steps))).stream()
        .map(PlannedStep::id)
        .toList();
  }

  @Test
  void itEndsBeforeTheFirstStepThatStays() {
    PlannedStep label = step("label", "quarantine-label", true);

    assertEquals(List.of("label"), begins(label, step("kill", "delete-pod", true), label));
    assertEquals(List.of("label"), begins(label, step("http", "http-api", true)));
    assertEquals(List.of(), begins(step("kept", "quarantine-label", false), label));
    assertEquals(List.of(), begins());
  }

  @Test
  void itEndsBeforeABranchAndBeforeADelay() {
    Map<String, PlannedStep> steps = new LinkedHashMap<>();
    steps.put("a", step("a", "quarantine-label", true));
    steps.put("b", step("b", "set-label", true));
    Map<String, PlannedWorkflow.PlanNode> nodes = new LinkedHashMap<>();
    nodes.put("a", node("a", List.of("a"), List.of(), Duration.ZERO, "b"));
    nodes.put("b", node("b", List.of("b"), List.of(), Duration.ofSeconds(1), "end"));
    nodes.put("end", node("end", List.of(), List.of(), Duration.ZERO, ""));
    assertEquals(1, ReversibleStart.of(new PlannedWorkflow(steps, nodes, "a", "")).size());

    nodes.put("b", node("b", List.of(), List.of("x", "y"), Duration.ZERO, "end"));
    assertEquals(1, ReversibleStart.of(new PlannedWorkflow(steps, nodes, "a", "")).size());

    nodes.put("b", node("b", List.of("b"), List.of(), Duration.ZERO, "a"));
    assertEquals(2, ReversibleStart.of(new PlannedWorkflow(steps, nodes, "a", "")).size());
  }

  private static PlannedWorkflow.PlanNode node(
      String id, List<String> steps, List<String> branches, Duration delay, String next) {
    return new PlannedWorkflow.PlanNode(id, steps, branches, delay, next, "");
  }
}
