package witan.domain.playbook;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What leads where in a workflow; time in proportion to steps and edges, per group. */
final class WorkflowGraph {
  private final Map<String, Node> steps;
  private final Map<String, List<String>> edges;

  WorkflowGraph(Map<String, Node> steps, Map<String, List<String>> edges) {
    this.steps = steps;
    this.edges = edges;
  }

  void unreachable(Collection<String> roots) {
    Set<String> seen = from(roots);
    steps.forEach(
        (id, step) -> {
          if (!seen.contains(id)) {
            step.problem("", "step_unreachable", "no step leads here");
          }
        });
  }

  private Set<String> from(Collection<String> roots) {
    Set<String> seen = new LinkedHashSet<>(roots);
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (String next : edges.getOrDefault(open.pop(), List.of())) {
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    return seen;
  }

  /** Takes away steps that nothing leads to any more, until none is left or a cycle is. */
  boolean cycle() {
    Map<String, Integer> incoming = new LinkedHashMap<>();
    steps.keySet().forEach(id -> incoming.put(id, 0));
    edges.values().forEach(ids -> ids.forEach(id -> incoming.merge(id, 1, Integer::sum)));
    Deque<String> free = new ArrayDeque<>();
    incoming.forEach(
        (id, count) -> {
          if (count == 0) {
            free.push(id);
          }
        });
    Set<String> left = new LinkedHashSet<>(steps.keySet());
    while (!free.isEmpty()) {
      String id = free.pop();
      left.remove(id);
      for (String next : edges.getOrDefault(id, List.of())) {
        if (incoming.merge(next, -1, Integer::sum) == 0) {
          free.push(next);
        }
      }
    }
    for (String id : left) {
      Node step = steps.get(id);
      if (step != null) {
        step.problem("", "step_cycle", "the step is on a cycle, or only reached from one");
      }
    }
    return !left.isEmpty();
  }

  /** A branch ends in an end step of its own, and then the group goes on. */
  void shared(Workflow.Step group) {
    Node node = steps.get(group.id());
    if (group.branches().isEmpty() || node == null) {
      return;
    }
    Set<String> taken = withoutEnds(from(List.of(group.next(), group.failure())));
    for (String branch : group.branches()) {
      Set<String> own = withoutEnds(from(List.of(branch)));
      boolean free = own.stream().noneMatch(taken::contains);
      if (!free) {
        node.problem(
            "", "step_shared", "the branch " + branch + " leads into what runs besides it");
      }
      if (group.type().equals("parallel")) {
        taken.addAll(own);
      }
    }
  }

  private Set<String> withoutEnds(Set<String> ids) {
    ids.removeIf(id -> id.isEmpty() || edges.getOrDefault(id, List.of()).isEmpty());
    return ids;
  }
}
