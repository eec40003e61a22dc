package witan.domain.detection;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A set of rules as an operator gives it.
 *
 * @param version of this set; counted up by whoever changes it
 */
public record SuppressionRules(long version, List<SuppressionRule> rules) {
  public static final SuppressionRules NONE = new SuppressionRules(0, List.of());

  private static final int MOST = 1_000;

  public SuppressionRules {
    rules = List.copyOf(rules);
    Set<String> ids = new HashSet<>();
    for (SuppressionRule rule : rules) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("two rules are called " + rule.id());
      }
    }
    if (version < 0 || rules.size() > MOST) {
      throw new IllegalArgumentException("a version from 0 on, and at most " + MOST + " rules");
    }
  }

  /** The first rule that the alert falls under. */
  public Optional<SuppressionRule> of(Alert alert) {
    return rules.stream().filter(rule -> rule.matches(alert)).findFirst();
  }
}
