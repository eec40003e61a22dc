package witan.domain.planning;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;

/**
 * One step on one target, with nothing left open.
 *
 * @param id unique in the plan: the playbook step's id, with {@code #2}, {@code #3}, ... for the
 *     second and further targets
 */
public record PlannedStep(
    String id,
    String name,
    String command,
    Target target,
    Map<String, String> parameters,
    Duration timeout,
    boolean reversible,
    @Nullable Duration ttl) {
  public PlannedStep {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** The command that takes it back; empty where nothing does. */
  public Optional<String> inverse() {
    return K8sAction.of(command).flatMap(K8sAction::inverse);
  }
}
