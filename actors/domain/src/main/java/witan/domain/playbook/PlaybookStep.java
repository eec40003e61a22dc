package witan.domain.playbook;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One action.
 *
 * @param id id of the workflow step, {@code action--<uuid>}
 * @param parameters of the action; values may hold variables as {@code __name__:value}
 * @param targetRef the target definition that stands for the targets of the proposal
 * @param timeout after which the step counts as failed
 * @param reversible whether the effect can be taken back
 * @param ttl after which a reversible effect is to be taken back; null where it stays
 */
public record PlaybookStep(
    String id,
    String name,
    K8sAction action,
    Map<String, String> parameters,
    String targetRef,
    Duration timeout,
    boolean reversible,
    @Nullable Duration ttl) {
  public PlaybookStep {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
