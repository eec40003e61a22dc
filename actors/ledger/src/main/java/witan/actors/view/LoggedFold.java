package witan.actors.view;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import witan.actors.spi.PidLog;
import witan.domain.api.LoggedEvent;

/**
 * What the entries of one pid come to; each look reads only what is new, and wakes no entity.
 * Thread-safe. A look that fails has learned nothing of what it could not read.
 */
public final class LoggedFold<S> {
  /** What an event makes of a state. */
  @FunctionalInterface
  public interface Step<S> {
    S apply(S state, LoggedEvent event);
  }

  /** How a page of events is applied; asked for after the page was read. */
  @FunctionalInterface
  public interface Judge<S> {
    CompletionStage<Step<S>> of(List<LoggedEvent> events);
  }

  private final PidLog log;
  private final EntryDecoder decoder;
  private final String pid;
  private final ToLongFunction<S> seq;
  private final Judge<S> judge;
  private S known;

  /**
   * A fold of that pid, from nothing.
   *
   * @param seq the number of the last event that a state has
   */
  public LoggedFold(
      PidLog log,
      EntryDecoder decoder,
      String pid,
      S empty,
      ToLongFunction<S> seq,
      Judge<S> judge) {
    this.log = log;
    this.decoder = decoder;
    this.pid = pid;
    this.known = empty;
    this.seq = seq;
    this.judge = judge;
  }

  /** The same where events are all that is needed. */
  public LoggedFold(
      PidLog log, EntryDecoder decoder, String pid, S empty, ToLongFunction<S> seq, Step<S> step) {
    this(log, decoder, pid, empty, seq, events -> CompletableFuture.completedFuture(step));
  }

  /** As logged when this was asked, or later: one read gives a part, so it is read on. */
  public CompletionStage<S> current() {
    S before = known();
    return log.ofPid(pid, seq.applyAsLong(before) + 1)
        .thenCompose(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedFuture(before)
                    : decoder
                        .decode(page)
                        .thenCompose(
                            events -> judge.of(events).thenAccept(step -> learn(events, step)))
                        .thenCompose(done -> current()));
  }

  /** What is known already; reads nothing. */
  public S known() {
    return look(state -> state);
  }

  /** The same for states that change in place: nothing is learned while this looks. */
  public synchronized <T> T look(Function<S, T> at) {
    return at.apply(known);
  }

  /**
   * Takes events that were read elsewhere. Two looks at once read the same ones: what one has
   * learned the other passes over.
   */
  synchronized void learn(List<LoggedEvent> events, Step<S> step) {
    for (LoggedEvent event : events) {
      if (event.seq() == seq.applyAsLong(known) + 1) {
        known = step.apply(known, event);
      }
    }
  }
}
