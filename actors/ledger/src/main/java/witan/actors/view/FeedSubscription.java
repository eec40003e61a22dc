package witan.actors.view;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.EntryLog;
import witan.domain.api.LoggedEvent;

/**
 * One subscriber: a cursor that reads only what was asked for, from the recent events or, further
 * back, from the log. Nothing is buffered for it; one that has caught up once and then asks for
 * nothing until it has dropped out of the recent events is cut off with an error.
 */
final class FeedSubscription extends AbstractBehavior<FeedSubscription.Message> {
  sealed interface Message permits Advanced, Request, Cancel, Chunk {}

  record Advanced() implements Message {}

  private record Request(long n) implements Message {}

  private record Cancel() implements Message {}

  private record Chunk(List<LoggedEvent> events, @Nullable Throwable failure) implements Message {}

  private final EntryLog log;
  private final EntryDecoder decoder;
  private final RecentEvents recent;
  private final ViewSettings settings;
  private final Flow.Subscriber<? super LoggedEvent> subscriber;
  private long cursor;
  private long demand;
  private boolean reading;
  private boolean live;

  private FeedSubscription(
      ActorContext<Message> context,
      EntryLog log,
      EntryDecoder decoder,
      RecentEvents recent,
      ViewSettings settings,
      long fromIndex,
      Flow.Subscriber<? super LoggedEvent> subscriber) {
    super(context);
    this.log = log;
    this.decoder = decoder;
    this.recent = recent;
    this.settings = settings;
    this.cursor = Math.max(0, fromIndex);
    this.subscriber = subscriber;
    var self = context.getSelf();
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            self.tell(new Request(n));
          }

          @Override
          public void cancel() {
            self.tell(new Cancel());
          }
        });
  }

  static Behavior<Message> create(
      EntryLog log,
      EntryDecoder decoder,
      RecentEvents recent,
      ViewSettings settings,
      long fromIndex,
      Flow.Subscriber<? super LoggedEvent> subscriber) {
    return Behaviors.setup(
        context ->
            new FeedSubscription(context, log, decoder, recent, settings, fromIndex, subscriber));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Request.class, this::request)
        .onMessage(Advanced.class, message -> pump())
        .onMessage(Chunk.class, this::chunk)
        .onMessage(Cancel.class, message -> Behaviors.stopped())
        .build();
  }

  private Behavior<Message> request(Request message) {
    if (message.n() <= 0) {
      return fail(new IllegalArgumentException("a demand is positive (Reactive Streams 3.9)"));
    }
    demand = demand + message.n() < 0 ? Long.MAX_VALUE : demand + message.n();
    return pump();
  }

  private Behavior<Message> pump() {
    live = live || cursor >= recent.end();
    if (live && demand == 0 && cursor < recent.start()) {
      return fail(new IllegalStateException("too slow: cut off before index " + cursor));
    }
    if (reading || demand == 0 || cursor >= recent.end()) {
      return this;
    }
    reading = true;
    int max = (int) Math.min(settings.batch(), demand);
    getContext()
        .pipeToSelf(
            next(max),
            (events, failure) -> new Chunk(Objects.requireNonNullElse(events, List.of()), failure));
    return this;
  }

  private CompletionStage<List<LoggedEvent>> next(int max) {
    List<LoggedEvent> here = recent.from(cursor, max);
    return here.isEmpty()
        ? log.from(cursor, max).thenCompose(decoder::decode)
        : CompletableFuture.completedFuture(here);
  }

  private Behavior<Message> chunk(Chunk message) {
    reading = false;
    if (message.failure() != null) {
      return fail(message.failure());
    }
    for (LoggedEvent event : message.events()) {
      subscriber.onNext(event);
      cursor = event.index() + 1;
      demand--;
    }
    // Nothing there although it is published: wait for the next advance instead of asking at once.
    return message.events().isEmpty() ? this : pump();
  }

  private Behavior<Message> fail(Throwable cause) {
    subscriber.onError(cause);
    return Behaviors.stopped();
  }
}
