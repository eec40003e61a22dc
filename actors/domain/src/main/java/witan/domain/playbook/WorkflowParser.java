package witan.domain.playbook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The workflow of one playbook: its shape first, then each step. */
final class WorkflowParser {
  private static final int MAX_STEPS = 200;
  private static final Set<String> NOT_YET = Set.of("parallel", "if-condition", "playbook-action");
  private static final Set<String> NEVER = Set.of("while-condition", "switch-condition");
  private static final List<String> EDGES =
      List.of("on_completion", "on_success", "on_failure", "on_true", "on_false");

  private final Node root;
  private final Map<String, Variable> variables;
  private final Map<String, Node> steps = new LinkedHashMap<>();

  WorkflowParser(Node root, Map<String, Variable> variables) {
    this.root = root;
    this.variables = variables;
  }

  /** The actions in order; of use only where no problem was noted. */
  List<PlaybookStep> steps() {
    Node workflow = root.object("workflow");
    if (workflow.names().isEmpty() || workflow.names().size() > MAX_STEPS) {
      root.problem("workflow", "workflow_bad_size", "a workflow has 1 to " + MAX_STEPS + " steps");
      return List.of();
    }
    workflow.names().forEach(id -> steps.put(id, workflow.object(id)));
    steps.forEach(this::type);
    if (root.has("workflow_exception")) {
      root.problem("workflow_exception", "step_not_supported", "not supported yet");
    }
    String start = root.text("workflow_start", true);
    if (!steps.containsKey(start)) {
      if (!start.isEmpty()) {
        root.problem("workflow_start", "step_missing", "there is no step " + start);
      }
      return List.of();
    }
    if (!typeOf(start).equals("start")) {
      root.problem("workflow_start", "workflow_bad_start", "it is not a start step");
    }
    Map<String, List<String>> edges = new HashMap<>();
    steps.forEach((id, step) -> edges.put(id, edges(step)));
    unreachable(start, edges);
    return cycle(start, edges) ? List.of() : line(start);
  }

  private String typeOf(String id) {
    return textOf(id, "type");
  }

  private String textOf(String id, String name) {
    Node step = steps.get(id);
    return step == null ? "" : step.withoutProblems().text(name, false);
  }

  private void type(String id, Node step) {
    String type = step.text("type", true);
    if (NOT_YET.contains(type)) {
      step.problem("type", "step_not_supported", type + " is not supported yet");
    } else if (NEVER.contains(type)) {
      step.problem("type", "step_rejected", type + " is not run: it may not end");
    } else if (!Set.of("start", "end", "action", "").contains(type)) {
      step.problem("type", "step_unknown_type", "no step type of CACAO 2.0: " + type);
    }
    if (!type.isEmpty() && !id.startsWith(type + "--")) {
      step.problem("", "step_bad_id", "an id is <type>--<uuid>");
    }
    if (step.number("delay", 0, 0, Long.MAX_VALUE) != 0) {
      step.problem("delay", "step_not_supported", "a delay is not supported yet");
    }
    boolean completion = step.has("on_completion");
    boolean both = completion && (step.has("on_success") || step.has("on_failure"));
    boolean failureOnly = !step.has("on_success") && step.has("on_failure");
    if (both || failureOnly) {
      step.problem(
          "", "step_branch_rule", "a step has on_completion, or on_success and perhaps on_failure");
    }
    if (type.equals("start") && !completion) {
      step.problem("on_completion", "step_dead_end", "nothing follows the start");
    }
    if (type.equals("action") && !completion && !step.has("on_success")) {
      step.problem("", "step_dead_end", "nothing follows; the last step is an end step");
    }
    if (type.equals("action")) {
      new ActionParser(root, variables).check(step);
    }
  }

  private List<String> edges(Node step) {
    Set<String> next = new LinkedHashSet<>();
    for (String name : EDGES) {
      if (step.has(name)) {
        follow(step, name, step.text(name, true), next);
      }
    }
    if (step.has("next_steps")) {
      step.texts("next_steps").forEach(id -> follow(step, "next_steps", id, next));
    }
    if (step.has("cases")) {
      Node cases = step.object("cases");
      cases.names().forEach(c -> follow(cases, c, cases.text(c, true), next));
    }
    return List.copyOf(next);
  }

  private void follow(Node step, String name, String id, Set<String> next) {
    if (steps.containsKey(id)) {
      next.add(id);
    } else if (!id.isEmpty()) {
      step.problem(name, "step_missing", "there is no step " + id);
    }
  }

  private void unreachable(String start, Map<String, List<String>> edges) {
    Set<String> seen = new LinkedHashSet<>(List.of(start));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (String next : edges.getOrDefault(open.pop(), List.of())) {
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    steps.forEach(
        (id, step) -> {
          if (!seen.contains(id)) {
            step.problem("", "step_unreachable", "no step leads here");
          }
        });
  }

  /** Takes away steps that nothing leads to any more, until none is left or a cycle is. */
  private boolean cycle(String start, Map<String, List<String>> edges) {
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
    return !left.isEmpty() || start.isEmpty();
  }

  private List<PlaybookStep> line(String start) {
    List<PlaybookStep> line = new ArrayList<>();
    String id = start;
    boolean acts = false;
    while (typeOf(id).equals("start") || typeOf(id).equals("action")) {
      Node step = steps.get(id);
      if (step != null && typeOf(id).equals("action")) {
        acts = true;
        line.addAll(new ActionParser(root, variables).read(id, step));
        String failure = textOf(id, "on_failure");
        if (!failure.isEmpty() && !typeOf(failure).equals("end")) {
          step.problem("on_failure", "step_not_supported", "only an end step is supported yet");
        }
      }
      String next = textOf(id, "on_completion");
      id = next.isEmpty() ? textOf(id, "on_success") : next;
    }
    if (!acts) {
      root.problem("workflow", "workflow_no_action", "the workflow does nothing");
    }
    return line;
  }
}
