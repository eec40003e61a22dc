package witan.actors.execution;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import witan.actors.kubernetes.ActionOrder;
import witan.domain.common.CaseId;
import witan.domain.playbook.PlannedStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;

/** From a planned step to its intent, and from an intent to what is ordered. Pure. */
record StepOrders(CaseId caseId, Duration defaultTimeout) {

  /** Unique per step, however often it is tried. */
  private String fence(String step) {
    return caseId + "/" + step;
  }

  ActionOrder before(PlannedStep step) {
    return new ActionOrder(
        caseId, step.id(), step.command(), step.target(), step.parameters(), fence(step.id()));
  }

  ActionOrder of(CaseEvent.StepIntended intent) {
    return new ActionOrder(
        caseId,
        intent.step(),
        intent.action(),
        intent.target(),
        intent.parameters(),
        intent.fence());
  }

  /**
   * The intent, with its deadline.
   *
   * @param pins what a repeat after a crash must hold on to
   */
  CaseCommand.IntendStep intent(PlannedStep step, Map<String, String> pins, Instant now) {
    Map<String, String> parameters = new TreeMap<>(step.parameters());
    parameters.putAll(pins);
    if (step.id().startsWith(Execution.UNDO)) {
      parameters.putIfAbsent(
          ActionOrder.UNDOES, fence(step.id().substring(Execution.UNDO.length())));
    }
    Duration timeout = step.timeout().isZero() ? defaultTimeout : step.timeout();
    return new CaseCommand.IntendStep(
        step.id(),
        1,
        step.command(),
        step.target(),
        parameters,
        fence(step.id()),
        now.plus(timeout).truncatedTo(ChronoUnit.MILLIS));
  }
}
