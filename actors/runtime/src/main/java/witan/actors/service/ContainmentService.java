package witan.actors.service;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import witan.actors.spi.Entities;
import witan.actors.view.ContainmentLog;
import witan.domain.api.Answer;
import witan.domain.api.Containments;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentState;

/** The kill switch. Cases that it does not reach at once are woken by their own driver. */
public final class ContainmentService implements Containments {
  private final ContainmentLog log;
  private final Entities entities;
  private final Consumer<CaseId> executors;
  private final String councilId;

  /**
   * One per node.
   *
   * @param executors wakes the executor of a case; must not block
   */
  public ContainmentService(
      ContainmentLog log, Entities entities, Consumer<CaseId> executors, String councilId) {
    this.log = log;
    this.entities = entities;
    this.executors = executors;
    this.councilId = councilId;
  }

  @Override
  public CompletionStage<ContainmentState> current() {
    return log.current();
  }

  @Override
  public CompletionStage<Answer<Receipt>> turn(ContainmentCommand.SwitchContainment command) {
    return entities
        .toContainments(councilId, command)
        .thenCompose(answer -> log.current().thenApply(state -> woken(state, command, answer)));
  }

  private Answer<Receipt> woken(
      ContainmentState state,
      ContainmentCommand.SwitchContainment command,
      Answer<Receipt> answer) {
    if (answer instanceof Answer.Done<Receipt> && command.revert()) {
      state.active().keySet().forEach(executors);
    }
    return answer;
  }
}
