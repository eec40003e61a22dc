package witan.domain.planning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.playbook.Condition;
import witan.domain.playbook.HttpPlaces;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookStep;
import witan.domain.playbook.Variable;
import witan.domain.playbook.Variables;
import witan.domain.playbook.Workflow;

/** Fills in what an option leaves to be filled in. */
final class Planner {
  private final ResponseOption option;
  private final Map<Digest, Playbook> others;
  private final Map<String, PlannedStep> steps = new LinkedHashMap<>();
  private final Map<String, PlannedWorkflow.PlanNode> nodes = new LinkedHashMap<>();
  private int calls;

  Planner(ResponseOption option, Map<Digest, Playbook> others) {
    this.option = option;
    this.others = others;
  }

  PlannedWorkflow plan(Playbook playbook) {
    for (String name : option.parameters().keySet()) {
      Variable variable = playbook.variables().get(name);
      if (variable == null || !variable.external() || variable.constant()) {
        throw new PlanRefused("plan_unknown_variable", "no external variable " + name);
      }
    }
    Map<String, String> values = values(playbook, option.parameters());
    add(playbook, values, "", 1);
    return new PlannedWorkflow(
        steps, nodes, playbook.workflow().start(), playbook.workflow().exception());
  }

  private static Map<String, String> values(Playbook playbook, Map<String, String> given) {
    Map<String, String> values = new TreeMap<>();
    playbook
        .variables()
        .forEach(
            (name, variable) -> {
              boolean open = variable.external() && !variable.constant();
              String value = open ? given.getOrDefault(name, variable.value()) : variable.value();
              if (value != null) {
                values.put(name, value);
              }
            });
    return values;
  }

  /** In the order of the flow, so that the steps are listed as they run. */
  private void add(Playbook playbook, Map<String, String> values, String prefix, int depth) {
    if (depth > Playbook.MAX_DEPTH) {
      throw new PlanRefused("plan_too_deep", "playbooks call each other too deeply");
    }
    Workflow workflow = playbook.workflow();
    walk(workflow, workflow.start(), values, prefix, depth);
    if (!workflow.exception().isEmpty()) {
      walk(workflow, workflow.exception(), values, prefix, depth);
    }
  }

  private void walk(
      Workflow workflow, String id, Map<String, String> values, String prefix, int depth) {
    Workflow.Step step = workflow.steps().get(id);
    if (step == null || nodes.containsKey(prefix + id)) {
      return;
    }
    List<String> branches = chosen(step, values);
    String called = "";
    Digest call = step.call();
    if (call != null) {
      called = "p" + ++calls + "/";
      branches = List.of(called + playbook(call).workflow().start());
    } else {
      branches = branches.stream().map(branch -> prefix + branch).toList();
    }
    nodes.put(
        prefix + id,
        new PlannedWorkflow.PlanNode(
            prefix + id,
            actions(step.action(), values, prefix),
            branches,
            step.delay(),
            prefixed(prefix, step.next()),
            prefixed(prefix, step.failure())));
    if (call != null) {
      Playbook other = playbook(call);
      if (!other.workflow().exception().isEmpty()) {
        throw new PlanRefused(
            "plan_bad_call", "a playbook that is called has no workflow_exception of its own");
      }
      add(other, values(other, values), called, depth + 1);
    }
    chosen(step, values).forEach(branch -> walk(workflow, branch, values, prefix, depth));
    walk(workflow, step.next(), values, prefix, depth);
    walk(workflow, step.failure(), values, prefix, depth);
  }

  private Playbook playbook(Digest digest) {
    Playbook found = others.get(digest);
    if (found == null) {
      throw new PlanRefused("plan_missing_playbook", "there is no playbook " + digest);
    }
    return found;
  }

  private static String prefixed(String prefix, String id) {
    return id.isEmpty() ? "" : prefix + id;
  }

  private static List<String> chosen(Workflow.Step step, Map<String, String> values) {
    Condition condition = step.condition();
    if (condition == null) {
      return step.branches();
    }
    for (String name : condition.variables()) {
      bound(name, values);
    }
    if (condition.holds(values)) {
      return step.branches().subList(0, 1);
    }
    return step.branches().subList(1, step.branches().size());
  }

  private static void bound(String name, Map<String, String> values) {
    if (!values.containsKey(name)) {
      throw new PlanRefused("plan_unbound_variable", name + " has no value");
    }
  }

  private List<String> actions(
      @Nullable PlaybookStep action, Map<String, String> values, String prefix) {
    if (action == null) {
      return List.of();
    }
    Map<String, String> parameters = filled(action, values);
    K8sAction kubernetes = K8sAction.of(action.command()).orElse(null);
    if (kubernetes != null) {
      check(action, kubernetes, parameters);
    }
    List<Target> targets =
        kubernetes == null ? List.of(elsewhere(action, parameters)) : targets(kubernetes);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      String id = prefix + action.id() + (i == 0 ? "" : "#" + (i + 1));
      ids.add(id);
      steps.put(id, planned(id, action, targets.get(i), parameters));
    }
    if (steps.size() > ExecutionPlan.MAX_STEPS) {
      throw new PlanRefused("plan_too_large", "more than " + ExecutionPlan.MAX_STEPS + " steps");
    }
    return ids;
  }

  private static Map<String, String> filled(PlaybookStep action, Map<String, String> values) {
    for (String text : action.parameters().values()) {
      Variables.in(text).forEach(variable -> bound(variable, values));
    }
    if (action.command().equals(PlaybookStep.HTTP)) {
      try {
        return HttpPlaces.fill(action.parameters(), values);
      } catch (IllegalArgumentException e) {
        throw new PlanRefused("plan_bad_parameter", action.id() + ": " + e.getMessage());
      }
    }
    Map<String, String> parameters = new TreeMap<>();
    action
        .parameters()
        .forEach((name, value) -> parameters.put(name, Variables.fill(value, values)));
    return parameters;
  }

  private static void check(
      PlaybookStep action, K8sAction kubernetes, Map<String, String> parameters) {
    kubernetes
        .parameters()
        .forEach(
            (name, type) -> {
              if (!type.allows(parameters.getOrDefault(name, ""))) {
                throw new PlanRefused(
                    "plan_bad_parameter",
                    "\"" + name + "\" of " + action.id() + " is not what Kubernetes allows");
              }
            });
  }

  /** Those of the option that the action is for. */
  private List<Target> targets(K8sAction action) {
    List<Target> targets =
        option.targets().stream().filter(t -> action.kinds().contains(t.kind())).toList();
    if (targets.isEmpty()) {
      throw new PlanRefused("plan_no_target", "no target is one for " + action.command());
    }
    return targets;
  }

  private static Target elsewhere(PlaybookStep action, Map<String, String> parameters) {
    return action.command().equals(PlaybookStep.HTTP)
        ? new Target("", null, "Connection", parameters.getOrDefault("connection", ""))
        : new Target("", null, "Person", action.targetRef());
  }

  private static PlannedStep planned(
      String id, PlaybookStep action, Target target, Map<String, String> parameters) {
    return new PlannedStep(
        id,
        action.name(),
        action.command(),
        target,
        parameters,
        action.timeout(),
        action.reversible(),
        action.ttl());
  }
}
