package witan.actors.execution;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import witan.domain.governance.Target;

/**
 * One step of the chosen option, ready to be intended.
 *
 * @param step unique within the case
 */
public record StepPlan(
    String step, String action, Target target, Map<String, String> parameters, Duration timeout) {
  public StepPlan {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
