package witan.domain.planning;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.Variable;

/** Which responses a case's alerts suggest. */
public final class ResponsePlanner {
  /** External variable that is bound to the case's id. */
  public static final String CASE_ID = "__case_id__";

  static final int MAX_TARGETS = 20;

  private ResponsePlanner() {}

  /**
   * One option, on the pods that the alerts name (the first 20, in case order); none where no alert
   * names both namespace and pod: then there is nothing to vote on.
   *
   * @param isolate the playbook that isolates a workload
   * @param isolateDigest its content address
   */
  public static List<ResponseOption> options(
      CaseId caseId, List<Alert> alerts, Playbook isolate, Digest isolateDigest) {
    Set<Target> targets = new LinkedHashSet<>();
    for (Alert alert : alerts) {
      Resource r = alert.resource();
      if (r.kind() == ResourceKind.POD && r.namespace() != null && targets.size() < MAX_TARGETS) {
        targets.add(new Target(r.cluster(), r.namespace(), "Pod", r.name()));
      }
    }
    if (targets.isEmpty()) {
      return List.of();
    }
    Map<String, String> parameters = new TreeMap<>();
    Variable caseVariable = isolate.variables().get(CASE_ID);
    if (caseVariable != null && caseVariable.external()) {
      parameters.put(CASE_ID, caseId.value());
    }
    return List.of(
        new ResponseOption(
            isolate.name(), isolateDigest, isolate.impact(), List.copyOf(targets), parameters));
  }
}
