package witan.domain.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * An execution as far as it is logged.
 *
 * @param steps in the order they run
 * @param intents last intent per step
 * @param observations last observation per step
 * @param outcome null while it runs
 */
public record Execution(
    int option,
    Digest playbookDigest,
    String adapter,
    List<String> steps,
    Map<String, CaseEvent.StepIntended> intents,
    Map<String, CaseEvent.StepObserved> observations,
    Instant startedAt,
    @Nullable ExecutionOutcome outcome,
    @Nullable Instant endedAt) {
  /** Prefix of the step that takes the effect of a step back. */
  public static final String UNDO = "undo:";

  Execution with(
      Map<String, CaseEvent.StepIntended> intended, Map<String, CaseEvent.StepObserved> observed) {
    return new Execution(
        option,
        playbookDigest,
        adapter,
        steps,
        intended,
        observed,
        startedAt,
        outcome,
        endedAt);
  }

  /** Whether it is one of the steps, or takes one back. */
  public boolean names(String step) {
    return steps.contains(step.startsWith(UNDO) ? step.substring(UNDO.length()) : step);
  }
}
