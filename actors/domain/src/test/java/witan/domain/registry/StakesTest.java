package witan.domain.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.big;
import static witan.domain.registry.RegistryRun.seat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.domain.stake.Attendance;
import witan.domain.stake.BondFacts;
import witan.domain.stake.BondOutcome;
import witan.domain.stake.Shift;
import witan.domain.stake.StakeProfile;

class StakesTest {
  private static final Digest NOTICE = new Digest("ab".repeat(32));

  private final RegistryRun run =
      new RegistryRun(
          List.of(
              seat(1, "a", 40_000),
              seat(2, "b", 60_000),
              new Seat(
                  "bot", "soc", Member.AUTOMATION, witan.domain.Fixtures.address(9), big(1_000))));

  private static BondFacts facts(BondOutcome outcome, long against, long abuse) {
    return new BondFacts(outcome, big(99), big(against), big(abuse));
  }

  private BigInteger free(String member) {
    return run.state().members().get(member).tokens();
  }

  /** What the bond of 100 loses. */
  private BigInteger slashed(BondFacts facts) {
    CaseId caseId = run.nextCase();
    run.accept(new RegistryCommand.PostBond(caseId, "bot", big(100)));
    RegistryCommand.SettleBond settle = new RegistryCommand.SettleBond(caseId, facts);
    RegistryEvent event = run.accept(settle);
    assertEquals(new Decision.Repeated<>(run.state().seq()), run.decide(settle));
    run.balanced(facts.toString());
    return ((RegistryEvent.BondSettled) event).slashed();
  }

  @Test
  void bondsEndAsTheTableSays() {
    assertEquals(big(0), slashed(facts(BondOutcome.APPROVED, 98, 98)));
    assertEquals(big(0), slashed(facts(BondOutcome.NO_QUORUM, 66, 34)));
    assertEquals(big(5), slashed(facts(BondOutcome.REJECTED, 65, 99)));
    assertEquals(big(5), slashed(facts(BondOutcome.REJECTED, 66, 33)), "a third is not more");
    assertEquals(big(100), slashed(facts(BondOutcome.REJECTED, 66, 34)));
    assertEquals(big(110), run.state().ledger().treasury());
    run.change(new RegistryChange.AdoptStake(StakeProfile.PAPER));
    assertEquals(big(0), slashed(facts(BondOutcome.APPROVED, 0, 0)));
    assertEquals(big(5), slashed(facts(BondOutcome.NO_QUORUM, 0, 0)));
    assertEquals(big(5), slashed(facts(BondOutcome.REJECTED, 50, 0)));
  }

  @Test
  void aBondIsPostedOnceAndOnlyWhatIsThere() {
    CaseId caseId = run.nextCase();
    RegistryCommand.PostBond post = new RegistryCommand.PostBond(caseId, "bot", big(1_000));
    run.accept(post);
    assertEquals(new Decision.Repeated<>(2), run.decide(post));
    assertEquals(big(0), free("bot"));
    run.refused("bond_uncovered", new RegistryCommand.PostBond(run.nextCase(), "bot", big(1)));
    run.refused("bond_amount", new RegistryCommand.PostBond(run.nextCase(), "bot", big(0)));
    run.refused("member_not_found", new RegistryCommand.PostBond(run.nextCase(), "x", big(1)));
    run.refused(
        "bond_not_found",
        new RegistryCommand.SettleBond(run.nextCase(), facts(BondOutcome.APPROVED, 0, 0)));
  }

  @Test
  void bondsMoveNoVotes() {
    run.later(Duration.ofDays(2));
    var before = run.electorate();
    run.accept(new RegistryCommand.PostBond(run.nextCase(), "m1", big(40_000)));
    run.later(Duration.ofDays(2));
    assertEquals(before, run.electorate());
    assertEquals(big(100_000), before.total(), "the automation account does not vote");
  }

