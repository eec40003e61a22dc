package witan.actors.service;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import witan.actors.spi.Entities;
import witan.actors.view.ContainmentLog;
import witan.domain.api.Answer;
import witan.domain.api.Containments;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentState;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedStatement;

/**
 * The kill switch. Cases that it does not reach at once are woken by their own driver. What
 * switches on again is a member's statement, in two steps: the registry records it, then the
 * council's containments take it. A crash in between leaves them off; the same request completes
 * it.
 */
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
  public CompletionStage<Answer<Receipt>> turnOff(ContainmentCommand.SwitchOff command) {
    return entities
        .toContainments(councilId, command)
        .thenCompose(answer -> log.current().thenApply(state -> woken(state, command, answer)));
  }

  private Answer<Receipt> woken(
      ContainmentState state, ContainmentCommand.SwitchOff command, Answer<Receipt> answer) {
    if (answer instanceof Answer.Done<Receipt> && command.revert()) {
      state.active().keySet().forEach(executors);
    }
    return answer;
  }

  @Override
  public CompletionStage<Answer<Receipt>> turnOn(SignedStatement signed) {
    return log.standing().thenCompose(standing -> turnOn(standing, signed));
  }

  private CompletionStage<Answer<Receipt>> turnOn(
      ContainmentLog.Standing standing, SignedStatement signed) {
    ContainmentState.Switched last = standing.state().lastSwitch();
    long lifts = last == null ? 0 : last.seq();
    LongFunction<ContainmentCommand> command =
        seq -> new ContainmentCommand.SwitchOn(new RecordedStatement(signed, seq), lifts);
    // A try, of which nothing but its outcome is used: nothing is recorded that is of no use.
    Decision<ContainmentEvent> would =
        new ContainmentAggregate().decide(standing.state(), command.apply(0), Instant.EPOCH);
    if (would instanceof Decision.Refused<ContainmentEvent> refused) {
      return declined(refused.refusal());
    }
    return would instanceof Decision.Repeated<ContainmentEvent>
        ? entities.toContainments(councilId, command.apply(0))
        : entities
            .toRegistry(councilId, new RegistryCommand.RecordStatement(null, signed))
            .thenCompose(recorded -> turnOn(standing, command, recorded));
  }

  private CompletionStage<Answer<Receipt>> turnOn(
      ContainmentLog.Standing standing,
      LongFunction<ContainmentCommand> command,
      Answer<Receipt> recorded) {
    if (!(recorded instanceof Answer.Done<Receipt> done)) {
      return CompletableFuture.completedFuture(recorded);
    }
    return done.value().index() > standing.off()
        ? entities.toContainments(councilId, command.apply(done.value().seq()))
        : declined(
            new Refusal(
                "statement_too_old",
                "the statement was recorded before containment was switched off",
                "look why it was, then sign again"));
  }

  private static CompletionStage<Answer<Receipt>> declined(Refusal refusal) {
    return CompletableFuture.completedFuture(new Answer.Declined<>(refusal));
  }
}
