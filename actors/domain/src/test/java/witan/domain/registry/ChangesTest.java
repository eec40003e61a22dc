package witan.domain.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.policy;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;
import static witan.domain.registry.RegistryRun.seat;
import static witan.domain.registry.RegistryRun.weight;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.detection.Severity;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Corroboration;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.registry.RegistryChange.AdmitMembers;
import witan.domain.registry.RegistryChange.AdoptPolicies;
import witan.domain.registry.RegistryChange.AdoptStake;
import witan.domain.registry.RegistryChange.AssignDuty;
import witan.domain.registry.RegistryChange.Balance;
import witan.domain.registry.RegistryChange.ChangeTokens;
import witan.domain.registry.RegistryChange.Duty;
import witan.domain.registry.RegistryChange.GrantTokens;
import witan.domain.registry.RegistryChange.RegisterSensors;
import witan.domain.registry.RegistryChange.RemoveMembers;
import witan.domain.registry.RegistryChange.ReplaceKey;
import witan.domain.stake.Shift;
import witan.domain.stake.StakeProfile;

class ChangesTest {
  private static final Digest HASH = Digest.ZERO;

  private final RegistryRun run =
      new RegistryRun(List.of(seat(1, "a", 40), seat(2, "b", 35), seat(3, "c", 25)));

  /** When it is applied, and before it is voted on. */
  private void refused(String code, RegistryChange change) {
    assertEquals(
        Optional.of(code),
        RegistryAggregate.problem(run.state(), change, run.now).map(Refusal::code));
    run.refused(code, new RegistryCommand.ApplyChange(run.nextCase(), HASH, change));
  }

  private static List<Balance> tokens(String member, long tokens) {
    return List.of(new Balance(member, big(tokens)));
  }

  @Test
  void aCaseIsAppliedOnce() {
    CaseId caseId = new CaseId("case-x");
    RegistryCommand.ApplyChange grow =
        new RegistryCommand.ApplyChange(caseId, HASH, new ChangeTokens(tokens("m1", 50)));
    run.accept(grow);
    assertEquals(new Decision.Repeated<>(2), run.decide(grow));
    assertEquals(big(50), run.state().members().get("m1").tokens());
  }

  @Test
  void membersComeAndGoForLaterCases() {
    run.change(new AdmitMembers(List.of(seat(4, "d", 10))));
    run.change(new RemoveMembers(List.of("m2")));
    assertEquals(big(65), run.electorate().total(), "who goes, goes at once; who comes, waits");
    run.later(Duration.ofDays(2));
    assertEquals(big(75), run.electorate().total());
    assertEquals(big(35), run.state().ledger().treasury());
    run.balanced("after the removal");
    run.change(new GrantTokens(tokens("m4", 35)));
    assertEquals(big(45), run.state().members().get("m4").tokens());
    run.balanced("after the grant");
    refused("change_treasury", new GrantTokens(tokens("m4", 1)));
  }

  @Test
  void aHandleThatComesAgainIsAnotherMember() {
    run.accept(run.delegate(1, 2, 1));
    run.later(Duration.ofDays(2));
    run.change(new RemoveMembers(List.of("m2")));
    run.change(new AdmitMembers(List.of(new Seat("m2", "b", "analyst", address(22), big(35)))));
    assertEquals(big(0), weight(run.electorate(), 22), "tokens of a member that is gone");
    run.later(Duration.ofDays(2));
    assertEquals(big(35), weight(run.electorate(), 22));
    assertEquals(Optional.empty(), RegistryRun.delegate(run.electorate(), 1));
  }

