package witan.actors.correlation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotSelectionCriteria;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.Recovery;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import witan.domain.correlation.CorrelationAggregate;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.correlation.CorrelationEvent;
import witan.domain.correlation.CorrelationState;

/**
 * The correlation of one resource: a shell around {@link CorrelationAggregate}, kept in Akka's
 * journal and not in the log. Answers after its events are persisted. An idle one may be passivated
 * at any time: what is pending is forwarded again when the sensor sends it again.
 */
public final class CorrelationEntity
    extends EventSourcedBehaviorWithEnforcedReplies<
        CorrelationEntity.Message, CorrelationEvent, CorrelationState> {
  public static final EntityTypeKey<Message> TYPE =
      EntityTypeKey.create(Message.class, "witan-correlation");

  private static final Duration IDLE = Duration.ofMinutes(5);

  /** What it understands. */
  public sealed interface Message {}

  public record Ask(CorrelationCommand command, ActorRef<CorrelationAnswer> replyTo)
      implements Message {}

  private record Idle() implements Message {}

  private final CorrelationAggregate aggregate;
  private final InstantSource clock;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final ActorContext<Message> context;

  private CorrelationEntity(
      ActorContext<Message> context,
      String entityId,
      ActorRef<ClusterSharding.ShardCommand> shard,
      CorrelationAggregate aggregate,
      InstantSource clock) {
    // A key, and a resource's name, may contain the separator, which the other factory refuses.
    super(PersistenceId.ofUniqueId(TYPE.name() + "|" + entityId));
    this.context = context;
    this.aggregate = aggregate;
    this.clock = clock;
    this.shard = shard;
  }

  /**
   * One resource.
   *
   * @param entityId {@link witan.domain.detection.Resource#correlationKey()}
   */
  public static Behavior<Message> create(
      String entityId,
      ActorRef<ClusterSharding.ShardCommand> shard,
      CorrelationAggregate aggregate,
      InstantSource clock) {
    return Behaviors.setup(
        context -> {
          context.setReceiveTimeout(IDLE, new Idle());
          return new CorrelationEntity(context, entityId, shard, aggregate, clock);
        });
  }

  @Override
  public CorrelationState emptyState() {
    return CorrelationState.EMPTY;
  }

  /** There are no snapshots: not to look for one saves each new resource a query. */
  @Override
  public Recovery recovery() {
    return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public CommandHandlerWithReply<Message, CorrelationEvent, CorrelationState> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Ask.class, this::decide)
        .onCommand(Idle.class, (state, idle) -> passivate())
        .build();
  }

  @Override
  public EventHandler<CorrelationState, CorrelationEvent> eventHandler() {
    return aggregate::apply;
  }

  private ReplyEffect<CorrelationEvent, CorrelationState> decide(CorrelationState state, Ask ask) {
    CorrelationAnswer answer =
        aggregate.decide(state, ask.command(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    List<CorrelationEvent> events = events(answer);
    return events.isEmpty()
        ? Effect().reply(ask.replyTo(), answer)
        : Effect().persist(events).thenReply(ask.replyTo(), persisted -> answer);
  }

  private ReplyEffect<CorrelationEvent, CorrelationState> passivate() {
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Effect().noReply();
  }

  private static List<CorrelationEvent> events(CorrelationAnswer answer) {
    if (answer instanceof CorrelationAnswer.Forward forward) {
      return forward.events();
    }
    return answer instanceof CorrelationAnswer.Noted noted ? noted.events() : List.of();
  }
}
