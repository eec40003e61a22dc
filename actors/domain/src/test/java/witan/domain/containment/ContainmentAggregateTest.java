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
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Person;

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

  private Decision<ContainmentEvent> turn(boolean on, boolean revert) {
    return tell(
        new ContainmentCommand.SwitchContainment(
            on, revert, new Person("olga", null), "a test", null));
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
    granted(turn(false, true));
    refused("containment_off", grant("c-2", "us"));
    assertTrue(state.revoked(1));
    granted(turn(true, false));
    granted(grant("c-2", "us"));
    assertTrue(state.revoked(1));
    assertFalse(state.revoked(state.seq()));
  }

  @Test
  void theSwitchNeedsAReasonAndDoesNotRevertWhileItTurnsOn() {
    refused("containment_switch", turn(true, true));
    refused(
        "containment_switch",
        tell(
            new ContainmentCommand.SwitchContainment(
                false, false, new Person("olga", null), " ", null)));
    ContainmentCommand off =
        new ContainmentCommand.SwitchContainment(
            false, false, new Person("olga", null), "a test", "key");
    granted(tell(off));
    assertEquals(new Decision.Repeated<>(1), tell(off));
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
