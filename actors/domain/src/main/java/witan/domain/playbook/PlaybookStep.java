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
 * @param command of a {@link K8sAction}, or {@link #HTTP} or {@link #MANUAL}
 * @param parameters of the command; values may hold variables as {@code __name__:value}
 * @param targetRef the target definition; for {@link K8sAction}s it stands for the targets of the
 *     proposal
 * @param timeout after which the step counts as failed
 * @param reversible whether the effect can be taken back, and is when the step fails half-way
 * @param ttl after which a provisional effect is taken back; null where nothing is said
 */
public record PlaybookStep(
    String id,
    String name,
    String command,
    Map<String, String> parameters,
    String targetRef,
    Duration timeout,
    boolean reversible,
    @Nullable Duration ttl) {
  /**
   * Parameters {@code connection}, {@code method}, {@code path} (with its query), {@code content},
   * {@code header.<name>}.
   */
  public static final String HTTP = "http-api";

  /** Parameter {@code text}: what a person is to do and confirm. */
  public static final String MANUAL = "manual";

  public PlaybookStep {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
