package witan.actors.planning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.domain.common.CaseId;
import witan.domain.detection.Alert;
import witan.domain.proposal.CaseState;
import witan.domain.response.ResponseRules;

/**
 * Proposes what the response rules say, each playbook on the resources whose alerts call for it.
 */
public final class RuleOptions implements OptionSource {
  private final ResponseRules rules;
  private final Map<String, PlaybookSource> playbooks;

  /** Proposes one playbook for some alerts of a case. */
  @FunctionalInterface
  public interface PlaybookSource {
    List<Candidate> options(CaseId caseId, List<Alert> alerts);
  }

  /**
   * Throws {@link IllegalArgumentException} when a rule names a playbook that is not at hand.
   *
   * @param playbooks by the name that rules give them
   */
  public RuleOptions(ResponseRules rules, Map<String, PlaybookSource> playbooks) {
    rules
        .rules()
        .forEach(
            rule -> {
              if (!playbooks.containsKey(rule.playbook())) {
                throw new IllegalArgumentException(
                    "rule " + rule.id() + " names no playbook that there is: " + rule.playbook());
              }
            });
    this.rules = rules;
    this.playbooks = new LinkedHashMap<>(playbooks);
  }

  @Override
  public List<Candidate> options(CaseState observed) {
    CaseId caseId = observed.caseId();
    if (caseId == null) {
      return List.of();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (ResponseRules.Proposed proposed : rules.evaluate(observed.alerts()).proposed()) {
      PlaybookSource playbook = playbooks.get(proposed.playbook());
      if (playbook != null) {
        candidates.addAll(
            playbook.options(caseId, rules.matching(proposed.playbook(), observed.alerts())));
      }
    }
    return candidates;
  }
}
