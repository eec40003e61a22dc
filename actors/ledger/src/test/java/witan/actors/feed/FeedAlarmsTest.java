package witan.actors.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import witan.actors.log.Counters;

class FeedAlarmsTest {
  private static final Duration AFTER = Duration.ofSeconds(60);
  private final FeedException hidden =
      new FeedException(FeedProblem.ENTRY_HIDDEN, "case|x has 3 entries, rows lead as far as 2");

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Counters counters = new Counters();
  private final FeedAlarms alarms = new FeedAlarms(counters, AFTER, nanos::get);

  private boolean afterSeconds(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    return alarms.persists("case|x", hidden);
  }

  @Test
  void rowsThatStayAwayForAMinuteOfLooksAreAnAlarm() {
    assertFalse(afterSeconds(0));
    for (int i = 0; i < 59; i++) {
      assertFalse(afterSeconds(1));
    }
    assertTrue(afterSeconds(1));
    assertEquals(1, counters.alarms.sum());
  }

  /** A killed database: what was late before it is late after it, and is written then. */
  @Test
  void aMinuteInWhichNobodyCouldLookIsNone() {
    assertFalse(afterSeconds(0));

    assertFalse(afterSeconds(90));

    assertEquals(0, counters.alarms.sum());
  }

  @Test
  void whatCameInTheEndBeginsAnew() {
    assertFalse(afterSeconds(0));
    for (int i = 0; i < 50; i++) {
      assertFalse(afterSeconds(1));
    }
    alarms.settled("case|x");
    for (int i = 0; i < 60; i++) {
      assertFalse(afterSeconds(1));
    }
    assertTrue(afterSeconds(1));
  }
}
