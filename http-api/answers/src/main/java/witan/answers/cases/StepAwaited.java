package witan.answers.cases;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.governance.Target;

/**
 * A step that a person answers for.
 *
 * @param deadline of a manual step; null where its outcome is unknown
 */
public record StepAwaited(
    String step,
    Why why,
    Target target,
    Map<String, String> parameters,
    @Nullable Instant deadline) {

  /** It waits to be done by a person, or nobody knows what became of it. */
  public enum Why {
    MANUAL,
    UNKNOWN
  }
}
