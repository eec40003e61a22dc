package witan.domain.playbook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/** The workflow of one playbook: its shape first, then each step. */
final class WorkflowParser {
  private static final int MAX_STEPS = 200;
  private static final int MAX_BRANCHES = 20;
  private static final long MAX_DELAY_MS = 24L * 3_600_000;
  private static final Set<String> RUN =
      Set.of("start", "end", "action", "parallel", "if-condition", "playbook-action");
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

  /** Of use only where no problem was noted. */
  Workflow workflow() {
    Workflow none = new Workflow("", "", Map.of());
    Node workflow = root.object("workflow");
    if (workflow.names().isEmpty() || workflow.names().size() > MAX_STEPS) {
      root.problem("workflow", "workflow_bad_size", "a workflow has 1 to " + MAX_STEPS + " steps");
      return none;
    }
    workflow.names().forEach(id -> steps.put(id, workflow.object(id)));
    String start = root.text("workflow_start", true);
    String exception = root.text("workflow_exception", false);
    Map<String, Workflow.Step> read = new LinkedHashMap<>();
    steps.forEach((id, step) -> read.put(id, step(id, step)));
    exists(start, "workflow_start");
    exists(exception, "workflow_exception");
    if (!steps.containsKey(start)) {
      return none;
    }
    if (!typeOf(start).equals("start")) {
      root.problem("workflow_start", "workflow_bad_start", "it is not a start step");
    }
    Map<String, List<String>> edges = new LinkedHashMap<>();
    steps.forEach((id, step) -> edges.put(id, edges(step)));
    List<String> roots = steps.containsKey(exception) ? List.of(start, exception) : List.of(start);
    WorkflowGraph graph = new WorkflowGraph(steps, edges);
    graph.unreachable(roots);
    if (!graph.cycle()) {
      read.values().forEach(graph::shared);
    }
    if (read.values().stream().allMatch(s -> s.action() == null && s.call() == null)) {
      root.problem("workflow", "workflow_no_action", "the workflow does nothing");
    }
    return new Workflow(start, exception, read);
  }

  private void exists(String id, String field) {
    if (!id.isEmpty() && !steps.containsKey(id)) {
      root.problem(field, "step_missing", "there is no step " + id);
    }
  }

  private String typeOf(String id) {
    Node step = steps.get(id);
    return step == null ? "" : step.withoutProblems().text("type", false);
  }

  private Workflow.Step step(String id, Node step) {
    String type = step.text("type", true);
    if (NEVER.contains(type)) {
      step.problem("type", "step_rejected", type + " is not run: it may not end");
    } else if (!type.isEmpty() && !RUN.contains(type)) {
      step.problem("type", "step_unknown_type", "no step type of CACAO 2.0: " + type);
    }
    if (!type.isEmpty() && !id.startsWith(type + "--")) {
      step.problem("", "step_bad_id", "an id is <type>--<uuid>");
    }
    if (!step.object("step_variables").names().isEmpty()) {
      step.problem("step_variables", "variable_not_supported", "variables are the playbook's");
    }
    branchRule(step, type);
    return new Workflow.Step(
        id,
        type,
        Duration.ofMillis(step.number("delay", 0, 0, MAX_DELAY_MS)),
        step.text(step.has("on_completion") ? "on_completion" : "on_success", false),
        step.text("on_failure", false),
        branches(step, type),
        type.equals("if-condition") ? condition(step).orElse(null) : null,
        type.equals("action")
            ? new ActionParser(root, variables).read(id, step).orElse(null)
            : null,
        type.equals("playbook-action") ? call(step) : null);
  }

  /** Pinned: on_completion, or else on_success and perhaps on_failure. */
  private static void branchRule(Node step, String type) {
    boolean completion = step.has("on_completion");
    boolean both = completion && (step.has("on_success") || step.has("on_failure"));
    boolean failureOnly = !step.has("on_success") && step.has("on_failure");
    if (both || failureOnly) {
      step.problem(
          "", "step_branch_rule", "a step has on_completion, or on_success and perhaps on_failure");
    }
    if (type.equals("start") && !completion) {
      step.problem("on_completion", "step_dead_end", "nothing follows the start");
    } else if (RUN.contains(type)
        && !type.equals("end")
        && !completion
        && !step.has("on_success")) {
      step.problem("", "step_dead_end", "nothing follows; the last step is an end step");
    }
    boolean follows = completion || step.has("on_success") || step.has("on_failure");
    if (type.equals("end") && follows) {
      step.problem("", "step_branch_rule", "nothing follows an end step");
    }
  }

  private static List<String> branches(Node step, String type) {
    List<String> branches = new ArrayList<>();
    if (type.equals("parallel")) {
      branches.addAll(step.texts("next_steps"));
      if (branches.isEmpty() || branches.size() > MAX_BRANCHES) {
        step.problem(
            "next_steps", "step_bad_branches", "one to " + MAX_BRANCHES + " steps run in parallel");
      }
    }
    if (type.equals("if-condition")) {
      branches.add(step.text("on_true", true));
      if (step.has("on_false")) {
        branches.add(step.text("on_false", true));
      }
    }
    return branches;
  }

  private Optional<Condition> condition(Node step) {
    String text = step.text("condition", true);
    Optional<Condition> condition = Condition.parse(text);
    if (condition.isEmpty() && !text.isEmpty()) {
      step.problem(
          "condition",
          "condition_not_supported",
          "only __name__:value = 'text' and !=, joined by AND or by OR");
    }
    condition.stream()
        .flatMap(c -> c.variables().stream())
        .filter(name -> !variables.containsKey(name))
        .forEach(name -> step.problem("condition", "variable_undefined", name + " is not defined"));
    return condition;
  }

  /** Ids of playbooks can mean anything tomorrow; the digest cannot. */
  private static @Nullable Digest call(Node step) {
    step.text("playbook_id", true);
    Node extension = step.object("step_extensions").object(ActionParser.EXTENSION);
    String digest = extension.text("playbook_digest", true);
    try {
      return digest.isEmpty() ? null : new Digest(digest);
    } catch (IllegalArgumentException e) {
      extension.problem("playbook_digest", "digest_malformed", "SHA-256, 64 hex digits");
      return null;
    }
  }

  private List<String> edges(Node step) {
    Set<String> next = new LinkedHashSet<>();
    for (String name : EDGES) {
      if (step.has(name)) {
        follow(step, name, step.withoutProblems().text(name, true), next);
      }
    }
    if (step.has("next_steps")) {
      step.withoutProblems()
          .texts("next_steps")
          .forEach(id -> follow(step, "next_steps", id, next));
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
}
