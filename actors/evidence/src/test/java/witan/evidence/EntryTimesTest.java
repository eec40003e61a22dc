package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.entry.Entry;
import witan.domain.common.Digest;

class EntryTimesTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void anEntryBackDatedByMoreThanTwoMinutesIsDisprovedThoughOthersLieBetween() {
    List<Entry> entries = List.of(entry(2, 1, 0), entry(2, 2, -60_000), entry(2, 3, -120_001));
    CheckFailed failed = assertThrows(CheckFailed.class, () -> EntryChecks.times(entries));
    assertEquals(
        "case|x number 3 is of 2026-11-30T11:57:59.999Z,"
            + " and follows an entry of 2026-11-30T12:00:00Z in the log",
        failed.getMessage());
  }

  @Test
  void clocksThatDifferByLessDisproveNothing() {
    assertDoesNotThrow(
        () ->
            EntryChecks.times(
                List.of(entry(2, 1, 0), entry(2, 2, -120_000), entry(2, 3, 3_600_000))));
  }

  /** No sequencer bound the times of those, neither among themselves nor for what came later. */
  @Test
  void entriesOfVersionOneAreJudgedByNoBound() {
    assertDoesNotThrow(
        () -> EntryChecks.times(List.of(entry(1, 1, 900_000), entry(1, 2, 0), entry(2, 3, 0))));
  }

  private static Entry entry(int v, long seq, long millis) {
    return new Entry(
        v,
        "AlertRecorded",
        null,
        "case|x",
        seq,
        Digest.ZERO,
        NOON.plusMillis(millis),
        "council",
        Digest.ZERO,
        null);
  }
}
