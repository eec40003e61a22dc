package witan.domain.planning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far a workflow may go before it is decided on: its first steps, as long as each can be taken
 * back and nothing branches or waits. What follows stays for the execution.
 */
public final class ReversibleStart {
  private ReversibleStart() {}

  /** In the order of the workflow; empty where not even the first step can be taken back. */
  public static List<PlannedStep> of(PlannedWorkflow plan) {
    List<PlannedStep> first = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    PlannedWorkflow.PlanNode node = plan.nodes().get(plan.start());
    while (node != null && seen.add(node.id()) && passes(plan, node)) {
      node.steps().forEach(id -> first.add(plan.steps().get(id)));
      node = plan.nodes().get(node.next());
    }
    return List.copyOf(first);
  }

  private static boolean passes(PlannedWorkflow plan, PlannedWorkflow.PlanNode node) {
    return node.branches().isEmpty()
        && node.delay().isZero()
        && node.steps().stream()
            .map(plan.steps()::get)
            .allMatch(step -> step != null && step.reversible() && step.inverse().isPresent());
  }
}
