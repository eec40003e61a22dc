package witan.domain.response;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.governance.Corroboration;
import witan.domain.governance.Target;

/**
 * A set of rules as an operator gives it; the order is that of the options it leads to.
 *
 * @param version of this set; counted up by whoever changes it
 */
public record ResponseRules(long version, List<ResponseRule> rules) {
  private static final int MOST = 500;
  private static final int MOST_TARGETS = 20;

  public ResponseRules {
    rules = List.copyOf(rules);
    Set<String> ids = new HashSet<>();
    for (ResponseRule rule : rules) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("two rules are called " + rule.id());
      }
    }
    if (version < 0 || rules.isEmpty() || rules.size() > MOST) {
      throw new IllegalArgumentException("a version from 0 on, and 1 to " + MOST + " rules");
    }
  }

  /**
   * What became of one rule.
   *
   * @param conditions of the alert that it fires for, else of the last one
   */
  public record Outcome(
      String rule, boolean fires, List<ResponseRule.Condition> conditions, String playbook) {
    public Outcome {
      conditions = List.copyOf(conditions);
    }
  }

  /** A playbook with its targets filled in. */
  public record Proposed(String playbook, List<String> rules, List<Target> targets) {
    public Proposed {
      rules = List.copyOf(rules);
      targets = List.copyOf(targets);
    }
  }

  /** Which rules fire for the alerts of a case, why, and what they propose. */
  public record Evaluation(
      long version, Corroboration corroboration, List<Outcome> outcomes, List<Proposed> proposed) {
    public Evaluation {
      outcomes = List.copyOf(outcomes);
      proposed = List.copyOf(proposed);
    }
  }

  /** Pure: a dry run is the run. */
  public Evaluation evaluate(List<Alert> alerts) {
    Corroboration all = Corroboration.of(alerts);
    List<Outcome> outcomes = new ArrayList<>();
    Map<String, List<String>> rulesOf = new LinkedHashMap<>();
    for (ResponseRule rule : rules) {
      boolean fires = false;
      List<ResponseRule.Condition> shown = List.of();
      for (Alert alert : alerts) {
        if (!fires) {
          shown = rule.conditions(alert, all);
          fires = shown.stream().allMatch(ResponseRule.Condition::met);
        }
      }
      outcomes.add(new Outcome(rule.id(), fires, shown, rule.playbook()));
      if (fires) {
        rulesOf.computeIfAbsent(rule.playbook(), p -> new ArrayList<>()).add(rule.id());
      }
    }
    List<Proposed> proposed = new ArrayList<>();
    rulesOf.forEach(
        (playbook, by) ->
            proposed.add(new Proposed(playbook, by, targets(matching(playbook, alerts)))));
    return new Evaluation(version, all, outcomes, proposed);
  }

  /** The alerts for which some rule proposes that playbook. */
  public List<Alert> matching(String playbook, List<Alert> alerts) {
    Corroboration all = Corroboration.of(alerts);
    return alerts.stream()
        .filter(
            alert ->
                rules.stream().anyMatch(r -> r.playbook().equals(playbook) && r.fires(alert, all)))
        .toList();
  }

  /** The pods that the alerts name, each once, the first 20. */
  private static List<Target> targets(List<Alert> alerts) {
    return alerts.stream()
        .map(Alert::resource)
        .filter(r -> r.kind() == ResourceKind.POD && r.namespace() != null)
        .map(ResponseRules::pod)
        .distinct()
        .limit(MOST_TARGETS)
        .toList();
  }

  private static Target pod(Resource pod) {
    return new Target(pod.cluster(), pod.namespace(), "Pod", pod.name());
  }
}
