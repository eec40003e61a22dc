package witan.actors.kubernetes;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import witan.domain.common.CaseId;
import witan.domain.governance.Target;

/**
 * One effect to bring about, or to take back.
 *
 * @param parameters those of the action; {@link #UNDOES} where the action takes one back; and what
 *     was pinned when the step was intended
 * @param fence unique per (case, step); the effect carries it, so that a repeat is recognised
 */
public record ActionOrder(
    CaseId caseId,
    String step,
    String action,
    Target target,
    Map<String, String> parameters,
    String fence) {
  /** Parameter of an inverse: the fence of the effect that it takes back. */
  public static final String UNDOES = "fence";

  public ActionOrder {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** Empty where there is none. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  String undoes() {
    return parameter(UNDOES);
  }

  /** The namespace that is touched; empty for what belongs to the whole cluster. */
  String namespace() {
    if (target.kind().equals("Namespace")) {
      return target.name();
    }
    return target.namespace() == null ? "" : target.namespace();
  }
}
