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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
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
import witan.domain.playbook.PlannedStep;
import witan.domain.playbook.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.NextWork;
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

  private record Contained(LoggedCase logged, @Nullable Move move, @Nullable Throwable failure)
      implements Message {}

  private record Judged(LoggedCase logged, @Nullable Verdict verdict, @Nullable Throwable failure)
      implements Message {}

  /** What follows from logged state and from what was looked up; null command: not yet. */
  private record Due(@Nullable CaseCommand command, @Nullable Throwable failure)
      implements Message {}

  private record Prepared(PlannedStep step, Map<String, String> pins) implements Message {}

  private record Answered(
      CaseCommand command, @Nullable Answer<Receipt> answer, @Nullable Throwable failure)
      implements Message {}

  private record Acted(CaseEvent.StepIntended intent, ActionResult result, boolean lastWord)
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
      GovernedExecution changes,
      ExecutionSettings settings,
      Lanes lanes,
      InstantSource clock) {}

  private final CaseId caseId;
  private final Tools tools;
  private final TimerScheduler<Message> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final StepCalls calls;
  private final StepOrders orders;

  private boolean busy;
  private boolean sleeping;
  private @Nullable PlannedWorkflow plan;

  /** As read last, so that the next look reads only what is new. */
  private @Nullable LoggedCase known;

  private long expectedSeq;
  private int declined;

  /** Whether the decision was refused while effects of a provisional containment are there. */
  private boolean refused;

  private boolean contained;
  private Instant waitingSince = Instant.MAX;
  private String saidReason = "";

  /** The step that this instance intended or took up; what it knows of it is below. */
  private String ours = "";

  private int attempts;
  private boolean maybeApplied;

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
    this.orders = new StepOrders(caseId, tools.settings().stepTimeout());
    this.calls =
        new StepCalls(
            tools.actions(),
            tools.lanes(),
            context
                .getSystem()
                .dispatchers()
                .lookup(DispatcherSelector.fromConfig(ExecutionSettings.DISPATCHER)),
            tools.clock());
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
        .onMessage(Contained.class, this::contained)
        .onMessage(Judged.class, this::judged)
        .onMessage(Due.class, this::due)
        .onMessage(Prepared.class, this::prepared)
        .onMessage(Answered.class, this::answered)
        .onMessage(Resend.class, message -> command(message.command()))
        .onMessage(Acted.class, this::acted)
        .onMessage(GoIdle.class, this::goIdle)
        .build();
  }

  private Behavior<Message> wake(Wake message) {
    if (busy && !sleeping) {
      return this;
    }
    // What a delay waits for may have changed: an operator may have ended the execution.
    timers.cancel(Again.class);
    sleeping = false;
    busy = true;
    declined = 0;
    waitingSince = tools.clock().instant();
    timers.cancel(GoIdle.class);
    return load();
  }

  private Behavior<Message> lookAgain(Again message) {
    sleeping = false;
    return load();
  }

  private Behavior<Message> load() {
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
    contained = NextWork.containment(logged.state());
    if (!contained) {
      return decided(logged);
    }
    getContext()
        .pipeToSelf(
            tools.containment().next(logged, refused),
            (move, failure) -> new Contained(logged, move, failure));
    return this;
  }

  /** What comes before a decision, and what is taken back after it, goes first. */
  private Behavior<Message> contained(Contained message) {
    Move move = message.move();
    if (move instanceof Move.Tell tell) {
      return command(tell.command());
    }
    if (move instanceof Move.Intend intend) {
      return prepare(intend.step());
    }
    if (move instanceof Move.Perform perform) {
      return begin(perform.intent(), false);
    }
    if (move instanceof Move.Over over) {
      return command(new CaseCommand.EndContainment(over.reason()));
    }
    if (move instanceof Move.Rest) {
      return decided(message.logged());
    }
    return later(
        move instanceof Move.Later wait
            ? wait.reason()
            : "the containment cannot be looked after: " + message.failure());
  }

  private Behavior<Message> decided(LoggedCase logged) {
    if (Move.rests(logged.state())) {
      tools.changes().carryOut(caseId, logged);
      return rest();
    }
    if (plan != null) {
      return go(logged, plan);
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
      plan = ready.plan();
      return go(message.logged(), ready.plan());
    }
    if (verdict instanceof Verdict.Refuse refuse) {
      getContext().getLog().error("case {}: execution refused: {}", caseId, refuse);
      return refuse(new CaseCommand.RefuseExecution(refuse.code(), refuse.detail()));
    }
    return later(
        verdict instanceof Verdict.Wait wait
            ? wait.reason()
            : "the check failed: " + message.failure());
  }

  /** What is there provisionally is taken back first: nothing follows the end of a case. */
  private Behavior<Message> refuse(CaseCommand.RefuseExecution command) {
    if (contained) {
      refused = true;
      return load();
    }
    return command(command);
  }

  private Behavior<Message> go(LoggedCase logged, PlannedWorkflow workflow) {
    Move move = Move.next(logged.state(), workflow, tools.clock().instant());
    if (move instanceof Move.Start) {
      return await(tools.drift().before(caseId, logged, workflow));
    }
    if (move instanceof Move.Intend intend) {
      return prepare(intend.step());
    }
    if (move instanceof Move.Perform perform) {
      return begin(perform.intent(), aborted(logged));
    }
    if (move instanceof Move.Sleep sleep) {
      return sleep(sleep.until());
    }
    if (move instanceof Move.End end) {
      CaseCommand last = new CaseCommand.EndExecution(end.outcome(), end.detail());
      return await(tools.drift().after(logged).thenApply(due -> Optional.of(due.orElse(last))));
    }
    return rest();
  }

  private Behavior<Message> await(CompletionStage<Optional<CaseCommand>> next) {
    getContext()
        .pipeToSelf(
            next,
            (command, failure) -> new Due(command == null ? null : command.orElse(null), failure));
    return this;
  }

  private Behavior<Message> due(Due message) {
    CaseCommand command = message.command();
    if (command instanceof CaseCommand.RefuseExecution refusal) {
      return refuse(refusal);
    }
    return command != null
        ? command(command)
        : later(
            message.failure() == null
                ? "what it would touch is not known yet"
                : "what it would touch cannot be looked up: " + message.failure());
  }

  /** Busy all the while; a wake in between looks earlier. */
  private Behavior<Message> sleep(Instant until) {
    Duration left = Duration.between(tools.clock().instant(), until);
    waitingSince = until;
    sleeping = true;
    timers.startSingleTimer(
        Again.class, new Again(), left.isNegative() ? Duration.ZERO : left.plusMillis(1));
    return this;
  }

  /** Looks up what the intent must pin; a target that does not answer fails in the step itself. */
  private Behavior<Message> prepare(PlannedStep step) {
    ActionOrder order = orders.before(step);
    getContext()
        .pipeToSelf(
            calls.prepare(order),
            (pins, failure) -> new Prepared(step, pins == null ? Map.of() : pins));
    return this;
  }

  private Behavior<Message> prepared(Prepared message) {
    ours = message.step().id();
    attempts = 0;
    maybeApplied = false;
    Map<String, String> pins = new TreeMap<>(message.pins());
    // A step that was confirmed was done under its provisional fence.
    undone(message.step().id()).ifPresent(intent -> pins.put(ActionOrder.UNDOES, intent.fence()));
    return command(orders.intent(message.step(), pins, tools.clock().instant()));
  }

  private Optional<CaseEvent.StepIntended> undone(String step) {
    Execution execution = known == null ? null : known.state().execution();
    return execution == null || !step.startsWith(Execution.UNDO)
        ? Optional.empty()
        : Optional.ofNullable(execution.intents().get(step.substring(Execution.UNDO.length())));
  }

  private static boolean aborted(LoggedCase logged) {
    Execution execution = logged.state().execution();
    return execution != null && execution.abort() != null;
  }

  /**
   * Before each attempt, with the case as logged just now. An intent of an earlier life may have
   * had its effect; one of this life has not, unless an attempt says so.
   */
  private Behavior<Message> begin(CaseEvent.StepIntended intent, boolean aborted) {
    if (!intent.step().equals(ours)) {
      ours = intent.step();
      attempts = 0;
      maybeApplied = true;
      if (!tools.actions().fences(orders.of(intent))) {
        return observe(
            intent,
            StepOutcome.UNKNOWN,
            "a crash left it open whether this was done, and it cannot be repeated safely",
            "[]");
      }
    }
    if (aborted && !intent.step().startsWith(Execution.UNDO)) {
      return giveUp(intent, "an operator ended the execution", "[]");
    }
    boolean late = !tools.clock().instant().isBefore(intent.deadline());
    return late ? giveUp(intent, "the deadline has passed", "[]") : act(intent, false);
  }

  private Behavior<Message> act(CaseEvent.StepIntended intent, boolean lastWord) {
    attempts++;
    ActionOrder order = orders.of(intent);
    getContext()
        .pipeToSelf(
            lastWord ? calls.reconcile(order) : calls.perform(intent, order),
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
    if (result instanceof ActionResult.Waiting && !message.lastWord()) {
      maybeApplied = true;
      return again(new Again());
    }
    boolean open = result instanceof ActionResult.Retry || result instanceof ActionResult.Unknown;
    StepOutcome outcome = open ? StepOutcome.UNKNOWN : StepOutcome.FAILED;
    return observe(intent, outcome, result.detail(), result.requests());
  }

  private Behavior<Message> retry(CaseEvent.StepIntended intent, ActionResult.Retry retry) {
    maybeApplied = maybeApplied || retry.maybeApplied();
    Duration pause = tools.settings().pause(attempts, retry.after());
    boolean inTime = tools.clock().instant().plus(pause).isBefore(intent.deadline());
    if (attempts >= tools.settings().maxAttempts() || !inTime) {
      return giveUp(intent, retry.detail(), retry.requests());
    }
    timers.startSingleTimer(Again.class, new Again(), pause);
    return this;
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
        ours = "";
      }
      expectedSeq = Math.max(expectedSeq, done.value().seq());
      declined = 0;
      waitingSince = tools.clock().instant();
      return load();
    }
    if (answer instanceof Answer.Declined<Receipt> no) {
      declined++;
      ours = "";
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
