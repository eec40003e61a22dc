package witan.actors.execution;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.spi.Entities;
import witan.actors.view.CaseLog;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.execution.Move;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;

/**
 * Carries out one case: reads it from the log, does the one next thing, reads again. It keeps
 * nothing that matters; killed anywhere, the next {@link Wake} goes on from what is logged. A
 * second instance on another node does no harm: commands are idempotent, effects are fenced.
 */
public final class ExecutorEntity extends AbstractBehavior<ExecutorEntity.Message> {
  public static final EntityTypeKey<Message> TYPE =
      EntityTypeKey.create(Message.class, "witan-executor");

  private static final Duration IDLE = Duration.ofSeconds(30);

  /** Only {@link Wake} comes from outside and crosses nodes. */
  public sealed interface Message {}

  public record Wake(CaseId caseId) implements Message {}

  private record Loaded(Optional<LoggedCase> logged, @Nullable Throwable failure)
      implements Message {}

  private record Chosen(@Nullable Move move, @Nullable Throwable failure) implements Message {}

  private record Prepared(Order order, Duration timeout, Map<String, String> pins)
      implements Message {}

  private record Answered(
      CaseCommand command, @Nullable Answer<Receipt> answer, @Nullable Throwable failure)
      implements Message {}

  private record Acted(
      Order order, CaseEvent.StepIntended intent, ActionResult result, boolean lastWord)
      implements Message {}

  private record Again() implements Message {}

  private record Resend(CaseCommand command) implements Message {}

  private record GoIdle() implements Message {}

  /** What the executor works with; the same for every case of a node. */
  public record Tools(
      CaseLog cases,
      Entities entities,
      DecisionCheck check,
      ClusterActions actions,
      DriftCheck drift,
      ContainmentCheck containment,
      RegistryEffects registry,
      ExecutorKey key,
      ExecutionSettings settings,
      Lanes lanes,
      InstantSource clock) {}

  private final CaseId caseId;
  private final Tools tools;
  private final TimerScheduler<Message> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final StepCalls calls;
  private final StepAttempt attempt;
  private final Patience patience;
  private final NextMoves moves;

  private boolean busy;
  private boolean sleeping;

  /** Whether a wake came after the case was read last. */
  private boolean woken;

  /** As read last, so that the next look reads only what is new. */
  private @Nullable LoggedCase known;

  private long expectedSeq;
  private String alarm = "";

  private ExecutorEntity(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      CaseId caseId,
      Tools tools) {
    super(context);
    this.caseId = caseId;
    this.tools = tools;
    this.timers = timers;
    this.shard = shard;
    this.calls =
        new StepCalls(
            tools.actions(),
            tools.registry(),
            tools.lanes(),
            context
                .getSystem()
                .dispatchers()
                .lookup(DispatcherSelector.fromConfig(ExecutionSettings.DISPATCHER)),
            tools.clock());
    this.attempt = new StepAttempt(tools.settings(), tools.clock(), calls::fences);
    this.patience = new Patience(tools.settings(), tools.clock());
    this.moves = new NextMoves(caseId, tools);
  }

