package witan.actors.view;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.EntryLog;
import witan.domain.api.LoggedEvent;
import witan.domain.common.LogIndex;

/** Reads the log once for the whole node and wakes the subscribers. One read at a time. */
final class FeedFollower extends AbstractBehavior<FeedFollower.Message> {
  sealed interface Message permits Look, Subscribe, Await, Overdue, Read {}

  record Look() implements Message {}

  record Subscribe(long fromIndex, Flow.Subscriber<? super LoggedEvent> subscriber)
      implements Message {}

  /**
   * Answered with true once the sink has had the entry, with false when it is to wait no longer.
   */
  record Await(long index, ActorRef<Boolean> replyTo) implements Message {}

  private record Overdue(Await waiter) implements Message {}

  private record Read(List<LoggedEvent> events, @Nullable Throwable failure) implements Message {}

  /** Of the poll interval, while the log cannot be read. */
  private static final int MAX_BACKOFF = 50;

  private final EntryLog log;
  private final EntryDecoder decoder;
  private final ViewSettings settings;
  private final Consumer<LoggedEvent> sink;
  private final TimerScheduler<Message> timers;
  private final RecentEvents recent;
  private final AtomicLong lastTurn;
  private final Set<Await> waiting = new HashSet<>();
  private long next;
  private boolean reading;
  private boolean lookAgain;
  private int failures;

  private FeedFollower(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      EntryLog log,
      EntryDecoder decoder,
      ViewSettings settings,
      Consumer<LoggedEvent> sink,
      AtomicLong lastTurn) {
    super(context);
    this.lastTurn = lastTurn;
    this.timers = timers;
    this.log = log;
    this.decoder = decoder;
    this.settings = settings;
    this.sink = sink;
    this.recent = new RecentEvents(settings.recent());
    context.getSelf().tell(new Look());
  }

  /** Sets {@code lastTurn} to the nano clock whenever a read has ended, well or not. */
  static Behavior<Message> create(
      EntryLog log,
      EntryDecoder decoder,
      ViewSettings settings,
      Consumer<LoggedEvent> sink,
      AtomicLong lastTurn) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new FeedFollower(context, timers, log, decoder, settings, sink, lastTurn)));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, this::look)
        .onMessage(Read.class, this::read)
        .onMessage(Subscribe.class, this::subscribe)
        .onMessage(Await.class, this::await)
        .onMessage(Overdue.class, this::overdue)
        .build();
  }

  private Behavior<Message> look(Look message) {
    if (reading) {
      lookAgain = true;
      return this;
    }
    reading = true;
    lookAgain = false;
    getContext()
        .pipeToSelf(
            log.from(next, settings.batch()).thenCompose(decoder::decode),
            (events, failure) -> new Read(Objects.requireNonNullElse(events, List.of()), failure));
    return this;
  }

  private Behavior<Message> read(Read message) {
    reading = false;
    lastTurn.set(System.nanoTime());
    if (message.failure() != null || !contiguous(message.events())) {
      failures++;
      if (failures == 1) {
        getContext().getLog().warn("the feed cannot be read from {}", next, message.failure());
      }
      long pauses = Math.min(MAX_BACKOFF, failures);
      timers.startSingleTimer(new Look(), settings.pollInterval().multipliedBy(pauses));
      return this;
    }
    failures = 0;
    for (LoggedEvent event : message.events()) {
      recent.add(event);
      sink.accept(event);
      next = event.index() + 1;
    }
    boolean more = message.events().size() == settings.batch();
    if (!message.events().isEmpty()) {
      wakeSubscribers();
      answerWaiting();
      // A read ends where a tile of the log does: who waits shall not wait for the next poll.
      more |= !waiting.isEmpty();
    }
    if (lookAgain || more) {
      getContext().getSelf().tell(new Look());
    } else {
      timers.startSingleTimer(new Look(), settings.pollInterval());
    }
    return this;
  }

  /** What was acknowledged is published: one look finds it, unless the log cannot be read now. */
  private Behavior<Message> await(Await message) {
    if (message.index() < next) {
      message.replyTo().tell(true);
      return this;
    }
    if (waiting.size() >= settings.maxWaiting()) {
      message.replyTo().tell(false);
      return this;
    }
    waiting.add(message);
    timers.startSingleTimer(message, new Overdue(message), settings.waitLimit());
    return failures == 0 ? look(new Look()) : this;
  }

  private Behavior<Message> overdue(Overdue message) {
    if (waiting.remove(message.waiter())) {
      message.waiter().replyTo().tell(false);
    }
    return this;
  }

  private void answerWaiting() {
    waiting.removeIf(
        waiter -> {
          boolean reached = waiter.index() < next;
          if (reached) {
            timers.cancel(waiter);
            waiter.replyTo().tell(true);
          }
          return reached;
        });
  }

  private boolean contiguous(List<LoggedEvent> events) {
    long due = next;
    for (LoggedEvent event : events) {
      if (event.index() != due && !LogIndex.begins(event.index(), due)) {
        return false;
      }
      due = event.index() + 1;
    }
    return true;
  }

  private void wakeSubscribers() {
    for (ActorRef<Void> child : getContext().getChildren()) {
      child.<FeedSubscription.Message>unsafeUpcast().tell(new FeedSubscription.Advanced());
    }
  }

  private Behavior<Message> subscribe(Subscribe message) {
    if (getContext().getChildren().size() >= settings.maxSubscribers()) {
      refuse(message.subscriber());
      return this;
    }
    getContext()
        .spawnAnonymous(
            FeedSubscription.create(
                log, decoder, recent, settings, message.fromIndex(), message.subscriber()));
    return this;
  }

  private static void refuse(Flow.Subscriber<? super LoggedEvent> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(new IllegalStateException("too many subscribers on this node"));
  }
}
