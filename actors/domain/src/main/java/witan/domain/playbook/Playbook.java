package witan.domain.playbook;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A CACAO v2 playbook of the supported subset.
 *
 * @param impact CACAO {@code impact}, 0 to 100
 * @param steps its actions, in the order in which they run; never empty
 * @param variables by name, e.g. {@code __case_id__}
 */
public record Playbook(
    String id, String name, int impact, List<PlaybookStep> steps, Map<String, Variable> variables) {
  public Playbook {
    steps = List.copyOf(steps);
    variables = Collections.unmodifiableMap(new TreeMap<>(variables));
  }
}
