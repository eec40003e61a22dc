package witan.cluster.council;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "7d, PT168H",
    "P7D, PT168H",
    "PT168H, PT168H",
    "1w, PT168H",
    "P1W, PT168H",
    "1 week, PT168H",
    "90s, PT1M30S",
    "PT90S, PT1M30S",
    "90 seconds, PT1M30S",
    "15 minutes, PT15M",
    "15m, PT15M",
    "15 Min, PT15M",
    "1h30m, PT1H30M",
    "1 hour and 30 minutes, PT1H30M",
    "P1DT2H, PT26H",
    "p1d, PT24H",
    "2 hrs, PT2H",
    "0, PT0S",
    "0s, PT0S"
  })
  void isReadInAnyUsualSpelling(String spelled, String canonical) {
    assertEquals(canonical, Durations.parse(spelled).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "d", "1 month", "P1M", "P1Y", "soon", "7d!", "5 d and", "1 mon", "-1d"})
  void whatHasNoLengthIsRefusedWithSpellingsThatAreRead(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    assertTrue(refused.getMessage().contains("90 seconds"), refused.getMessage());
  }

  @Test
  void whatIsSaidIsReadAgain() {
    Random random = new Random(11);
    for (int i = 0; i < 1_000; i++) {
      Duration duration = Duration.ofSeconds(1 + random.nextInt(3_000_000));
      assertEquals(duration, Durations.parse(Durations.say(duration)));
    }
    assertEquals("none", Durations.say(Duration.ZERO));
    assertEquals("1 day 1 second", Durations.say(Duration.ofSeconds(86_401)));
  }
}
