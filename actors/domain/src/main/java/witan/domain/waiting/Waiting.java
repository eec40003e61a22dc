package witan.domain.waiting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why a case waits.
 *
 * @param detail for a person, with the facts; shortened to {@link #MAX_DETAIL}
 * @param since as long as it has been for the same reason; whole milliseconds
 * @param who must act, of {@link Who}
 */
public record Waiting(WaitCode code, String detail, Instant since, String who) {
  /** Characters: much of it comes from outside. */
  public static final int MAX_DETAIL = 500;

  /** The most important first; of a kind, the oldest. */
  private static final Comparator<Waiting> ORDER =
      Comparator.comparing(Waiting::code).thenComparing(Waiting::since);

  public Waiting {
    if (detail.length() > MAX_DETAIL) {
      detail = detail.substring(0, MAX_DETAIL - 1) + "…";
    }
    since = since.truncatedTo(ChronoUnit.MILLIS);
  }

  /** All of them in order. */
  public static List<Waiting> ordered(List<Waiting> some, List<Waiting> others) {
    return Stream.concat(some.stream(), others.stream()).sorted(ORDER).toList();
  }
}
