package witan.actors.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.LoggedTimes;

class LogClockTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private final LogClock clock = new LogClock();

  @Test
  void anAppendThatWaitedTooLongSaysNothingOfTheClock() {
    assertFalse(clock.refused(window(null), NOON.plusSeconds(5)));
    assertEquals(Optional.empty(), clock.differs());
  }

  @Test
  void aWrongClockIsToldUntilTheLogTakesItsTimeAgain() {
    assertTrue(clock.refused(window(null), NOON.minusSeconds(75)));
    assertEquals(
        "this node's clock says 2026-11-30T11:58:45Z,"
            + " the log takes 2026-11-30T11:59:00Z to 2026-11-30T12:01:00Z",
        clock.differs().orElseThrow());
    clock.taken();
    assertEquals(Optional.empty(), clock.differs());
  }

  @Test
  void aLogThatIsAheadOfEveryClockIsToldAsThat() {
    assertTrue(clock.refused(window(NOON.plusSeconds(600)), NOON));
    assertEquals(
        "this node's clock says 2026-11-30T12:00:00Z,"
            + " the log takes nothing before 2026-11-30T12:08:00Z, for its entries are ahead",
        clock.differs().orElseThrow());
  }

  private static LoggedTimes.Window window(Instant latest) {
    return LoggedTimes.window(NOON, Duration.ofSeconds(60), latest);
  }
}
