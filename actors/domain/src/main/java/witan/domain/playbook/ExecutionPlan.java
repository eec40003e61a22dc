package witan.domain.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import witan.domain.common.Refusal;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;

/** What an approved option does, step by step; pure, so that anybody can compute it again. */
public sealed interface ExecutionPlan {
  int MAX_STEPS = 500;

  /** In the order of the playbook, each of its steps on every target of a kind it is for. */
  record Planned(List<PlannedStep> steps) implements ExecutionPlan {
    public Planned {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Codes: {@code plan_no_target}, {@code plan_too_large}, {@code plan_unknown_variable}, {@code
   * plan_unbound_variable}, {@code plan_bad_parameter}.
   */
  record Refused(Refusal refusal) implements ExecutionPlan {}

  static ExecutionPlan of(Playbook playbook, ResponseOption option) {
    if (option.targets().isEmpty()) {
      return refused("plan_no_target", "the option names no target");
    }
    if ((long) option.targets().size() * playbook.steps().size() > MAX_STEPS) {
      return refused("plan_too_large", "more than " + MAX_STEPS + " steps");
    }
    for (String name : option.parameters().keySet()) {
      Variable variable = playbook.variables().get(name);
      if (variable == null || !variable.external() || variable.constant()) {
        return refused("plan_unknown_variable", "no external variable " + name);
      }
    }
    Map<String, String> values = new TreeMap<>();
    playbook
        .variables()
        .forEach(
            (name, variable) -> {
              String value = option.parameters().getOrDefault(name, variable.value());
              if (value != null) {
                values.put(name, value);
              }
            });
    List<PlannedStep> steps = new ArrayList<>();
    for (PlaybookStep step : playbook.steps()) {
      Map<String, String> parameters = new TreeMap<>();
      for (Map.Entry<String, String> e : step.parameters().entrySet()) {
        Optional<String> unbound =
            Variables.in(e.getValue()).stream().filter(v -> !values.containsKey(v)).findFirst();
        if (unbound.isPresent()) {
          return refused("plan_unbound_variable", unbound.get() + " has no value");
        }
        parameters.put(e.getKey(), Variables.fill(e.getValue(), values));
      }
      Optional<String> bad =
          step.action().parameters().entrySet().stream()
              .filter(t -> !t.getValue().allows(parameters.getOrDefault(t.getKey(), "")))
              .map(Map.Entry::getKey)
              .findFirst();
      if (bad.isPresent()) {
        return refused(
            "plan_bad_parameter",
            "\"" + bad.get() + "\" of " + step.id() + " is not what Kubernetes allows");
      }
      List<Target> targets =
          option.targets().stream().filter(t -> step.action().kinds().contains(t.kind())).toList();
      if (targets.isEmpty()) {
        return refused("plan_no_target", "no target is one for " + step.action().command());
      }
      addOnEveryTarget(steps, step, targets, parameters);
    }
    return new Planned(steps);
  }

  private static void addOnEveryTarget(
      List<PlannedStep> steps,
      PlaybookStep step,
      List<Target> targets,
      Map<String, String> parameters) {
    for (int i = 0; i < targets.size(); i++) {
      steps.add(
          new PlannedStep(
              i == 0 ? step.id() : step.id() + "#" + (i + 1),
              step.name(),
              step.action(),
              targets.get(i),
              parameters,
              step.timeout(),
              step.reversible(),
              step.ttl()));
    }
  }

  private static ExecutionPlan refused(String code, String message) {
    return new Refused(new Refusal(code, message, "Propose another option."));
  }
}
