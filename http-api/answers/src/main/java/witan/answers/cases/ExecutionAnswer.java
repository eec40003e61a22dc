package witan.answers.cases;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.proposal.CaseEvent;

/**
 * An execution.
 *
 * @param paused null where it is not, or not any more
 * @param driftBefore the blast radius voted on against another dry run
 * @param driftAfter against what the steps touched
 */
public record ExecutionAnswer(
    @JsonUnwrapped CaseHead head,
    @JsonUnwrapped ExecutionHead execution,
    List<StepLine> steps,
    @Nullable PauseLine paused,
    CaseEvent.@Nullable RadiusCompared driftBefore,
    CaseEvent.@Nullable RadiusCompared driftAfter) {}
