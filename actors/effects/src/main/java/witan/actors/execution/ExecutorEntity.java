package witan.actors.execution;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.actors.waiting.WaitsTold;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.execution.Move;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.StepOutcome;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

/**
 * Carries out one case: reads it from the log, does the one next thing, reads again. It keeps
 * nothing that matters; killed anywhere, the next {@link ExecutorMessage.Wake} goes on from what is
 * logged. A second instance on another node does no harm: commands are idempotent, effects are
 * fenced.
 */
public final class ExecutorEntity extends AbstractBehavior<ExecutorMessage> {
  public static final EntityTypeKey<ExecutorMessage> TYPE =
      EntityTypeKey.create(ExecutorMessage.class, "witan-executor");

  private final CaseId caseId;
  private final ExecutorTools tools;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final StepWork steps;
  private final NextLook look;
  private final NextMoves moves;

  /** As read last, so that the next look reads only what is new. */
  private @Nullable LoggedCase known;

  private long expectedSeq;

  /** Why the case is void; null as long as it is not. */
  private @Nullable Reason alarm;

  private ExecutorEntity(
      ActorContext<ExecutorMessage> context,
      TimerScheduler<ExecutorMessage> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      CaseId caseId,
      ExecutorTools tools) {
    super(context);
    this.caseId = caseId;
    this.tools = tools;
    this.shard = shard;
    this.steps =
        new StepWork(
            tools,
            context
                .getSystem()
                .dispatchers()
                .lookup(DispatcherSelector.fromConfig(ExecutionSettings.DISPATCHER)));
    this.look = new NextLook(timers, tools.settings(), tools.clock());
    this.moves = new NextMoves(caseId, tools, context.getExecutionContext());
  }

