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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import witan.actors.kubernetes.ActionOrder;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.spi.Entities;
import witan.actors.view.CaseLog;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;

/**
 * Carries out one case: reads it from the log, does the one next thing, reads again. It keeps
 * nothing that matters; killed anywhere, the next {@link Wake} goes on from what is logged. A
 * second instance on another node does no harm: commands are idempotent, effects are fenced.
 */
public final class ExecutorEntity extends AbstractBehavior<ExecutorEntity.Message> {
  public static final EntityTypeKey<Message> TYPE =
      EntityTypeKey.create(Message.class, "witan-executor");

  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int MAX_DECLINED = 3;

  /** Only {@link Wake} comes from outside and crosses nodes. */
  public sealed interface Message {}

  public record Wake(CaseId caseId) implements Message {}

  private record Loaded(Optional<LoggedCase> logged, @Nullable Throwable failure)
      implements Message {}

  private record Judged(LoggedCase logged, @Nullable Verdict verdict, @Nullable Throwable failure)
      implements Message {}

  private record Prepared(StepPlan plan, Map<String, String> pins) implements Message {}

  private record Answered(
      CaseCommand command, @Nullable Answer<Receipt> answer, @Nullable Throwable failure)
      implements Message {}

  private record Acted(CaseEvent.StepIntended intent, ActionResult result, boolean lastWord)
      implements Message {}

  private record Again() implements Message {}

  private record Resend(CaseCommand command) implements Message {}

  private record TryAgain(CaseEvent.StepIntended intent) implements Message {}

  private record GoIdle() implements Message {}

  /** What the executor works with; the same for every case of a node. */
  public record Tools(
      CaseLog cases,
      Entities entities,
      DecisionCheck check,
      ClusterActions actions,
      GovernedExecution changes,
      ExecutionSettings settings,
      InstantSource clock) {}

  private final CaseId caseId;
  private final Tools tools;
  private final TimerScheduler<Message> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final Executor blocking;

  private boolean busy;
  private @Nullable List<StepPlan> plans;
  private long expectedSeq;
  private int declined;
  private Instant waitingSince = Instant.MAX;
  private String saidReason = "";

  /** The attempts of the step under way, by this instance. */
  private int attempts;

