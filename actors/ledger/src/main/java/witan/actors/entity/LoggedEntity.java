package witan.actors.entity;

import akka.Done;
import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotSelectionCriteria;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.Recovery;
import akka.persistence.typed.javadsl.SignalHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import witan.actors.log.LogClock;
import witan.actors.log.LogGenerations;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.actors.log.Sequencer;
import witan.actors.peer.NodeProof;
import witan.actors.spi.Driver;
import witan.actors.spi.StoredEntry;
import witan.actors.waiting.WaitsTold;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Digest;

/**
 * The shell of every aggregate: an event-sourced actor around an {@link EntityCore}. There are no
 * snapshots: a case is short, and the journal of logged entries can be rebuilt from the log.
 */
public final class LoggedEntity<S, C, E>
    extends EventSourcedBehavior<
        LoggedEntity.Message, Recorded, EntityCore<S, C, E, ActorRef<Answer<Receipt>>>>
    implements EntityPort<S, ActorRef<Answer<Receipt>>> {
  /** A list of rows goes to Cassandra as one batch, whose default limit is 50 KiB. */
  private static final int PERSIST_BYTES = 32 << 10;

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** What an entity understands. */
  public sealed interface Message {}

  /**
   * Asks for a decision.
   *
   * @param command bytes of one of the aggregate's; not copied, nobody writes to them
   * @param proof of who sent it; null between nodes without certificates
   * @param replyTo is told Done only of what is logged
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Submit(byte[] command, @Nullable NodeProof proof, ActorRef<Answer<Receipt>> replyTo)
      implements Message {}

  /**
   * Asks for a sign of life, and to look whether another writer has logged something.
   *
   * @param replyTo is told when the entity has caught up with journal and log; else nothing is said
   */
  public record Ping(ActorRef<Done> replyTo) implements Message {}

  /** Asks why the entity waits, as far as its driver knows. */
  public record AskWaits(ActorRef<WaitsTold> replyTo) implements Message {}

  /** Hand-over or passivation; obeyed when nothing is pending. */
  public record Stop() implements Message, NoSerializationVerificationNeeded {}

  private sealed interface Internal extends Message, NoSerializationVerificationNeeded {}

  private record FromLog(LogReply reply) implements Internal {}

  private record LogRead(List<StoredEntry> entries) implements Internal {}

  private record LoadKey(String subject, boolean make) implements Internal {}

  @SuppressWarnings("ArrayRecordComponent")
  private record KeyLoaded(String subject, byte @Nullable [] key) implements Internal {}

  private record ContentLoaded(Digest digest, boolean found) implements Internal {}

  private enum Signal implements Internal {
    TICK,
    DRIVE,
    PERSIST_REST,
    UNUSED
  }

  private final ActorContext<Message> context;
  private final TimerScheduler<Message> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final Decider<S, C, E> decider;
  private final Class<C> commands;
  private final String entityId;
  private final Driver<S> driver;
  private final EntitySurroundings around;
  private final ActorRef<LogReply> replies;
  private final EntityCore<S, C, E, ActorRef<Answer<Receipt>>> core;
  private Sequencer.@Nullable Append sent;
  private List<Recorded> toPersist = List.of();
  private boolean stopping;

  private LoggedEntity(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Decider<S, C, E> decider,
      Class<C> commands,
      String entityId,
      Driver<S> driver,
      EntitySurroundings around) {
    // A journal of its own for each generation, filled from the log: that of a closed one may hold
    // what was lost.
    super(PersistenceId.ofUniqueId(LogGenerations.name(decider.pid(), around.generation())));
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.decider = decider;
    this.commands = commands;
    this.entityId = entityId;
    this.driver = driver;
    this.around = around;
    this.replies = context.messageAdapter(LogReply.class, FromLog::new);
    this.core = new EntityCore<>(decider, this);
    context.setReceiveTimeout(decider.settings().passivateAfter(), Signal.UNUSED);
  }

  /** After a failure it recovers by itself, later each time. */
  public static <S, C, E> Behavior<Message> create(
      ActorRef<ClusterSharding.ShardCommand> shard,
      Decider<S, C, E> decider,
      Class<C> commands,
      String entityId,
      Driver<S> driver,
      EntitySurroundings around) {
    EntitySettings settings = decider.settings();
    return Behaviors.supervise(
            Behaviors.<Message>setup(
                context ->
                    Behaviors.withTimers(
                        timers ->
                            new LoggedEntity<>(
                                context, timers, shard, decider, commands, entityId, driver,
                                around))))
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(
                settings.minBackoff(), settings.maxBackoff(), 0.2));
  }

  @Override
  public EntityCore<S, C, E, ActorRef<Answer<Receipt>>> emptyState() {
    return core;
  }

  @Override
  public Recovery recovery() {
    return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public EventHandler<EntityCore<S, C, E, ActorRef<Answer<Receipt>>>, Recorded> eventHandler() {
    return (state, row) -> {
      state.replay(row);
      return state;
    };
  }

  @Override
  public SignalHandler<EntityCore<S, C, E, ActorRef<Answer<Receipt>>>> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> state.recovered())
        .onSignal(PostStop.class, (state, signal) -> driver.stopped(entityId))
        .build();
  }

  @Override
  public CommandHandler<Message, Recorded, EntityCore<S, C, E, ActorRef<Answer<Receipt>>>>
      commandHandler() {
    return (state, message) -> {
      handle(message);
      return effect();
    };
  }

  private void handle(Message message) {
    if (message instanceof Submit submit) {
      around
          .messages()
          .open(commands, decider.pid(), submit)
          .ifPresent(command -> core.submit(command, submit.replyTo()));
    } else if (message instanceof FromLog from) {
      fromLog(from.reply());
    } else if (message instanceof LogRead read) {
      core.logRead(read.entries());
    } else if (message instanceof LoadKey load) {
      loadKey(load.subject(), load.make());
    } else if (message instanceof KeyLoaded loaded) {
      core.keyLoaded(loaded.subject(), loaded.key());
    } else if (message instanceof ContentLoaded loaded) {
      core.contentLoaded(loaded.digest(), loaded.found());
    } else if (message instanceof Ping ping) {
      if (core.active()) {
        ping.replyTo().tell(Done.getInstance());
      }
      core.look();
    } else if (message instanceof AskWaits ask) {
      ask.replyTo().tell(new WaitsTold(driver.waits(entityId)));
    } else if (message instanceof Stop) {
      stopping = true;
    } else if (message == Signal.TICK) {
      core.tick();
    } else if (message == Signal.DRIVE) {
      drive(core.logged());
    } else if (message == Signal.UNUSED && core.dormant()) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
  }

  private void fromLog(LogReply reply) {
    if (reply instanceof LogReply.Appended appended) {
      around.counters().clock.taken();
      core.appended(appended);
    } else if (reply instanceof LogReply.NotHead notHead) {
      core.notHead(notHead);
    } else if (reply instanceof LogReply.BadTime badTime) {
      core.badTime(badTime);
    } else if (reply instanceof LogReply.HeadIs headIs) {
      core.headIs(headIs);
    }
  }

  /** A long list is persisted in parts: what is missing after a crash is in the log. */
  private Effect<Recorded, EntityCore<S, C, E, ActorRef<Answer<Receipt>>>> effect() {
    if (toPersist.isEmpty()) {
      return stopping && core.idle() ? Effect().stop() : Effect().none();
    }
    int count = 0;
    for (int bytes = 0; count < toPersist.size(); count++) {
      bytes += toPersist.get(count).item().size();
      if (count > 0 && bytes > PERSIST_BYTES) {
        break;
      }
    }
    List<Recorded> part = toPersist.subList(0, count);
    toPersist = toPersist.subList(count, toPersist.size());
    return Effect().persist(part).thenRun(state -> persistedPart());
  }

  private void persistedPart() {
    if (toPersist.isEmpty()) {
      core.persisted();
    } else {
      context.getSelf().tell(Signal.PERSIST_REST);
    }
    if (stopping) {
      context.getSelf().tell(new Stop());
    }
  }

  // ---- what the core asks for -------------------------------------------------------------

  @Override
  public void append(List<LogItem> items) {
    if (sent == null || !sent.items().equals(items)) {
      sent = around.messages().append(decider.pid(), items, decider.format(), replies);
    }
    around.sequencer().tell(sent);
  }

  @Override
  public void askHead() {
    around.sequencer().tell(new Sequencer.AskHead(decider.pid(), replies));
  }

  @Override
  public void readLog(long fromSeq) {
    context.pipeToSelf(
        around.log().ofPid(decider.pid(), fromSeq),
        (entries, failure) -> new LogRead(failure == null ? entries : List.of()));
  }

  @Override
  public void persist(List<Recorded> events) {
    toPersist = events;
  }

  @Override
  public void reply(ActorRef<Answer<Receipt>> to, Answer<Receipt> answer) {
    to.tell(answer);
  }

  @Override
  public void loadKey(String subject, boolean make) {
    if (make) {
      context.pipeToSelf(
          around.keys().keyFor(subject),
          (key, failure) ->
              failure == null ? new KeyLoaded(subject, key) : keyLater(subject, true));
    } else {
      context.pipeToSelf(
          around.keys().existing(subject),
          (key, failure) ->
              failure == null
                  ? new KeyLoaded(subject, key.orElse(null))
                  : keyLater(subject, false));
    }
  }

  /** The wait is on the scheduler: this runs on the completing thread. */
  private Message keyLater(String subject, boolean make) {
    LoadKey again = new LoadKey(subject, make);
    context
        .getSystem()
        .scheduler()
        .scheduleOnce(
            RETRY, () -> context.getSelf().tell(again), context.getSystem().executionContext());
    return Signal.PERSIST_REST;
  }

  @Override
  public void loadContent(Digest digest) {
    context.pipeToSelf(
        around.content().apply(digest),
        (found, failure) -> new ContentLoaded(digest, failure == null && found));
  }

  @Override
  public void tickLater(boolean append) {
    Duration wait = append ? decider.settings().resend() : decider.settings().askAgain();
    long half = wait.toMillis() / 2;
    timers.startSingleTimer(
        Signal.TICK, Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1)));
  }

  @Override
  public void drive(S logged) {
    timers.cancel(Signal.DRIVE);
    driver
        .drive(entityId, logged, decider.clock().get())
        .ifPresent(wait -> timers.startSingleTimer(Signal.DRIVE, wait));
  }

  @Override
  public void writerConflict() {
    around.counters().writerConflicts.increment();
    context.getLog().warn("WRITER_CONFLICT: another writer of {} was first", decider.pid());
  }

  @Override
  public void badTime(LogReply.BadTime reply) {
    Instant now = decider.clock().get();
    around.counters().badTimes.increment();
    if (around.counters().clock.refused(reply.window(), now)) {
      around
          .counters()
          .clockWarnings
          .turn()
          .ifPresent(
              untold ->
                  context
                      .getLog()
                      .warn(
                          "CLOCK_DIFFERS: {} ({} more since the last time)",
                          LogClock.text(reply.window(), now),
                          untold));
    } else {
      context
          .getLog()
          .info(
              "an append of {} was too old when it came to the log, to be decided again",
              decider.pid());
    }
  }

  @Override
  public RuntimeException fail(String reason, boolean alarm) {
    around.counters().entityFailures.increment();
    if (alarm) {
      around.counters().alarms.increment();
      context.getLog().error("ALARM, {} stops: {}", decider.pid(), reason);
    }
    return new IllegalStateException(decider.pid() + ": " + reason);
  }
}