  public static Behavior<Message> create(
      CaseId caseId, ActorRef<ClusterSharding.ShardCommand> shard, Tools tools) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ExecutorEntity(context, timers, shard, caseId, tools)));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wake.class, this::wake)
        .onMessage(Again.class, this::lookAgain)
        .onMessage(Loaded.class, this::loaded)
        .onMessage(Chosen.class, this::chosen)
        .onMessage(Prepared.class, this::prepared)
        .onMessage(Answered.class, this::answered)
        .onMessage(Resend.class, message -> command(message.command()))
        .onMessage(Acted.class, this::acted)
        .onMessage(GoIdle.class, this::goIdle)
        .build();
  }

  private Behavior<Message> wake(Wake message) {
    if (busy && !sleeping) {
      woken = true;
      return this;
    }
    // What a delay waits for may have changed: an operator may have ended the execution.
    timers.cancel(Again.class);
    sleeping = false;
    busy = true;
    patience.renew();
    timers.cancel(GoIdle.class);
    return load();
  }

  private Behavior<Message> lookAgain(Again message) {
    sleeping = false;
    return load();
  }

  private Behavior<Message> load() {
    woken = false;
    getContext()
        .pipeToSelf(
            tools.cases().read(caseId, known),
            (logged, failure) -> new Loaded(logged == null ? Optional.empty() : logged, failure));
    return this;
  }

  private Behavior<Message> loaded(Loaded message) {
    if (message.failure() != null) {
      return later("the case cannot be read: " + message.failure());
    }
    if (message.logged().isEmpty() || message.logged().get().state().seq() < expectedSeq) {
      return later("the log is not there yet");
    }
    LoggedCase logged = message.logged().get();
    known = logged;
    getContext().pipeToSelf(moves.of(logged), Chosen::new);
    return this;
  }

  private Behavior<Message> chosen(Chosen message) {
    Move move = message.move();
    return move == null
        ? later("what to do next cannot be looked up: " + message.failure())
        : carryOut(move);
  }

  private Behavior<Message> carryOut(Move move) {
    if (move instanceof Move.Forged forged) {
      alarm(forged);
      return carryOut(forged.next());
    }
    if (move instanceof Move.Intend intend) {
      return prepare(intend);
    }
    if (move instanceof Move.Perform perform) {
      return next(
          perform.order(), perform.intent(), attempt.perform(perform.order(), perform.intent()));
    }
    if (move instanceof Move.Abandon abandon) {
      return next(
          abandon.order(), abandon.intent(), attempt.abandon(abandon.order(), abandon.why()));
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
    return move instanceof Move.Later wait ? later(wait.reason()) : rest();
  }

  /** Said once a life: a person has to look. */
  private void alarm(Move.Forged forged) {
    String what = forged.code() + ": " + forged.detail();
    if (!what.equals(alarm)) {
      alarm = what;
      getContext().getLog().error("ALARM case {} is void: {}", caseId, what);
    }
  }

  /** Busy all the while; a wake in between looks earlier. */
  private Behavior<Message> sleep(Instant until) {
    if (woken) {
      return load();
    }
    Duration left = Duration.between(tools.clock().instant(), until);
    patience.restUntil(until);
    sleeping = true;
    timers.startSingleTimer(
        Again.class, new Again(), left.isNegative() ? Duration.ZERO : left.plusMillis(1));
    return this;
  }

  /** Looks up what the intent must pin; a target that does not answer fails in the step itself. */
  private Behavior<Message> prepare(Move.Intend intend) {
    getContext()
        .pipeToSelf(
            calls.prepare(intend.order()),
            (pins, failure) ->
                new Prepared(intend.order(), intend.timeout(), pins == null ? Map.of() : pins));
    return this;
  }

  private Behavior<Message> prepared(Prepared message) {
    Order order = message.order();
    attempt.intended(order.step());
    Duration timeout =
        message.timeout().isZero() ? tools.settings().stepTimeout() : message.timeout();
    Instant deadline = tools.clock().instant().plus(timeout).truncatedTo(ChronoUnit.MILLIS);
    return command(tools.key().intent(council(), order, message.pins(), deadline));
  }

  private Behavior<Message> next(
      Order order, CaseEvent.StepIntended intent, StepAttempt.Next next) {
    if (next instanceof StepAttempt.Next.Send send) {
      return act(order, intent, send.lastWord());
    }
    if (next instanceof StepAttempt.Next.Observe seen) {
      return observe(order, intent, seen);
    }
    timers.startSingleTimer(Again.class, new Again(), ((StepAttempt.Next.Pause) next).pause());
    return this;
  }

  private Behavior<Message> act(Order order, CaseEvent.StepIntended intent, boolean lastWord) {
    Order pinned = order.with(intent.parameters());
    Voting voting = Objects.requireNonNull(Objects.requireNonNull(known).state().voting());
    getContext()
        .pipeToSelf(
            lastWord ? calls.reconcile(pinned) : calls.perform(pinned, intent.deadline(), voting),
            (result, failure) ->
                new Acted(
                    order,
                    intent,
                    result != null
                        ? result
                        : new ActionResult.Retry(
                            String.valueOf(failure), "[]", Optional.empty(), true),
                    lastWord));
    return this;
  }

  private Behavior<Message> acted(Acted message) {
    return next(
        message.order(),
        message.intent(),
        attempt.answered(message.intent(), message.result(), message.lastWord()));
  }

  private String council() {
    return String.valueOf(Objects.requireNonNull(known).state().councilId());
  }

  private Behavior<Message> observe(
      Order order, CaseEvent.StepIntended intent, StepAttempt.Next.Observe seen) {
    return command(
        tools
            .key()
            .observation(council(), order, intent, seen.outcome(), seen.detail(), seen.requests()));
  }

  private Behavior<Message> command(CaseCommand command) {
    getContext()
        .pipeToSelf(
            tools.entities().toCase(caseId, command),
            (answer, failure) -> new Answered(command, answer, failure));
    return this;
  }

  private Behavior<Message> answered(Answered message) {
    Answer<Receipt> answer = message.answer();
    if (answer instanceof Answer.Done<Receipt> done) {
      if (done.value().repeated()) {
        // Somebody else's, or ours of another life.
        attempt.forget();
        if (known != null && done.value().seq() <= known.state().seq()) {
          return later(message.command().getClass().getSimpleName() + " was logged before");
        }
      }
      expectedSeq = Math.max(expectedSeq, done.value().seq());
      patience.renew();
      return load();
    }
    if (answer instanceof Answer.Declined<Receipt> no) {
      attempt.forget();
      getContext().getLog().warn("case {}: {}", caseId, no.refusal());
      return patience.endedByRefusal() ? rest() : again(new Again());
    }
    // It may have been logged all the same; every command may be sent twice.
    return later(
        "the case does not answer: " + (answer == null ? message.failure() : answer),
        new Resend(message.command()));
  }

  private Behavior<Message> later(String reason) {
    return later(reason, new Again());
  }

  /** Looks again soon, but not for ever: the case's driver wakes us as long as there is work. */
  private Behavior<Message> later(String reason, Message next) {
    if (patience.news(reason)) {
      getContext().getLog().info("case {} waits: {}", caseId, reason);
    }
    return patience.over() ? rest() : again(next);
  }

  private Behavior<Message> again(Message next) {
    timers.startSingleTimer(next.getClass(), next, tools.settings().poll());
    return this;
  }

  private Behavior<Message> rest() {
    busy = false;
    timers.startSingleTimer(GoIdle.class, new GoIdle(), IDLE);
    return this;
  }

  private Behavior<Message> goIdle(GoIdle message) {
    if (!busy) {
      shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    }
    return this;
  }
}
