package witan.actors.view;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
  /** The follower answers in time; who asks one that is dead shall not wait for ever. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final SummaryBook book;
  private final ActorRef<FeedFollower.Message> follower;
  private final AtomicLong lastTurn;
  private final ActorSystem<?> system;
  private final Duration waitLimit;

  private CaseViews(
      ActorSystem<?> system,
      Duration waitLimit,
      SummaryBook book,
      ActorRef<FeedFollower.Message> follower,
      AtomicLong lastTurn) {
    this.system = system;
    this.waitLimit = waitLimit;
    this.book = book;
    this.follower = follower;
    this.lastTurn = lastTurn;
  }

  /**
   * Starts following; one per node.
   *
   * @param listener called in the follower's thread with every event, in order, before the view
   *     shows it; must not block
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
          listener.accept(event);
          book.add(event); // last: its size tells without asking how far everything here is
        };
    AtomicLong lastTurn = new AtomicLong(System.nanoTime());
    ActorRef<FeedFollower.Message> follower =
        system.systemActorOf(
            FeedFollower.create(log, decoder, settings, sink, lastTurn),
            "witan-feed",
            Props.empty());
    return new CaseViews(system, settings.waitLimit(), book, follower, lastTurn);
  }

  @Override
  public CompletionStage<Boolean> reached(long index) {
    return book.size() > index
        ? CompletableFuture.completedFuture(true)
        : AskPattern.ask(
            follower,
            replyTo -> new FeedFollower.Await(index, replyTo),
            waitLimit.plus(MARGIN),
            system.scheduler());
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
