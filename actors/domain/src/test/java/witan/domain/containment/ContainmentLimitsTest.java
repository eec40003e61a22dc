package witan.domain.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.START;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Person;
import witan.domain.containment.ContainmentEvent.ContainmentGranted;
import witan.domain.containment.ContainmentEvent.ContainmentReleased;
import witan.domain.containment.ContainmentEvent.ContainmentSwitched;

/** What bounds a council's containments besides an hour's budgets. */
class ContainmentLimitsTest {
  private static final ContainmentTerms WIDE =
      new ContainmentTerms(List.of(), 1_000, 1_000, 100, Duration.ofMinutes(15));
  private static final Duration FORGOTTEN = Duration.ofDays(31);

  private final ContainmentAggregate rules = new ContainmentAggregate();
  private ContainmentState state = rules.empty();
  private Instant now = START;

  private Decision<ContainmentEvent> tell(ContainmentCommand command) {
    Decision<ContainmentEvent> decision = rules.decide(state, command, now);
    if (decision instanceof Decision.Accepted<ContainmentEvent> accepted) {
      accepted.events().forEach(e -> state = rules.apply(state, e));
    }
    return decision;
  }

  private Decision<ContainmentEvent> grant(String caseId, String... clusters) {
    return grant(caseId, WIDE, clusters);
  }

  private Decision<ContainmentEvent> grant(
      String caseId, ContainmentTerms terms, String... clusters) {
    return tell(
        new ContainmentCommand.GrantContainment(new CaseId(caseId), List.of(clusters), terms));
  }

  private static String answer(Decision<ContainmentEvent> decision) {
    return decision instanceof Decision.Refused<ContainmentEvent> refused
        ? refused.refusal().code()
        : decision.getClass().getSimpleName();
  }

  private Decision<ContainmentEvent> off(boolean revert, String reason, String key) {
    return tell(
        new ContainmentCommand.SwitchOff(revert, new Person("p1:olga", "sealed"), reason, key));
  }

  private void openLeases(int count) {
    for (int i = 0; i < count; i++) {
      if (i % 500 == 0) {
        now = now.plus(ContainmentAggregate.WINDOW);
      }
      assertEquals("Accepted", answer(grant("c-" + i, "eu")));
    }
  }

  @Test
  void aGrantIsLoggedWithWhatItWasGrantedBy() {
    assertEquals(
        Decision.accept(
            new ContainmentGranted(new CaseId("c-1"), List.of("eu", "us"), WIDE, START)),
        grant("c-1", "us", "eu", "us"));
  }

  @Test
  void aReleaseSaysHowItEnded() {
    grant("c-1", "eu");
    assertEquals(
        Decision.accept(new ContainmentReleased(new CaseId("c-1"), true, START)),
        tell(new ContainmentCommand.ReleaseContainment(new CaseId("c-1"), true)));
    assertEquals("Accepted", answer(grant("c-1", "eu")), "the same case may ask again");
    assertEquals(2, state.recent().size(), "and uses the budget again");
  }

  @Test
  void soManyLeasesAreOpenAtOnceAndAReleaseMakesRoom() {
    openLeases(ContainmentAggregate.MAX_ACTIVE);
    now = now.plus(ContainmentAggregate.WINDOW);
    assertEquals("containment_too_many_active", answer(grant("more", "eu")));
    assertEquals(
        "Repeated",
        answer(grant("c-0", "eu")),
        "who has a lease is not asked whether there is room");

    tell(new ContainmentCommand.ReleaseContainment(new CaseId("c-0"), false));

    assertEquals("Accepted", answer(grant("more", "eu")));
  }

  /** Else a council whose executors never came to an end would contain nothing for ever. */
  @Test
  void leasesOfMoreThanAMonthAgoFillNothing() {
    openLeases(ContainmentAggregate.MAX_ACTIVE);
    now = now.plus(FORGOTTEN);
    assertEquals("Accepted", answer(grant("more", "eu")));
    assertEquals(1, state.active().size());
  }