  public static Behavior<ExecutorMessage> create(
      CaseId caseId, ActorRef<ClusterSharding.ShardCommand> shard, ExecutorTools tools) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ExecutorEntity(context, timers, shard, caseId, tools)));
  }

  @Override
  public Receive<ExecutorMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(ExecutorMessage.Wake.class, this::wake)
        .onMessage(ExecutorMessage.Again.class, message -> load())
        .onMessage(ExecutorMessage.Loaded.class, this::loaded)
        .onMessage(ExecutorMessage.Chosen.class, this::chosen)
        .onMessage(ExecutorMessage.Prepared.class, this::prepared)
        .onMessage(ExecutorMessage.Answered.class, this::answered)
        .onMessage(ExecutorMessage.Resend.class, message -> command(message.command()))
        .onMessage(ExecutorMessage.Acted.class, this::acted)
        .onMessage(ExecutorMessage.GoIdle.class, this::goIdle)
        .onMessage(ExecutorMessage.AskWaits.class, this::told)
        .onSignal(PostStop.class, this::forget)
        .build();
  }

  private Behavior<ExecutorMessage> wake(ExecutorMessage.Wake message) {
    return look.wake() ? load() : this;
  }

  private Behavior<ExecutorMessage> load() {
    look.begin();
    getContext()
        .pipeToSelf(
            tools.cases().read(caseId, known),
            (logged, failure) ->
                new ExecutorMessage.Loaded(logged == null ? Optional.empty() : logged, failure));
    return this;
  }

  private Behavior<ExecutorMessage> loaded(ExecutorMessage.Loaded message) {
    if (message.failure() != null) {
      return later(Unread.because("the case cannot be read", message.failure()));
    }
    if (message.logged().isEmpty() || message.logged().get().state().seq() < expectedSeq) {
      return later(
          new Reason(WaitCode.LOG_BEHIND, "what was written last is not read yet", Who.LOG));
    }
    LoggedCase logged = message.logged().get();
    known = logged;
    getContext().pipeToSelf(moves.of(logged), ExecutorMessage.Chosen::new);
    return this;
  }

  private Behavior<ExecutorMessage> chosen(ExecutorMessage.Chosen message) {
    Move move = message.move();
    return move == null
        ? later(Unread.because("what to do next cannot be looked up", message.failure()))
        : carryOut(move);
  }

  private Behavior<ExecutorMessage> carryOut(Move move) {
    if (move instanceof Move.Forged forged) {
      alarm(forged);
      return carryOut(forged.next());
    }
    if (move instanceof Move.Intend intend) {
      return prepare(intend);
    }
    if (move instanceof Move.Perform perform) {
      return next(
          perform.order(),
          perform.intent(),
          steps.attempt().perform(perform.order(), perform.intent()));
    }
    if (move instanceof Move.Abandon abandon) {
      return next(
          abandon.order(),
          abandon.intent(),
          steps.attempt().abandon(abandon.order(), abandon.why()));
    }
    if (move instanceof Move.Disown disown) {
      CaseEvent.StepIntended intent = disown.intent();
      return observe(
          Order.said(caseId, intent),
          intent,
          new StepAttempt.Next.Observe(StepOutcome.UNKNOWN, disown.why(), "[]"));
    }
    if (move instanceof Move.Sleep sleep) {
      return sleep(sleep.until());
    }
    if (move instanceof Move.Over over) {
      return command(new CaseCommand.EndContainment(over.reason()));
    }
    if (move instanceof Move.Tell tell) {
      return command(tell.command());
    }
    return move instanceof Move.Later wait ? later(wait.why()) : rest(((Move.Rest) move).why());
  }

  private Behavior<ExecutorMessage> sleep(Instant until) {
    boolean paused = state().precautions().pauses().at(tools.clock().instant());
    say(
        paused
            ? null
            : new Reason(WaitCode.DELAY_RUNNING, "the playbook waits until " + until, Who.NOBODY));
    return look.sleep(until) ? this : load();
  }

  /** For whoever asks; null: it goes on, or its state alone tells why not. */
  private void say(@Nullable Reason why) {
    tools
        .waits()
        .say(
            caseId,
            Stream.of(alarm, why).filter(Objects::nonNull).toList(),
            tools.clock().instant());
  }

  /** Said once a life: a person has to look. */
  private void alarm(Move.Forged forged) {
    Reason found =
        new Reason(WaitCode.CASE_VOID, forged.code() + ": " + forged.detail(), Who.OPERATOR);
    if (!found.equals(alarm)) {
      alarm = found;
      say(null);
      getContext().getLog().error("ALARM case {} is void: {}", caseId, found.detail());
    }
  }

  private Behavior<ExecutorMessage> prepare(Move.Intend intend) {
    steps.turn(intend.order()).ifPresent(this::say);
    getContext()
        .pipeToSelf(
            steps.pins(intend.order()),
            (pins, failure) ->
                new ExecutorMessage.Prepared(
                    intend.order(), intend.timeout(), pins == null ? Map.of() : pins));
    return this;
  }

  private Behavior<ExecutorMessage> prepared(ExecutorMessage.Prepared message) {
    return command(steps.intend(state(), message.order(), message.timeout(), message.pins()));
  }

  private CaseState state() {
    return Objects.requireNonNull(known).state();
  }

  private Behavior<ExecutorMessage> next(
      Order order, CaseEvent.StepIntended intent, StepAttempt.Next next) {
    if (next instanceof StepAttempt.Next.Send send) {
      return act(order, intent, send.lastWord());
    }
    if (next instanceof StepAttempt.Next.Observe seen) {
      return observe(order, intent, seen);
    }
    StepAttempt.Next.Pause pause = (StepAttempt.Next.Pause) next;
    say(steps.again(intent, pause, kind()).orElse(null));
    look.pause(pause.pause());
    return this;
  }

  private ProposalKind kind() {
    return Objects.requireNonNull(state().voting()).content().kind();
  }

  private Behavior<ExecutorMessage> act(
      Order order, CaseEvent.StepIntended intent, boolean lastWord) {
    steps.turn(order).ifPresent(this::say);
    getContext()
        .pipeToSelf(
            steps.act(state(), order, intent, lastWord),
            (result, failure) ->
                new ExecutorMessage.Acted(order, intent, Objects.requireNonNull(result), lastWord));
    return this;
  }

  private Behavior<ExecutorMessage> acted(ExecutorMessage.Acted message) {
    return next(
        message.order(),
        message.intent(),
        steps.attempt().answered(message.intent(), message.result(), message.lastWord()));
  }

  private Behavior<ExecutorMessage> observe(
      Order order, CaseEvent.StepIntended intent, StepAttempt.Next.Observe seen) {
    return command(steps.observe(state(), order, intent, seen));
  }

  private Behavior<ExecutorMessage> command(CaseCommand command) {
    getContext()
        .pipeToSelf(
            tools.entities().toCase(caseId, command),
            (answer, failure) -> new ExecutorMessage.Answered(command, answer, failure));
    return this;
  }

  private Behavior<ExecutorMessage> answered(ExecutorMessage.Answered message) {
    Answer<Receipt> answer = message.answer();
    if (answer instanceof Answer.Done<Receipt> done) {
      if (done.value().repeated()) {
        // Somebody else's, or ours of another life.
        steps.attempt().forget();
        if (known != null && done.value().seq() <= known.state().seq()) {
          return later(
              new Reason(
                  WaitCode.NO_PROGRESS, name(message.command()) + " was logged before", Who.LOG));
        }
      }
      expectedSeq = Math.max(expectedSeq, done.value().seq());
      look.progress();
      say(null);
      return load();
    }
    if (answer instanceof Answer.Declined<Receipt> no) {
      steps.attempt().forget();
      getContext().getLog().warn("case {}: {}", caseId, no.refusal());
      say(
          new Reason(
              WaitCode.COMMAND_REFUSED,
              "the case refuses " + name(message.command()) + ": " + no.refusal().message(),
              Who.OPERATOR));
      look.refused();
      return this;
    }
    // It may have been logged all the same; every command may be sent twice.
    return later(
        new Reason(
            WaitCode.ENTITY_BUSY,
            "the case does not answer: " + (answer == null ? message.failure() : answer),
            Who.COUNCIL),
        new ExecutorMessage.Resend(message.command()));
  }

  private static String name(CaseCommand command) {
    return command.getClass().getSimpleName();
  }

  private Behavior<ExecutorMessage> later(Reason why) {
    return later(why, new ExecutorMessage.Again());
  }

  private Behavior<ExecutorMessage> later(Reason why, ExecutorMessage next) {
    say(why);
    if (look.news(why.detail())) {
      getContext().getLog().info("case {} waits: {} ({})", caseId, why.detail(), why.code().text());
    }
    look.later(next);
    return this;
  }

  private Behavior<ExecutorMessage> rest(@Nullable Reason why) {
    say(why);
    look.rest();
    return this;
  }

  /** One that was started by the question goes idle as any other. */
  private Behavior<ExecutorMessage> told(ExecutorMessage.AskWaits message) {
    message.replyTo().tell(new WaitsTold(tools.waits().of(caseId)));
    if (look.idle()) {
      look.rest();
    }
    return this;
  }

  private Behavior<ExecutorMessage> forget(PostStop signal) {
    tools.waits().forget(caseId);
    return this;
  }

  private Behavior<ExecutorMessage> goIdle(ExecutorMessage.GoIdle message) {
    if (look.idle()) {
      shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    }
    return this;
  }
}
