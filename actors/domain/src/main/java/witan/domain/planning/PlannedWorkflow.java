package witan.domain.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow with nothing left open: variables filled in, conditions decided, called playbooks put
 * in their places.
 *
 * @param steps in the order of the workflow, by id
 * @param nodes by id
 * @param exception where an unhandled failure leads; empty where it just fails
 */
public record PlannedWorkflow(
    Map<String, PlannedStep> steps, Map<String, PlanNode> nodes, String start, String exception) {

  /**
   * One node.
   *
   * @param steps ids of its planned steps, one per target; they run one after the other
   * @param branches where the flows begin that run side by side; all must end before it goes on
   * @param delay before it begins
   * @param next what follows; empty at the end of a flow
   * @param failure what follows a failure; empty where nothing handles it
   */
  public record PlanNode(
      String id,
      List<String> steps,
      List<String> branches,
      Duration delay,
      String next,
      String failure) {
    public PlanNode {
      steps = List.copyOf(steps);
      branches = List.copyOf(branches);
    }

    /** Whether a flow ends here. */
    public boolean end() {
      return next.isEmpty() && steps.isEmpty() && branches.isEmpty();
    }
  }

  public PlannedWorkflow {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
  }

  /** Ids in the order of the workflow. */
  public List<String> order() {
    return List.copyOf(steps.keySet());
  }

  /** One step after the other. */
  public static PlannedWorkflow line(List<PlannedStep> steps) {
    Map<String, PlannedStep> byId = new LinkedHashMap<>();
    Map<String, PlanNode> nodes = new LinkedHashMap<>();
    List<PlannedStep> all = new ArrayList<>(steps);
    for (int i = 0; i < all.size(); i++) {
      String id = all.get(i).id();
      String next = i + 1 < all.size() ? all.get(i + 1).id() : "end";
      byId.put(id, all.get(i));
      nodes.put(id, new PlanNode(id, List.of(id), List.of(), Duration.ZERO, next, ""));
    }
    nodes.put("end", new PlanNode("end", List.of(), List.of(), Duration.ZERO, "", ""));
    return new PlannedWorkflow(byId, nodes, all.isEmpty() ? "end" : all.get(0).id(), "");
  }
}
