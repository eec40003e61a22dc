package witan.actors.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

class WaitBookTest {
  private static final Instant THEN = Instant.parse("2026-11-23T01:02:03.000Z");
  private static final Instant LATER = THEN.plusSeconds(5);
  private static final CaseId CASE = new CaseId("c-1");
  private static final Reason ANCHOR = new Reason(WaitCode.ANCHOR_MISSING, "10 of 12", Who.CHAIN);

  private final WaitBook book = new WaitBook();

  @Test
  void aReasonIsOneSinceItWasGivenFirst() {
    book.say(CASE, List.of(ANCHOR), THEN);
    Reason further = new Reason(WaitCode.ANCHOR_MISSING, "11 of 12", Who.CHAIN);
    book.say(CASE, List.of(further), LATER);
    assertEquals(List.of(further.since(THEN)), book.of(CASE));
  }

  @Test
  void anotherReasonBeginsThen() {
    book.say(CASE, List.of(ANCHOR), THEN);
    Reason other = new Reason(WaitCode.ANCHOR_MISSING, "10 of 12", Who.OPERATOR);
    book.say(CASE, List.of(other), LATER);
    assertEquals(List.of(other.since(LATER)), book.of(CASE));
  }

  @Test
  void whatGoesOnIsForgotten() {
    book.say(CASE, List.of(ANCHOR), THEN);
    book.say(CASE, List.of(), LATER);
    assertEquals(List.of(), book.of(CASE));
    book.say(CASE, List.of(ANCHOR), LATER);
    assertEquals(List.of(ANCHOR.since(LATER)), book.of(CASE));
    book.forget(CASE);
    assertEquals(List.of(), book.of(CASE));
  }

  @Test
  void booksAreCountedTogetherByCode() {
    WaitBook other = new WaitBook();
    book.say(CASE, List.of(ANCHOR), THEN);
    other.say(new CaseId("c-2"), List.of(ANCHOR), THEN);
    other.say(new CaseId("c-3"), List.of(new Reason(WaitCode.NO_COUNCIL, "", Who.OPERATOR)), THEN);
    assertEquals(Map.of("anchor_missing", 2, "no_council", 1), WaitBook.counts(book, other));
  }

  @Test
  void ofVeryManyTheOldestAreForgotten() {
    for (int i = 0; i <= 10_000; i++) {
      book.say(new CaseId("c-" + i), List.of(ANCHOR), THEN);
    }
    assertEquals(List.of(), book.of(new CaseId("c-0")));
    assertEquals(Map.of("anchor_missing", 10_000), WaitBook.counts(book));
  }

  @Test
  void anAnswerHasABound() {
    assertEquals(8, new WaitsTold(Collections.nCopies(99, ANCHOR.since(THEN))).waits().size());
  }
}