  @Test
  void aBondOfAMemberThatWasRemovedGoesToTheTreasury() {
    CaseId caseId = run.nextCase();
    run.accept(new RegistryCommand.PostBond(caseId, "m1", big(100)));
    run.change(new RegistryChange.RemoveMembers(List.of("m1")));
    run.accept(new RegistryCommand.SettleBond(caseId, facts(BondOutcome.APPROVED, 0, 0)));
    assertEquals(big(40_000), run.state().ledger().treasury());
    run.balanced("removed");
  }

  private void duty(String member) {
    Shift shift = new Shift(run.now, run.now.plus(Duration.ofDays(9)));
    run.change(new RegistryChange.AssignDuty(List.of(new RegistryChange.Duty(member, shift))));
  }

  /** Misses an urgent vote of five minutes that ends now. */
  private void miss(Attendance absence) {
    Instant opened = run.now;
    run.later(Duration.ofMinutes(5));
    run.accept(
        new RegistryCommand.SettleAbsences(
            run.nextCase(), 0, Urgency.URGENT, opened, run.now, List.of(absence)));
    run.balanced("absence");
  }

  private static Attendance absent(boolean abstained, boolean delegated, @Nullable Digest notice) {
    return new Attendance("m1", abstained, delegated, notice);
  }

  @Test
  void onlyWhoWasOnDutyAndNotifiedAndHadNotDelegatedLoses() {
    miss(absent(false, false, NOTICE));
    assertEquals(big(40_000), free("m1"), "not on duty");
    duty("m1");
    miss(absent(false, false, null));
    miss(absent(false, true, NOTICE));
    miss(absent(true, false, NOTICE));
    assertEquals(big(40_000), free("m1"));
    miss(absent(false, false, NOTICE));
    assertEquals(big(39_960), free("m1"));
    assertEquals(big(40), run.state().ledger().treasury());
  }

  /**
   * Attack: slashing farm. Urgent votes without end cost a member 1 % a day, and win nobody
   * anything.
   */
  @Test
  void slashingFarm() {
    run.now = Instant.parse("2026-11-24T00:00:00.000Z");
    duty("m1");
    for (int i = 0; i < 240; i++) {
      miss(absent(false, false, NOTICE));
    }
    assertEquals(big(39_600), free("m1"), "a day's cap, in twenty hours of votes");
    assertEquals(big(60_000), free("m2"), "nobody else gains");
    run.now = Instant.parse("2026-11-25T00:00:00.000Z");
    for (int i = 0; i < 20; i++) {
      miss(absent(false, false, NOTICE));
    }
    assertEquals(big(39_600 - 396), free("m1"), "the next day counts from what is left");
  }

  @Test
  void theProfilePaperSlashesEveryAbsenceAndEveryAbstention() {
    run.change(new RegistryChange.AdoptStake(StakeProfile.PAPER));
    miss(absent(false, true, null));
    miss(absent(true, false, null));
    assertEquals(big(39_920), free("m1"));
  }

  @Test
  void absencesAreSettledOnceAndOnlyWhereTheyCost() {
    Instant opened = run.now;
    run.later(Duration.ofMinutes(5));
    List<Attendance> one = List.of(absent(false, false, NOTICE));
    CaseId caseId = run.nextCase();
    var good = new RegistryCommand.SettleAbsences(caseId, 0, Urgency.URGENT, opened, run.now, one);
    run.accept(good);
    assertEquals(new Decision.Repeated<>(2), run.decide(good));
    CaseId other = run.nextCase();
    run.refused(
        "absences_not_due",
        new RegistryCommand.SettleAbsences(other, 0, Urgency.ELEVATED, opened, run.now, one));
    run.refused(
        "absences_not_due",
        new RegistryCommand.SettleAbsences(
            other, 0, Urgency.URGENT, opened, run.now.plusSeconds(1), one));
    run.refused(
        "absences_size",
        new RegistryCommand.SettleAbsences(other, 0, Urgency.URGENT, opened, run.now, List.of()));
    run.refused(
        "absences_twice",
        new RegistryCommand.SettleAbsences(
            other, 0, Urgency.URGENT, opened, run.now, List.of(one.get(0), one.get(0))));
  }

