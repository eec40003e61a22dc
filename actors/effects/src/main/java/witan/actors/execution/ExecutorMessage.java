package witan.actors.execution;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.actors.kubernetes.ActionResult;
import witan.actors.waiting.WaitsTold;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.execution.Move;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;

/** What an executor is told, or tells itself. {@link Wake} and {@link AskWaits} cross nodes. */
public sealed interface ExecutorMessage {

  /** There may be something to do. */
  record Wake(CaseId caseId) implements ExecutorMessage {}

  /** Asks why the case waits. */
  record AskWaits(ActorRef<WaitsTold> replyTo) implements ExecutorMessage {}

  /** The case as it was read. */
  record Loaded(Optional<LoggedCase> logged, @Nullable Throwable failure)
      implements ExecutorMessage {}

  /** What comes next. */
  record Chosen(@Nullable Move move, @Nullable Throwable failure) implements ExecutorMessage {}

  /** What the intent of an order pins. */
  record Prepared(Order order, Duration timeout, Map<String, String> pins)
      implements ExecutorMessage {}

  /** What the case said to a command. */
  record Answered(
      CaseCommand command, @Nullable Answer<Receipt> answer, @Nullable Throwable failure)
      implements ExecutorMessage {}

  /** What became of an attempt. */
  record Acted(Order order, CaseEvent.StepIntended intent, ActionResult result, boolean lastWord)
      implements ExecutorMessage {}

  /** A command that may not have been taken is to be sent again. */
  record Resend(CaseCommand command) implements ExecutorMessage {}

  /** The case is to be read again. */
  record Again() implements ExecutorMessage {}

  /** Nothing was to do for a while. */
  record GoIdle() implements ExecutorMessage {}
}
