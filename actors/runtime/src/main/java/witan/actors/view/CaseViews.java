package witan.actors.view;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import witan.actors.spi.EntryLog;
import witan.domain.api.CaseQuery;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Page;
import witan.domain.api.Views;

/** The read side of one node: follows the log from its first entry on after every start. */
public final class CaseViews implements Views {
  private final SummaryBook book;
  private final ActorRef<FeedFollower.Message> follower;
  private final AtomicLong lastTurn;

  private CaseViews(
      SummaryBook book, ActorRef<FeedFollower.Message> follower, AtomicLong lastTurn) {
    this.book = book;
    this.follower = follower;
    this.lastTurn = lastTurn;
  }

  /**
   * Starts following; one per node.
   *
   * @param listener called in the follower's thread with every event, in order; must not block
   */
  public static CaseViews start(
      ActorSystem<?> system,
      EntryLog log,
      EntryDecoder decoder,
      ViewSettings settings,
      Consumer<LoggedEvent> listener) {
    SummaryBook book = new SummaryBook(settings.maxCases());
    Consumer<LoggedEvent> sink =
        event -> {
          book.add(event);
          listener.accept(event);
        };
    AtomicLong lastTurn = new AtomicLong(System.nanoTime());
    ActorRef<FeedFollower.Message> follower =
        system.systemActorOf(
            FeedFollower.create(log, decoder, settings, sink, lastTurn),
            "witan-feed",
            Props.empty());
    return new CaseViews(book, follower, lastTurn);
  }

  @Override
  public Page<CaseSummary> cases(CaseQuery query) {
    return book.page(query);
  }

  @Override
  public Flow.Publisher<LoggedEvent> events(long fromIndex) {
    return subscriber -> follower.tell(new FeedFollower.Subscribe(fromIndex, subscriber));
  }

  /** Something was logged on this node: do not wait for the next look. */
  public void nudge() {
    follower.tell(new FeedFollower.Look());
  }

  /** Those after that first index, oldest first. */
  public List<CaseSummary> after(long firstIndex, Predicate<CaseSummary> wanted, int max) {
    return book.after(firstIndex, wanted, max);
  }

  /** Cases that are not closed. */
  public int openCases() {
    return book.open();
  }

  /** Entries of the log that were read. */
  public long viewed() {
    return book.size();
  }

  /** Since the log was last looked at, successfully or not: liveness. */
  public Duration sinceLastTurn() {
    return Duration.ofNanos(System.nanoTime() - lastTurn.get());
  }

  /** Closed cases that the list no longer shows; {@code Cases} still reads them. */
  public long forgotten() {
    return book.forgotten();
  }
}
