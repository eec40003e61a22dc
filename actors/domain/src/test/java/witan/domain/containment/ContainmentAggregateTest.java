package witan.domain.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import witan.domain.Fixtures;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedStatement;
import witan.domain.reputation.Verdict;

class ContainmentAggregateTest {
  private static final Instant START = Instant.parse("2026-11-23T01:00:00Z");
  private static final ContainmentTerms TERMS =
      new ContainmentTerms(List.of("falco"), 2, 3, 30, Duration.ofMinutes(15));

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
    return tell(
        new ContainmentCommand.GrantContainment(new CaseId(caseId), List.of(clusters), TERMS));
  }

  private Decision<ContainmentEvent> off(boolean revert) {
    return tell(new ContainmentCommand.SwitchOff(revert, new Person("olga", null), "a test", null));
  }

  private static SignedStatement on(long nonce) {
    return new SignedStatement(
        new MemberStatement.ContainmentOn(
            Digest.ZERO, Digest.ZERO, Digest.ZERO, Fixtures.address(1), nonce, 1),
        "it was a drill",
        "0x");
  }

  private Decision<ContainmentEvent> on(SignedStatement signed, long lifts) {
    return tell(new ContainmentCommand.SwitchOn(new RecordedStatement(signed, 7), lifts));
  }

  private static void granted(Decision<ContainmentEvent> decision) {
    assertInstanceOf(Decision.Accepted.class, decision);
  }

  private static void refused(String code, Decision<ContainmentEvent> decision) {
    assertEquals(code, ((Decision.Refused<ContainmentEvent>) decision).refusal().code());
  }

  @Test
  void aClusterHasItsBudgetAndAllHaveOne() {
    granted(grant("c-1", "eu"));
    granted(grant("c-2", "eu"));
    refused("containment_cluster_budget", grant("c-3", "eu"));
    refused("containment_cluster_budget", grant("c-3", "us", "eu"));
    granted(grant("c-4", "us"));
    refused("containment_budget", grant("c-5", "asia"));
  }

  @Test
  void aBudgetIsOfOneHourAndARunningOutOfLeasesDoesNotRenewIt() {
    granted(grant("c-1", "eu"));
    granted(grant("c-2", "eu"));
    tell(new ContainmentCommand.ReleaseContainment(new CaseId("c-1"), false));
    refused("containment_cluster_budget", grant("c-3", "eu"));

    now = START.plus(ContainmentAggregate.WINDOW).minusMillis(1);
    refused("containment_cluster_budget", grant("c-3", "eu"));
    now = START.plus(ContainmentAggregate.WINDOW);
    granted(grant("c-3", "eu"));
  }

  @Test
  void aClockThatGoesBackMakesNoNewHour() {
    now = START.plus(Duration.ofHours(5));
    granted(grant("c-1", "eu"));
    granted(grant("c-2", "eu"));
    now = START;
    refused("containment_cluster_budget", grant("c-3", "eu"));
  }

  @Test
  void aCaseIsGrantedOneLeaseHoweverOftenItAsks() {
    granted(grant("c-1", "eu"));
    assertEquals(new Decision.Repeated<>(1), grant("c-1", "eu"));
    assertEquals(1, state.recent().size());
    tell(new ContainmentCommand.ReleaseContainment(new CaseId("c-1"), true));
    refused("no_lease", tell(new ContainmentCommand.ReleaseContainment(new CaseId("c-1"), true)));
  }

  @Test
  void theKillSwitchStopsGrantsAndTakesBackOnlyWhatWasGrantedBefore() {
    granted(grant("c-1", "eu"));
    granted(off(true));
    refused("containment_off", grant("c-2", "us"));
    assertTrue(state.revoked(1));
    granted(on(on(1), 2));
    granted(grant("c-2", "us"));
    assertTrue(state.revoked(1));
    assertFalse(state.revoked(state.seq()));
  }

  @Test
  void theSwitchNeedsAReason() {
    refused(
        "containment_switch",
        tell(new ContainmentCommand.SwitchOff(false, new Person("olga", null), " ", null)));
    ContainmentCommand off =
        new ContainmentCommand.SwitchOff(false, new Person("olga", null), "a test", "key");
    granted(tell(off));
    assertEquals(new Decision.Repeated<>(1), tell(off));
  }

  @Test
  void onlyAStatementThatSaysSoSwitchesOnWhatIsOff() {
    refused("containment_on", on(on(1), 0));
    granted(off(false));
    refused("containment_switched", on(on(1), 0));
    SignedStatement other =
        new SignedStatement(
            new MemberStatement.Verdict(
                Digest.ZERO,
                Digest.ZERO,
                Verdict.FALSE_POSITIVE,
                Digest.ZERO,
                Fixtures.address(1),
                1,
                1),
            "why",
            "0x");
    refused("wrong_statement", on(other, 1));

    granted(on(on(1), 1));

    assertTrue(state.on());
    ContainmentEvent.ContainmentSwitched event = state.lastSwitch().event();
    assertEquals(new RecordedStatement(on(1), 7), event.said());
    assertEquals(Fixtures.address(1).hex(), event.by());
    assertEquals("it was a drill", event.reason());
    assertEquals(new Decision.Repeated<>(2), on(on(1), 1));
    refused("containment_on", on(on(2), 1));
  }

  /** Whoever asked to lift the first has not seen the second. */
  @Test
  void aStatementLiftsNoLaterSwitchingOff() {
    granted(off(false));
    granted(off(true));
    refused("containment_switched", on(on(1), 1));
    granted(on(on(1), 2));
  }

  @Test
  void whatIsNotBelievedTakesUpANumberAndChangesNothing() {
    granted(off(false));
    Decision<ContainmentEvent> decision =
        rules.decide(
            state,
            new ContainmentCommand.SwitchOn(new RecordedStatement(on(1), 7), 1),
            now.plusSeconds(1));
    ContainmentEvent forged = ((Decision.Accepted<ContainmentEvent>) decision).events().get(0);
    ContainmentState after = state.disbelieving(forged);
    assertFalse(after.on());
    assertEquals(2, after.seq());
    assertEquals(forged.at(), after.changedAt());
    assertEquals(state.lastSwitch(), after.lastSwitch());
  }

  @Test
  void noOrderOfRequestsBreaksABudget() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      state = rules.empty();
      now = START;
      for (int i = 0; i < 60; i++) {
        now = now.plusSeconds(random.nextInt(900) - 100);
        if (random.nextInt(4) == 0) {
          tell(
              new ContainmentCommand.ReleaseContainment(
                  new CaseId("c-" + random.nextInt(60)), random.nextBoolean()));
        } else {
          grant("c-" + i, random.nextBoolean() ? "eu" : "us");
        }
        Instant at = state.changedAt() == null ? now : state.changedAt();
        List<ContainmentState.Grant> hour = state.within(at);
        long eu = hour.stream().filter(g -> g.granted().clusters().contains("eu")).count();
        assertTrue(hour.size() <= 3 && eu <= 2 && hour.size() - eu <= 2, "seed " + seed);
      }
    }
  }
}
