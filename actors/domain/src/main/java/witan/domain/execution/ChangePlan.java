package witan.domain.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;

/** The plan of a decided change of the registry: one step, which the registry carries out. */
public final class ChangePlan {
  public static final String ADAPTER = "registry";
  public static final String ACTION = "registry-change";
  public static final String STEP = "apply";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private ChangePlan() {}

  public static PlannedWorkflow of(String councilId) {
    return PlannedWorkflow.line(
        List.of(
            new PlannedStep(
                STEP,
                "Apply the change",
                ACTION,
                new Target(ADAPTER, null, "Council", councilId),
                Map.of(),
                PATIENCE,
                false,
                null)));
  }
}