  @Test
  void whatDoesNotFitTheRegistryIsRefused() {
    refused("change_size", new RemoveMembers(List.of()));
    refused(
        "change_size", new RemoveMembers(IntStream.range(0, 201).mapToObj(i -> "x" + i).toList()));
    refused("change_member_twice", new RemoveMembers(List.of("m1", "m1")));
    refused("change_member_unknown", new RemoveMembers(List.of("m9")));
    refused("change_member_unknown", new ReplaceKey("m9", address(9)));
    refused("change_member_unknown", new ChangeTokens(tokens("m9", 1)));
    refused("change_tokens", new ChangeTokens(tokens("m1", -1)));
    refused(
        "change_tokens",
        new ChangeTokens(List.of(new Balance("m1", BigInteger.ONE.shiftLeft(128)))));
    refused("change_tokens", new GrantTokens(tokens("m1", -1)));
    refused("change_member_exists", new AdmitMembers(List.of(seat(1, "a", 1))));
    refused(
        "change_address_used",
        new AdmitMembers(List.of(new Seat("new", "a", "legal", address(1), big(1)))));
    refused(
        "change_address_used",
        new AdmitMembers(
            List.of(seat(8, "a", 1), new Seat("n", "a", "legal", address(8), big(1)))));
    refused("change_address_used", new ReplaceKey("m1", address(2)));
    refused("change_seat", new AdmitMembers(List.of(seat(4, " ", 1))));
    refused("change_no_voting_power", new RemoveMembers(List.of("m1", "m2", "m3")));
    refused("change_stake", new AdoptStake(new StakeProfile("", 0, 0, 0, 0, true, 0)));
    assertEquals(1, run.state().seq(), "nothing was changed");
  }

  @Test
  void dutyIsForTheTimeToComeAndHasALimit() {
    Shift past = new Shift(run.now.minusSeconds(9), run.now);
    refused("change_duty", new AssignDuty(List.of(new Duty("m1", past))));
    for (int i = 1; i <= RegistryLimits.MAX_SHIFTS; i++) {
      Shift shift = new Shift(run.now, run.now.plusSeconds(i));
      run.change(new AssignDuty(List.of(new Duty("m1", shift))));
    }
    Shift more = new Shift(run.now, run.now.plusSeconds(60));
    refused("change_duty", new AssignDuty(List.of(new Duty("m1", more))));
    run.later(Duration.ofSeconds(5));
    run.change(new AssignDuty(List.of(new Duty("m1", more))));
    assertEquals(12, run.state().members().get("m1").shifts().size());
  }

  @Test
  void policiesAreAdoptedWholeAndCountTheirVersions() {
    Policy old = policy();
    Policy changed = policy(5000, 5100, CountingMode.BRAVO);
    refused("change_policies", new AdoptPolicies(List.of()));
    refused("change_policies", new AdoptPolicies(List.of(changed)));
    run.change(new AdoptPolicies(List.of(old)));
    assertEquals(Optional.of(old), run.state().policyFor(Severity.CRITICAL));
    assertEquals(1, run.state().powerSeq(), "policies move no weight");
  }

  private static PolicyTable table(long version, String urgentPolicy, String urgentNormal) {
    List<PolicyTable.Row> rows = new ArrayList<>();
    rows.add(new PolicyTable.Row(Urgency.ROUTINE, 0, "paper", null, false));
    rows.add(new PolicyTable.Row(Urgency.ELEVATED, 0, "paper", null, false));
    rows.add(new PolicyTable.Row(Urgency.URGENT, 0, urgentPolicy, urgentNormal, true));
    return new PolicyTable(version, rows);
  }

  @Test
  void aTableIsAdoptedWithItsPoliciesAndChoosesByUrgencyAndImpact() {
    Policy fast = fast();
    Policy slow = policy();
    PolicyTable table = table(1, "fast", "paper");
    Gravity urgent = Gravity.of(new Corroboration(1, Severity.CRITICAL), 0);
    assertEquals(Optional.of(new PolicyTable.Choice(slow, null, null)), run.state().choose(urgent));

    run.change(new AdoptPolicies(List.of(slow, fast), table));

    assertEquals(
        Optional.of(new PolicyTable.Choice(fast, slow, AlertTrust.ANY)),
        run.state().choose(urgent));
    assertEquals(
        Optional.of(new PolicyTable.Choice(slow, null, null)),
        run.state().choose(Gravity.of(new Corroboration(1, Severity.HIGH), 100)));
    run.change(new AdoptPolicies(List.of(slow, fast)));
    assertEquals(table, run.state().table(), "a change of policies alone keeps the table");
  }

