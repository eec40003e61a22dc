package witan.actors.log;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.peer.NodeSignature;
import witan.actors.peer.PeerRefused;
import witan.log.checkpoint.NoteSigner;

/**
 * The one place where a log grows: a sharded entity per log. It stops itself when it was succeeded
 * or its store fails for long; the next message starts it again. What it has not answered is sent
 * again by who waits for it.
 */
public final class Sequencer extends AbstractBehavior<Sequencer.Command> implements SequencerHost {
  /** The entity id is the log's. */
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "sequencer");

  /** What a sequencer understands. */
  public sealed interface Command {}

  /**
   * Logs entries.
   *
   * @param items one chain of the pid, in order; logged whole
   * @param signature {@link AppendSignature}; null between nodes without certificates
   */
  public record Append(
      String pid,
      List<LogItem> items,
      @Nullable NodeSignature signature,
      ActorRef<LogReply> replyTo)
      implements Command {
    public Append {
      items = List.copyOf(items);
    }
  }

  public record AskHead(String pid, ActorRef<LogReply> replyTo) implements Command {}

  /** Hand-over to another node: like a crash, it loses nothing. */
  public record Stop() implements Command, NoSerializationVerificationNeeded {}

  private record Run(Runnable task) implements Command, NoSerializationVerificationNeeded {}

  private final ActorRef<Command> self;
  private final SequencerCore core;
  private final Counters counters;
  private final Supplier<Instant> clock;
  private final Consumer<Append> senders;
  private boolean stopped;

  private Sequencer(
      ActorContext<Command> context,
      LogGenerations log,
      LogMemory memory,
      EntryFormat format,
      NoteSigner signer,
      SequencerSettings settings,
      Counters counters,
      Supplier<Instant> clock,
      Consumer<Append> senders) {
    super(context);
    this.self = context.getSelf();
    this.counters = counters;
    this.clock = clock;
    this.senders = senders;
    this.core = new SequencerCore(log, memory, format, signer, settings, this);
  }

  /**
   * The sequencer of a log.
   *
   * @param memory of this node
   * @param clock of this node, whole milliseconds
   * @param senders throws {@link PeerRefused} for an append whose sender may not append
   */
  public static Behavior<Command> create(
      LogGenerations log,
      LogMemory memory,
      EntryFormat format,
      NoteSigner signer,
      SequencerSettings settings,
      Counters counters,
      Supplier<Instant> clock,
      Consumer<Append> senders) {
    return Behaviors.setup(
        context -> {
          Sequencer sequencer =
              new Sequencer(
                  context, log, memory, format, signer, settings, counters, clock, senders);
          sequencer.core.start();
          return sequencer;
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Append.class, this::append)
        .onMessage(AskHead.class, this::askHead)
        .onMessage(Run.class, this::run)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onSignal(PostStop.class, signal -> left())
        .build();
  }

  private Behavior<Command> append(Append append) {
    try {
      senders.accept(append);
      core.append(append.items(), append.replyTo()::tell);
    } catch (PeerRefused refused) {
      counters
          .refusedSender("append", refused.code())
          .ifPresent(
              untold ->
                  getContext()
                      .getLog()
                      .error(
                          "REFUSED_SENDER: an append of {} from {} is not taken, {} ({} more since"
                              + " the last time)",
                          append.pid(),
                          append.replyTo().path().address(),
                          refused.getMessage(),
                          untold));
    } catch (RuntimeException e) {
      getContext().getLog().error("refused an append of {}", append.pid(), e);
    }
    return next();
  }

  private Behavior<Command> askHead(AskHead ask) {
    core.head(ask.pid(), ask.replyTo()::tell);
    return next();
  }

  private Behavior<Command> run(Run run) {
    run.task().run();
    return next();
  }

  private Behavior<Command> left() {
    counters.protection.left();
    return this;
  }

  private Behavior<Command> next() {
    return stopped ? Behaviors.stopped() : this;
  }

  @Override
  public void execute(Runnable task) {
    self.tell(new Run(task));
  }

  @Override
  public void after(Duration delay, Runnable task) {
    getContext().scheduleOnce(delay, self, new Run(task));
  }

  @Override
  public Instant now() {
    return clock.get();
  }

  @Override
  public UUID batchId() {
    return UUID.randomUUID();
  }

  @Override
  public void stop(String reason, boolean alarm) {
    stopped = true;
    if (alarm) {
      counters.alarms.increment();
      getContext().getLog().error("ALARM, the sequencer stops: {}", reason);
    } else {
      counters
          .sequencerStops
          .turn()
          .ifPresent(
              untold ->
                  getContext()
                      .getLog()
                      .warn(
                          "the sequencer stops, to start again: {} ({} more since the last time)",
                          reason,
                          untold));
    }
  }

  /** It lives on and answers nobody: stopped, the next message would start it again. */
  @Override
  public void halt(String why) {
    counters.alarms.increment();
    counters.protection.halted(why);
    getContext()
        .getLog()
        .error(
            "ALARM, the log stands still until a person has looked and started the nodes: {}", why);
  }

  @Override
  public void accepted(LogMemory.Asked asked, long size) {
    counters.protection.accepted(asked, size);
    if (asked.known().isEmpty() && size > 0) {
      counters.unprotectedStarts.increment();
      getContext()
          .getLog()
          .warn(
              "{}: nothing outside the database knows the log of size {}; it is taken as it is (no"
                  + " answer: {})",
              LogProtection.UNPROTECTED,
              size,
              asked.silent());
    }
  }

  @Override
  public void oldVersion(String pid) {
    counters
        .oldVersions
        .turn()
        .ifPresent(
            untold ->
                getContext()
                    .getLog()
                    .error(
                        "an entry of {} is of an older version than the log, and is not taken: stop"
                            + " the node of the earlier release ({} more since the last time)",
                        pid,
                        untold));
  }

  @Override
  public void committed(int entries) {
    counters.batchesCommitted.increment();
    counters.entriesCommitted.add(entries);
  }
}