  /** Balances never negative (the records refuse it), and no token lost or made, whatever comes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void supplyIsBalancesAndBondsAndTreasuryAtAllTimes(long seed) {
    Random random = new Random(seed);
    List<CaseId> bonds = new ArrayList<>();
    Set<Class<?>> kinds = new HashSet<>();
    for (int step = 0; step < 600; step++) {
      run.later(Duration.ofMinutes(random.nextInt(120)));
      RegistryCommand command = any(random, step, bonds);
      if (run.decide(command) instanceof Decision.Accepted) {
        RegistryEvent event = run.accept(command);
        kinds.add(event.getClass());
        if (event instanceof RegistryEvent.BondPosted posted) {
          bonds.add(posted.caseId());
        }
        run.balanced("seed " + seed + " step " + step + " " + event);
      }
    }
    assertTrue(kinds.size() >= 5, "seed " + seed + " " + kinds);
    assertTrue(run.events.size() > 200, "seed " + seed + " " + run.events.size());
  }

  private RegistryCommand any(Random random, int step, List<CaseId> bonds) {
    String member = List.of("m1", "m2", "bot", "x" + random.nextInt(4)).get(random.nextInt(4));
    CaseId bond = bonds.isEmpty() ? new CaseId("none") : bonds.get(random.nextInt(bonds.size()));
    return switch (random.nextInt(8)) {
      case 0 -> new RegistryCommand.PostBond(run.nextCase(), member, big(random.nextInt(3_000)));
      case 1 ->
          new RegistryCommand.SettleBond(
              bond,
              facts(
                  List.of(BondOutcome.values()).get(random.nextInt(3)),
                  random.nextInt(100),
                  random.nextInt(100)));
      case 2 -> absences(random, member);
      case 3 ->
          change(
              new RegistryChange.ChangeTokens(
                  List.of(new RegistryChange.Balance(member, big(random.nextInt(50_000))))));
      case 4 ->
          change(
              new RegistryChange.GrantTokens(
                  List.of(new RegistryChange.Balance(member, big(random.nextInt(100))))));
      case 5 ->
          random.nextInt(5) == 0
              ? change(new RegistryChange.RemoveMembers(List.of(member)))
              : change(
                  new RegistryChange.AdmitMembers(
                      List.of(
                          new Seat(
                              member,
                              "o",
                              "legal",
                              witan.domain.Fixtures.address(100 + step),
                              big(5_000)))));
      case 6 ->
          change(
              new RegistryChange.AdoptStake(
                  random.nextBoolean() ? StakeProfile.PAPER : StakeProfile.DEFAULT));
      default -> verdict(run.nextCase(), List.of(Verdict.values()).get(random.nextInt(4)), member);
    };
  }

  private RegistryCommand verdict(CaseId caseId, Verdict verdict, String proposer) {
    if (run.state().memberOf(witan.domain.Fixtures.address(1)).isPresent()) {
      run.judge(1, caseId, verdict);
    }
    return new RegistryCommand.RecordVerdict(
        caseId,
        0,
        new VerdictFacts(
            verdict, proposer, List.of(new VerdictFacts.Vote("m2", Support.FOR)), List.of()));
  }

  private RegistryCommand absences(Random random, String member) {
    Instant opened = run.now.minus(Duration.ofMinutes(5));
    Attendance absence =
        new Attendance(
            member,
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean() ? NOTICE : null);
    return new RegistryCommand.SettleAbsences(
        run.nextCase(), 0, Urgency.URGENT, opened, run.now, List.of(absence));
  }

  private RegistryCommand change(RegistryChange change) {
    return new RegistryCommand.ApplyChange(run.nextCase(), Digest.ZERO, change);
  }
}
