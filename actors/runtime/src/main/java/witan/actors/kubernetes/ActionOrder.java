package witan.actors.kubernetes;

import java.util.Map;
import java.util.TreeMap;
import witan.domain.common.CaseId;
import witan.domain.governance.Target;

/**
 * One effect to bring about.
 *
 * @param fence unique per (case, step); the effect carries it, so that a repeat is recognised
 */
public record ActionOrder(
    CaseId caseId,
    String step,
    String action,
    Target target,
    Map<String, String> parameters,
    String fence) {
  public ActionOrder {
    parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