  private boolean maybeApplied;
  private String intendedHere = "";

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
    this.blocking =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(ExecutionSettings.DISPATCHER));
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
        .onMessage(Again.class, message -> load())
        .onMessage(Loaded.class, this::loaded)
        .onMessage(Judged.class, this::judged)
        .onMessage(Prepared.class, this::prepared)
        .onMessage(Answered.class, this::answered)
        .onMessage(Resend.class, message -> command(message.command()))
        .onMessage(TryAgain.class, message -> perform(message.intent()))
        .onMessage(Acted.class, this::acted)
        .onMessage(GoIdle.class, this::goIdle)
        .build();
  }

  private Behavior<Message> wake(Wake message) {
    if (busy) {
      return this;
    }
    busy = true;
    declined = 0;
    waitingSince = tools.clock().instant();
    timers.cancel(GoIdle.class);
    return load();
  }

  private Behavior<Message> load() {
    getContext()
        .pipeToSelf(
            tools.cases().read(caseId),
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
    if (Move.next(logged.state(), List.of()) instanceof Move.Rest) {
      tools.changes().carryOut(caseId, logged);
      return rest();
    }
    if (plans != null) {
      return go(logged, plans);
    }
    getContext()
        .pipeToSelf(
            tools.check().check(logged),
            (verdict, failure) -> new Judged(logged, verdict, failure));
    return this;
  }

  private Behavior<Message> judged(Judged message) {
    Verdict verdict = message.verdict();
    if (verdict instanceof Verdict.Ready ready) {
      plans = ready.plans();
      return go(message.logged(), ready.plans());
    }
    if (verdict instanceof Verdict.Refuse refuse) {
      getContext().getLog().error("case {}: execution refused: {}", caseId, refuse);
      return command(new CaseCommand.RefuseExecution(refuse.code(), refuse.detail()));
    }
    return later(
        verdict instanceof Verdict.Wait wait
            ? wait.reason()
            : "the check failed: " + message.failure());
  }

  private Behavior<Message> go(LoggedCase logged, List<StepPlan> steps) {
    Move move = Move.next(logged.state(), steps);
    if (move instanceof Move.Start) {
      return command(
          new CaseCommand.StartExecution(
              tools.actions().adapter(), steps.stream().map(StepPlan::step).toList()));
    }
    if (move instanceof Move.Intend intend) {
      return prepare(intend.plan());
    }
    if (move instanceof Move.Perform perform) {
      return begin(perform.intent());
    }
    return move instanceof Move.End ? command(new CaseCommand.EndExecution()) : rest();
  }

  /** Looks up what the intent must pin; a target that does not answer fails in the step itself. */
  private Behavior<Message> prepare(StepPlan plan) {
    ActionOrder order =
        new ActionOrder(
            caseId, plan.step(), plan.action(), plan.target(), plan.parameters(), fence(plan));
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> tools.actions().prepare(order), blocking),
            (pins, failure) -> new Prepared(plan, pins == null ? Map.of() : pins));
    return this;
  }

  private String fence(StepPlan plan) {
    return caseId + "/" + plan.step();
  }

  private Behavior<Message> prepared(Prepared message) {
    StepPlan plan = message.plan();
    intendedHere = plan.step();
    Map<String, String> parameters = new TreeMap<>(plan.parameters());
    parameters.putAll(message.pins());
    Duration timeout = plan.timeout().isZero() ? tools.settings().stepTimeout() : plan.timeout();
    Instant deadline = tools.clock().instant().plus(timeout).truncatedTo(ChronoUnit.MILLIS);
    return command(
        new CaseCommand.IntendStep(
            plan.step(), 1, plan.action(), plan.target(), parameters, fence(plan), deadline));
  }

  /** An intent of an earlier life may have had its effect; one of this life has not. */
  private Behavior<Message> begin(CaseEvent.StepIntended intent) {
    boolean resumed = !intent.step().equals(intendedHere);
    intendedHere = "";
    attempts = 0;
    maybeApplied = resumed;
    if (resumed && !tools.actions().fences(intent.action())) {
      return observe(
          intent,
          StepOutcome.UNKNOWN,
          "a crash left it open whether this was done, and it cannot be repeated safely",
          "[]");
    }
    return perform(intent);
  }

  private Behavior<Message> perform(CaseEvent.StepIntended intent) {
    boolean late = !tools.clock().instant().isBefore(intent.deadline());
    return late ? giveUp(intent, "the deadline has passed", "[]") : act(intent, false);
  }

  private Behavior<Message> act(CaseEvent.StepIntended intent, boolean lastWord) {
    attempts++;
    ActionOrder order =
        new ActionOrder(
            caseId,
            intent.step(),
            intent.action(),
            intent.target(),
            intent.parameters(),
            intent.fence());
    ClusterActions actions = tools.actions();
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> lastWord ? actions.reconcile(order) : actions.perform(order), blocking),
            (result, failure) ->
                new Acted(
                    intent,
                    result != null
                        ? result
                        : new ActionResult.Retry(
                            String.valueOf(failure), "[]", Optional.empty(), true),
                    lastWord));
    return this;
  }

  private Behavior<Message> acted(Acted message) {
    ActionResult result = message.result();
    CaseEvent.StepIntended intent = message.intent();
    if (result instanceof ActionResult.Done) {
      return observe(intent, StepOutcome.DONE, result.detail(), result.requests());
    }
    if (result instanceof ActionResult.Rehearsed) {
      return observe(intent, StepOutcome.REHEARSED, result.detail(), result.requests());
    }
    if (result instanceof ActionResult.Retry retry && !message.lastWord()) {
      return retry(intent, retry);
    }
    StepOutcome outcome =
        result instanceof ActionResult.Retry ? StepOutcome.UNKNOWN : StepOutcome.FAILED;
    return observe(intent, outcome, result.detail(), result.requests());
  }

  private Behavior<Message> retry(CaseEvent.StepIntended intent, ActionResult.Retry retry) {
    maybeApplied = maybeApplied || retry.maybeApplied();
    Duration pause = pause(retry.after());
    boolean inTime = tools.clock().instant().plus(pause).isBefore(intent.deadline());
    if (attempts >= tools.settings().maxAttempts() || !inTime) {
      return giveUp(intent, retry.detail(), retry.requests());
    }
    timers.startSingleTimer(new TryAgain(intent), pause);
    return this;
  }

  private Duration pause(Optional<Duration> asked) {
    ExecutionSettings settings = tools.settings();
    Duration own = settings.retryBackoff().multipliedBy(1L << Math.min(attempts - 1, 16));
    Duration bounded =
        own.compareTo(settings.retryBackoffMax()) > 0 ? settings.retryBackoffMax() : own;
    return asked.filter(a -> a.compareTo(bounded) > 0).orElse(bounded);
  }

  /** No further attempt; whether an earlier one had its effect is looked up once. */
  private Behavior<Message> giveUp(CaseEvent.StepIntended intent, String why, String requests) {
    return maybeApplied ? act(intent, true) : observe(intent, StepOutcome.FAILED, why, requests);
  }

  private Behavior<Message> observe(
      CaseEvent.StepIntended intent, StepOutcome outcome, String detail, String requests) {
    return command(
        new CaseCommand.ObserveStep(intent.step(), intent.attempt(), outcome, detail, requests));
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
        intendedHere = "";
      }
      expectedSeq = Math.max(expectedSeq, done.value().seq());
      declined = 0;
      waitingSince = tools.clock().instant();
      return load();
    }
    if (answer instanceof Answer.Declined<Receipt> no) {
      declined++;
      intendedHere = "";
      getContext().getLog().warn("case {}: {}", caseId, no.refusal());
      return declined >= MAX_DECLINED ? rest() : again(new Again());
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
    if (!reason.equals(saidReason)) {
      saidReason = reason;
      getContext().getLog().info("case {} waits: {}", caseId, reason);
    }
    boolean tooLong =
        tools.clock().instant().isAfter(waitingSince.plus(tools.settings().maxWait()));
    return tooLong ? rest() : again(next);
  }

  private Behavior<Message> again(Message next) {
    timers.startSingleTimer(next, tools.settings().poll());
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