  @Test
  void aChangeThatWouldBreakTheTableIsRefusedWithEveryFault() {
    Policy fast = fast();
    run.change(new AdoptPolicies(List.of(policy(), fast), table(1, "fast", "paper")));
    refused("change_table", new AdoptPolicies(List.of(policy())));
    refused("change_table", new AdoptPolicies(List.of(policy(), fast), table(1, "paper", null)));
    refused("change_table", new AdoptPolicies(List.of(policy(), fast), table(2, "paper", "fast")));
    Decision<RegistryEvent> refused =
        run.decide(
            new RegistryCommand.ApplyChange(
                run.nextCase(),
                HASH,
                new AdoptPolicies(
                    List.of(policy()),
                    new PolicyTable(
                        2, List.of(new PolicyTable.Row(Urgency.URGENT, 101, "x", null, false))))));
    String message = ((Decision.Refused<RegistryEvent>) refused).refusal().message();
    for (String fault :
        List.of(
            "/rows/0/impactFrom table_impact",
            "/rows/0/policy table_no_policy",
            "/rows table_gap: ROUTINE",
            "/rows table_gap: URGENT")) {
      assertTrue(message.contains(fault), message);
    }
    run.change(new AdoptPolicies(List.of(policy()), table(2, "paper", null)));
    assertEquals(2, run.state().table().version());
  }

  private static Policy fast() {
    Policy like = policy(8_000, 6_000, CountingMode.PARTICIPATION);
    return aPolicy(like).named("fast").version(1).window(Duration.ofMinutes(1)).build();
  }

  @Test
  void aPolicyThatComesIntoForceHoldsNoneOrLongerThanClocksDiffer() {
    AdoptPolicies tooShort = new AdoptPolicies(List.of(holding(Duration.ofMinutes(9))));
    refused("change_policies", tooShort);
    assertTrue(RegistryAggregate.problem(run.state(), tooShort, run.now).isPresent());
    run.change(new AdoptPolicies(List.of(holding(Duration.ofMinutes(10)))));
    assertEquals(Duration.ofMinutes(10), run.state().policies().get(0).minimumHolding());
  }

  private static Policy holding(Duration time) {
    Policy like = policy();
    return aPolicy(like).version(like.version() + 1).minimumHolding(time).build();
  }

  private static SensorKey key(String sensor, char fill) {
    return new SensorKey(sensor, "eu-1", sensor + "+0a1b2c3d+AQ" + String.valueOf(fill).repeat(42));
  }

  @Test
  void keysOfSensorsComeAndGo() {
    SensorKey first = key("falco-1", 'A');
    SensorKey second = key("falco-1", 'B');
    run.change(new RegisterSensors(List.of(first, key("guard-1", 'A')), List.of()));
    run.change(new RegisterSensors(List.of(second), List.of(first)));
    assertEquals(List.of(key("guard-1", 'A'), second), run.state().sensors());
  }

  @Test
  void keysOfSensorsThatAreNoneAreRefused() {
    SensorKey known = key("falco-1", 'A');
    run.change(new RegisterSensors(List.of(known), List.of()));
    refused("change_size", new RegisterSensors(List.of(), List.of()));
    refused("change_sensors", new RegisterSensors(List.of(known), List.of()));
    refused("change_sensors", new RegisterSensors(List.of(), List.of(key("falco-1", 'B'))));
    for (SensorKey bad :
        List.of(
            new SensorKey("other", "eu-1", key("falco-1", 'C').key()),
            new SensorKey("falco-1", " ", key("falco-1", 'C').key()),
            new SensorKey("falco-1", "eu-1", "falco-1+0a1b2c3d+AQ"),
            new SensorKey("falco 1", "eu-1", key("falco 1", 'C').key()))) {
      refused("change_sensors", new RegisterSensors(List.of(bad), List.of()));
    }
  }

  @Test
  void aCouncilGrowsToItsLimitInBatches() {
    int next = 4;
    while (run.state().members().size() < RegistryLimits.MAX_MEMBERS) {
      int count =
          Math.min(
              RegistryLimits.MAX_SEATS, RegistryLimits.MAX_MEMBERS - run.state().members().size());
      List<Seat> seats = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        seats.add(seat(next, "o" + next % 37, next++));
      }
      run.change(new AdmitMembers(seats));
    }
    refused("change_too_many_members", new AdmitMembers(List.of(seat(next, "a", 1))));
    run.later(Duration.ofDays(2));
    assertEquals(10_000, run.electorate().electors().size());
    run.balanced("10,000 members");
    assertTrue(run.state().memberOf(address(777)).isPresent());
    assertFalse(run.state().memberOf(address(99_999)).isPresent());
  }
}
