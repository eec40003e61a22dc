package witan.domain.common;

import java.util.List;

/** What an aggregate answers to a command. */
public sealed interface Decision<E> {

  /** The events that follow, in order; they are logged whole or not at all. Never empty. */
  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("an accepted command has events; use Repeated");
      }
    }
  }

  /** Not done, and why. */
  record Refused<E>(Refusal refusal) implements Decision<E> {}

  /**
   * The same command was accepted before; it changes nothing and gets the same answer.
   *
   * @param seq number (from 1) of the event, within this aggregate, that accepted it
   */
  record Repeated<E>(long seq) implements Decision<E> {}

  /**
   * Cannot be decided until the content with this digest is at hand: the caller fetches it into the
   * {@link witan.domain.proposal.ContentLookup} and decides again.
   */
  record Missing<E>(Digest content) implements Decision<E> {}

  static <E> Decision<E> accept(List<? extends E> events) {
    return new Accepted<>(List.copyOf(events));
  }

  static <E> Decision<E> accept(E event) {
    return new Accepted<>(List.of(event));
  }

  static <E> Decision<E> refuse(String code, String message, String hint) {
    return new Refused<>(new Refusal(code, message, hint));
  }
}
