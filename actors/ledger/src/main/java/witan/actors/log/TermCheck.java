package witan.actors.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers that are given only while nobody has succeeded: true ones of a sequencer that was
 * succeeded would send their receiver round in circles for ever. One read serves all who wait. Not
 * thread-safe.
 */
final class TermCheck {
  private final LogStore store;
  private final StoreCalls calls;
  private final SequencerSettings settings;
  private final List<Runnable> waiting = new ArrayList<>();

  TermCheck(LogStore store, StoreCalls calls, SequencerSettings settings) {
    this.store = store;
    this.calls = calls;
    this.settings = settings;
  }

  /** Gives the answer after the head row was read; stops where its term is another. */
  void confirm(long term, Runnable answer) {
    if (waiting.size() >= settings.parked()) {
      return;
    }
    waiting.add(answer);
    if (waiting.size() > 1) {
      return;
    }
    calls.call(
        "read head",
        store::head,
        now -> {
          if (now.term() != term) {
            calls.stop("term " + term + " was succeeded by " + now.term(), false);
            return;
          }
          List<Runnable> answers = new ArrayList<>(waiting);
          waiting.clear();
          answers.forEach(Runnable::run);
        });
  }
}
