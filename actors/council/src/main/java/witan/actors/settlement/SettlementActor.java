package witan.actors.settlement;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Goes from round to round, one instance in the cluster. Nothing that matters is in memory: a new
 * instance, on this node or another, goes on from the cursor.
 */
public final class SettlementActor extends AbstractBehavior<SettlementActor.Message> {
  /** All of them are its own. */
  public sealed interface Message {}

  private record Look() implements Message {}

  private record Reached(@Nullable Long next, @Nullable Throwable failure) implements Message {}

  private final TimerScheduler<Message> timers;
  private final Settlements settlements;
  private final SettlementSettings settings;
  private long next = -1;
  private Duration pause;

  private SettlementActor(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      Settlements settlements,
      SettlementSettings settings) {
    super(context);
    this.timers = timers;
    this.settlements = settlements;
    this.settings = settings;
    this.pause = settings.interval();
    context.getSelf().tell(new Look());
  }

  public static Behavior<Message> create(Settlements settlements, SettlementSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SettlementActor(context, timers, settlements, settings)));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, message -> look())
        .onMessage(Reached.class, this::reached)
        .build();
  }

  private Behavior<Message> look() {
    getContext().pipeToSelf(next < 0 ? settlements.begin() : settlements.round(next), Reached::new);
    return this;
  }

  private Behavior<Message> reached(Reached message) {
    Long now = message.next();
    if (now == null) {
      getContext()
          .getLog()
          .warn("settlement waits at entry {}: {}", next, String.valueOf(message.failure()));
      timers.startSingleTimer(new Look(), pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(settings.backoffMax()) > 0 ? settings.backoffMax() : doubled;
      return this;
    }
    pause = settings.interval();
    if (now > next) {
      next = now;
      return look();
    }
    timers.startSingleTimer(new Look(), settings.interval());
    return this;
  }
}
