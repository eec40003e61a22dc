package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.detection.Event.refused;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T01:02:03Z, 2026-11-23T01:02:03Z",
    "2026-11-23t01:02:03z, 2026-11-23T01:02:03Z",
    "2026-11-23T01:02:03.123456789Z, 2026-11-23T01:02:03.123Z",
    "2026-11-23T01:02:03.9999Z, 2026-11-23T01:02:03.999Z",
    "2026-11-23T01:02:03+02:00, 2026-11-22T23:02:03Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "1969-12-31T23:00:00-01:00, 1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999Z",
  })
  void rfc3339IsReadToMillisecondsRoundedDown(String text, String at) throws AlertRefused {
    assertEquals(Instant.parse(at), Times.rfc3339(text));
    assertEquals(Instant.parse(at), Times.iso8601(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23 01:02:03, 2026-11-23T01:02:03Z",
    "2026-11-23T01:02:03.5, 2026-11-23T01:02:03.5Z",
    "2026-11-23T01:02:03+0130, 2026-11-22T23:32:03Z",
    "2026-11-23 01:02:03.5-06:00, 2026-11-23T07:02:03.5Z",
  })
  void whatIso8601AllowsBesidesIsReadOnlyAsThat(String text, String at) throws AlertRefused {
    assertEquals(Instant.parse(at), Times.iso8601(text));
    refused("alert_bad_time", () -> Times.rfc3339(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-23",
        "2026-11-23T01:02Z",
        "2026-11-23T01:02:03.Z",
        "2026-11-23T01:02:03.1234567890Z",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-11-23T24:00:01Z",
        "2026-11-23T01:02:03+19:00",
        "1969-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "02026-11-23T01:02:03Z",
        "2026-11-23T01:02:03Z ",
        "\u0662\u0660\u0662\u0666-11-23T01:02:03Z",
      })
  void whatIsNoTimeFrom1970To9999IsRefusedByBoth(String text) {
    refused("alert_bad_time", () -> Times.rfc3339(text));
    refused("alert_bad_time", () -> Times.iso8601(text));
  }

  /** The magnitude tells the unit: the first of the next unit is a thousand times as much. */
  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "0.0015, 1970-01-01T00:00:00.001Z",
    "1700000000, 2023-11-14T22:13:20Z",
    "1700000000.25, 2023-11-14T22:13:20.25Z",
    "99999999999, 5138-11-16T09:46:39Z",
    "100000000000, 1973-03-03T09:46:40Z",
    "1700000000123, 2023-11-14T22:13:20.123Z",
    "99999999999999, 5138-11-16T09:46:39.999Z",
    "100000000000000, 1973-03-03T09:46:40Z",
    "1700000000123456, 2023-11-14T22:13:20.123Z",
    "99999999999999999, 5138-11-16T09:46:39.999Z",
    "100000000000000000, 1973-03-03T09:46:40Z",
    "1700000000123456789, 2023-11-14T22:13:20.123Z",
    "9999999999999999999, 2286-11-20T17:46:39.999Z",
    "1.7E+12, 2023-11-14T22:13:20Z",
  })
  void theMagnitudeOfANumberTellsItsUnit(String number, String at) throws AlertRefused {
    assertEquals(Instant.parse(at), Times.epoch(new BigDecimal(number)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.5", "10000000000000000000", "1E+19", "1E+30"})
  void anImpossibleNumberIsNoTime(String number) {
    refused("alert_bad_time", () -> Times.epoch(new BigDecimal(number)));
  }

  @Test
  void aRefusalRepeatsSixtyCharactersAtMost() {
    AlertRefused refused = assertThrows(AlertRefused.class, () -> Times.iso8601("x".repeat(1_000)));
    assertEquals("not a time: " + "x".repeat(60), refused.refusal().message());
  }
}
