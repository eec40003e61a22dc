package witan.domain.governance;

import java.util.List;

/**
 * What one option would touch.
 *
 * @param complete whether every step was answered for; where not, {@code refusals} says why
 * @param pods how many at most: of each target the most that one step touches, added up
 * @param namespaces {@code cluster/namespace}
 * @param budgets disruption budgets that the server would not let be broken
 * @param refusals what stands against it: guardrails, rights, objects that are not there
 * @param objects each once, in the order of the steps
 */
public record OptionRadius(
    boolean complete,
    long pods,
    List<String> namespaces,
    List<String> budgets,
    List<String> refusals,
    List<TouchedObject> objects) {
  public static final int MAX_OBJECTS = 500;

  public OptionRadius {
    namespaces = List.copyOf(namespaces);
    budgets = List.copyOf(budgets);
    refusals = List.copyOf(refusals);
    objects = List.copyOf(objects);
  }

  /** Nobody answered for it. */
  public static OptionRadius unknown(String why) {
    return new OptionRadius(false, 0, List.of(), List.of(), List.of(why), List.of());
  }
}
