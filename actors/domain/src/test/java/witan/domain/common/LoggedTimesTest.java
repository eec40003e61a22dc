package witan.domain.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.common.LoggedTimes.Window;

class LoggedTimesTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration MINUTE = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({"-60001, false", "-60000, true", "0, true", "60000, true", "60001, false"})
  void timesNearTheClockAreTakenToTheMillisecond(long millis, boolean taken) {
    assertEquals(taken, LoggedTimes.window(NOON, MINUTE, null).holds(NOON.plusMillis(millis)));
  }

  @ParameterizedTest
  @CsvSource({"-120001, false", "-120000, true", "0, true", "86400000, true"})
  void anEntryIsAtMostTwoMinutesBeforeAnyThatPrecedesIt(long millis, boolean follows) {
    assertEquals(follows, LoggedTimes.follows(NOON.plusMillis(millis), NOON));
    assertTrue(LoggedTimes.follows(NOON.plusMillis(millis), null));
  }

  @Test
  void windowNeverHoldsWhatMayNotFollow() {
    for (long ahead = -300; ahead <= 300; ahead += 10) {
      Instant latest = NOON.plusSeconds(ahead);
      Window window = LoggedTimes.window(NOON, MINUTE, latest);
      for (long at = -100; at <= 100; at += 5) {
        Instant time = NOON.plusSeconds(at);
        boolean near = Math.abs(at) <= 60;
        assertEquals(near && LoggedTimes.follows(time, latest), window.holds(time));
      }
    }
  }

  @Test
  void nothingIsTakenWhileTheLogIsThreeMinutesAhead() {
    Window window = LoggedTimes.window(NOON, MINUTE, NOON.plusSeconds(181));
    assertEquals(NOON.plusSeconds(61), window.from());
    assertFalse(window.holds(window.from()));
    assertFalse(window.holds(window.to()));
  }
}
