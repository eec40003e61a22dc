package witan.domain.playbook;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import witan.domain.common.Digest;

/**
 * A CACAO v2 playbook of the supported subset.
 *
 * @param modified as the document says it; versions of one id are told apart by it
 * @param impact CACAO {@code impact}, 0 to 100
 * @param variables by name, e.g. {@code __case_id__}
 */
public record Playbook(
    String id,
    String name,
    String modified,
    int impact,
    Workflow workflow,
    Map<String, Variable> variables) {
  /** How deep playbooks may call each other. */
  public static final int MAX_DEPTH = 3;

  public Playbook {
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /** Its own actions, in the order of the document. */
  public List<PlaybookStep> actions() {
    return workflow.steps().values().stream()
        .map(Workflow.Step::action)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The playbooks that it calls. */
  public Set<Digest> calls() {
    Set<Digest> calls = new LinkedHashSet<>();
    for (Workflow.Step step : workflow.steps().values()) {
      Digest call = step.call();
      if (call != null) {
        calls.add(call);
      }
    }
    return calls;
  }
}
