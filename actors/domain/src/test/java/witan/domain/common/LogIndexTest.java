package witan.domain.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogIndexTest {
  @Test
  void aPlaceOfTheFirstGenerationIsTheIndexItself() {
    assertEquals(0, LogIndex.of(0, 0));
    assertEquals(4_711, LogIndex.of(0, 4_711));
  }

  @Test
  void placesAreOrderedByGenerationFirst() {
    assertTrue(LogIndex.of(0, LogIndex.LIMIT - 1) < LogIndex.of(1, 0));
    assertTrue(LogIndex.of(1, 7) < LogIndex.of(2, 0));
    long place = LogIndex.of(3, 9);
    assertEquals(3, LogIndex.generation(place));
    assertEquals(9, LogIndex.inTree(place));
    assertTrue(JsonNumbers.natural(place));
  }

  @Test
  void whatNoTreeHasIsNoPlace() {
    assertThrows(IllegalArgumentException.class, () -> LogIndex.of(0, -1));
    assertThrows(IllegalArgumentException.class, () -> LogIndex.of(0, LogIndex.LIMIT));
    assertThrows(IllegalArgumentException.class, () -> LogIndex.of(-1, 0));
  }
}
