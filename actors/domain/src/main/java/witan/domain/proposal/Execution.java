package witan.domain.proposal;

import io.soabase.recordbuilder.core.RecordBuilder;
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
 * @param abort null unless it was ended early
 * @param ended how, and why so; null while it runs
 */
@RecordBuilder
public record Execution(
    int option,
    Digest playbookDigest,
    String adapter,
    List<String> steps,
    Map<String, CaseEvent.StepIntended> intents,
    Map<String, CaseEvent.StepObserved> observations,
    Instant startedAt,
    CaseEvent.@Nullable AbortRequested abort,
    CaseEvent.@Nullable ExecutionEnded ended) {
  /** Prefix of the step that takes the effect of a step back. */
  public static final String UNDO = "undo:";

  Execution with(
      Map<String, CaseEvent.StepIntended> intended, Map<String, CaseEvent.StepObserved> observed) {
    return ExecutionBuilder.builder(this).intents(intended).observations(observed).build();
  }

  /** Null while it runs. */
  public @Nullable ExecutionOutcome outcome() {
    return ended == null ? null : ended.outcome();
  }

  /** The observation of the step's last attempt; null while there is none. */
  public CaseEvent.@Nullable StepObserved latest(String step) {
    CaseEvent.StepIntended intent = intents.get(step);
    CaseEvent.StepObserved seen = observations.get(step);
    return intent != null && seen != null && intent.attempt() == seen.attempt() ? seen : null;
  }

  /** Whether it is one of the steps, or takes one back. */
  public boolean names(String step) {
    return steps.contains(step.startsWith(UNDO) ? step.substring(UNDO.length()) : step);
  }
}
