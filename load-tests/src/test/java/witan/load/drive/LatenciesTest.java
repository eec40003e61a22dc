package witan.load.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static Latencies block(long... millis) {
    Histogram all = new Histogram(Latencies.DIGITS);
    Arrays.stream(millis).forEach(all::recordValue);
    return new Latencies("hot", 2, all, 1, 0, 0);
  }

  @Test
  void aPercentileIsWhatThatManyDidNotExceed() {
    long[] hundred = new long[100];
    Arrays.setAll(hundred, i -> 100L - i);
    Latencies block = block(hundred);
    assertEquals(50, block.percentile(50));
    assertEquals(99, block.percentile(99));
    assertEquals(50, block.perSecond());
  }

  @Test
  void aBlockOfWhichNothingWasAcceptedIsToldAllTheSame() {
    Latencies none = block();
    assertEquals(0, none.percentile(99));
    assertTrue(none.line().endsWith("NOT ACCEPTED: 1"), none.line());
    assertEquals(0, none.json().path("accepted").asInt());
  }
}
