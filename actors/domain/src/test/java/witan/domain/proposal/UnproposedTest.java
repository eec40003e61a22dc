package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;

class UnproposedTest {
  private static final Instant BEGAN = Instant.parse("2026-12-01T09:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant END = BEGAN.plus(HOUR);

  @Test
  void aMemberIsWaitedForUntilTheTimeIsOver() {
    assertEquals(new Unproposed.Waits(END), Unproposed.of(BEGAN, HOUR, null, BEGAN));
    assertEquals(new Unproposed.Waits(END), Unproposed.of(BEGAN, HOUR, null, END.minusMillis(1)));
    assertEquals(
        new Unproposed.Dismissed("no_response_option"), Unproposed.of(BEGAN, HOUR, null, END));
  }

  @Test
  void withoutPatienceItIsDismissedAtOnce() {
    assertEquals(
        new Unproposed.Dismissed("no_response_option"),
        Unproposed.of(BEGAN, Duration.ZERO, null, BEGAN));
  }

  @Test
  void aProposalByHandEndsTheWaitAndIsNamedEvenWhereTheTimeIsOver() {
    CaseId byHand = new CaseId("p-1");
    Unproposed expected = new Unproposed.Dismissed("proposed_by_hand: p-1");

    assertEquals(expected, Unproposed.of(BEGAN, HOUR, byHand, BEGAN));
    assertEquals(expected, Unproposed.of(BEGAN, HOUR, byHand, END));
  }
}