  @Test
  void aLeaseOfMoreThanAMonthAgoTakesNoPlace() {
    grant("old", "eu");
    now = START.plus(FORGOTTEN);
    grant("new", "eu");
    assertEquals(
        "no_lease",
        answer(tell(new ContainmentCommand.ReleaseContainment(new CaseId("old"), false))));
    assertTrue(state.active().containsKey(new CaseId("new")));
  }

  @Test
  void aLeaseOfAMonthAgoLessAMomentIsStillHeld() {
    grant("old", "eu");
    now = START.plus(FORGOTTEN).minusMillis(1);
    grant("new", "eu");
    assertEquals(2, state.active().size());
  }

  @Test
  void aBudgetOfNothingGrantsNothing() {
    ContainmentTerms none = new ContainmentTerms(List.of(), 0, 0, 0, Duration.ofMinutes(1));
    assertEquals("containment_budget", answer(grant("c-1", none, "eu")));
    ContainmentTerms nowhere = new ContainmentTerms(List.of(), 0, 1, 0, Duration.ofMinutes(1));
    assertEquals("containment_cluster_budget", answer(grant("c-1", nowhere, "eu")));
  }

  @ParameterizedTest
  @CsvSource({"1, Accepted", "500, Accepted", "0, containment_switch", "501, containment_switch"})
  void aSwitchHasAReasonOfSomeLength(int length, String answer) {
    assertEquals(answer, answer(off(false, "r".repeat(length), null)));
  }

  @Test
  void theSwitchIsLoggedWithWhoSaidWhy() {
    assertEquals(
        Decision.accept(
            new ContainmentSwitched(false, true, "p1:olga", "why", "k", START, "sealed")),
        off(true, "why", "k"));
    assertNull(state.lastSwitch().event().said());
  }

  /** Every further use may take back more: only a repeat of the last one is none. */
  @Test
  void offIsSaidAgainUnlessItIsTheSameRequest() {
    off(false, "why", "k");
    assertEquals("Repeated", answer(off(false, "why", "k")));
    assertEquals("Accepted", answer(off(true, "why", "l")));
    assertEquals("Accepted", answer(off(true, "why", null)));
    assertEquals("Accepted", answer(off(true, "why", null)), "without a key none is a repeat");
    assertEquals("Accepted", answer(off(false, "why", "k")), "it is the last no more");
  }

  @Test
  void aSwitchThatTakesNothingBackLeavesWhatAnEarlierOneTookBack() {
    grant("c-1", "eu");
    off(true, "all of it", null);
    off(false, "still off", null);
    assertTrue(state.revoked(1));
    assertEquals(2, state.revokedSeq());
  }

  /** Else a node with a slow clock would make a new hour, or a release before its grant. */
  @Test
  void noEventIsEarlierThanTheOneBefore() {
    grant("c-1", "eu");
    now = START.minusSeconds(60);
    assertEquals(
        Decision.accept(new ContainmentReleased(new CaseId("c-1"), false, START)),
        tell(new ContainmentCommand.ReleaseContainment(new CaseId("c-1"), false)));
    assertEquals(START, state.changedAt());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1, true",
    "1000, 1000, 100, 1, true",
    "-1, 0, 0, 1, false",
    "0, -1, 0, 1, false",
    "1001, 0, 0, 1, false",
    "0, 1001, 0, 1, false",
    "0, 0, -1, 1, false",
    "0, 0, 101, 1, false",
    "0, 0, 0, 0, false",
    "0, 0, 0, -1, false"
  })
  void termsAreWithinTheirBounds(
      int perCluster, int anHour, int impact, long leaseMillis, boolean fit) {
    Duration lease = Duration.ofMillis(leaseMillis);
    if (fit) {
      assertEquals(
          List.of("a", "b"),
          new ContainmentTerms(List.of("b", "a", "b"), perCluster, anHour, impact, lease)
              .trustedSensors());
    } else {
      assertThrows(
          IllegalArgumentException.class,
          () -> new ContainmentTerms(List.of(), perCluster, anHour, impact, lease));
    }
  }
}
