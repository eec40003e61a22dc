package witan.actors.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatedTest {
  @Test
  void tellsTheFirstAndThenOneAPauseWithTheNumberOfTheOthers() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    Repeated stops = new Repeated(Duration.ofNanos(10), now::get);
    assertEquals(OptionalLong.of(0), stops.turn());
    assertEquals(OptionalLong.empty(), stops.turn());
    now.addAndGet(9);
    assertEquals(OptionalLong.empty(), stops.turn());
    now.addAndGet(1);
    assertEquals(OptionalLong.of(2), stops.turn());
    now.addAndGet(10);
    assertEquals(OptionalLong.of(0), stops.turn());
  }
}
