package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.registry.RegistryRun.seat;
import static witan.domain.registry.RegistryRun.weight;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Concentration;
import witan.domain.governance.Concentration.Ratio;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.registry.LogPlace;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryRun;
import witan.domain.registry.RegistryState;
import witan.domain.registry.RegistryVersions;
import witan.domain.registry.Seat;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;

class ElectoratesTest {
  private static final Duration DAY = Duration.ofDays(1);

  private static RegistryRun founded() {
    return new RegistryRun(List.of(seat(1, "a", 40), seat(2, "b", 35), seat(3, "c", 25)));
  }

  @Test
  void beforeTheFoundingThereIsNone() {
    RegistryHistory empty = new RegistryVersions(new RegistryAggregate(HASHER, STATEMENTS));
    assertEquals(
        Optional.empty(),
        Electorates.asOf(
            empty,
            Snapshot.now(new LogPlace(0, START)),
            DAY,
            Weighting.TOKEN,
            10_000,
            Urgency.ROUTINE));
  }

  @Test
  void theFoundersDecideAlsoACaseThatFollowsTheFoundingAtOnce() {
    RegistryRun run = founded();
    Electorate atOnce = run.electorate();
    assertEquals(Electorates.founding(run.state().charter()), atOnce);
    assertEquals(atOnce, run.later(DAY.multipliedBy(9)).electorate());
    assertEquals(1, atOnce.registrySeq());
    assertEquals(big(100), atOnce.total());
    assertEquals("b", atOnce.elector(address(2)).orElseThrow().organisation());
  }

  @Test
  void anElectorateDelegatesWithinItself() {
    Elector one = new Elector(address(1), "m1", "a", big(1), address(2));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Electorate("c", 1, Weighting.TOKEN, 1, Urgency.ROUTINE, List.of(one)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Elector(address(1), "m1", "a", big(1), address(1)));
  }

  /** Attack: splitting under {@code sqrt}. An organisation has one root, over however many keys. */
  @Test
  void splittingUnderSqrt() {
    Electorate whole =
        new RegistryRun(List.of(seat(1, "a", 10_000), seat(2, "b", 10_000)))
            .electorate(Weighting.SQRT, 10_000, Urgency.ROUTINE);
    List<Seat> seats = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      seats.add(seat(i, "a", 100));
    }
    seats.add(seat(101, "b", 10_000));
    Electorate split = new RegistryRun(seats).electorate(Weighting.SQRT, 10_000, Urgency.ROUTINE);
    assertEquals(big(200_000), whole.total());
    assertEquals(whole.total(), split.total());
    assertEquals(big(1_000), weight(split, 7));
    assertEquals(big(100_000), weight(split, 101));
  }

  /** Attack: two keys of one organisation. They share one cap and one root. */
  @Test
  void twoKeysOfOneOrganisation() {
    List<Seat> one =
        List.of(seat(1, "a", 90), seat(3, "b", 10), seat(4, "c", 10), seat(5, "d", 10));
    List<Seat> two =
        List.of(
            seat(1, "a", 45),
            seat(2, "a", 45),
            seat(3, "b", 10),
            seat(4, "c", 10),
            seat(5, "d", 10));
    for (Weighting weighting : Weighting.values()) {
      Electorate single = new RegistryRun(one).electorate(weighting, 3_300, Urgency.ROUTINE);
      Electorate pair = new RegistryRun(two).electorate(weighting, 3_300, Urgency.ROUTINE);
      assertEquals(single.total(), pair.total(), weighting.toString());
      assertEquals(weight(single, 1), weight(pair, 1).add(weight(pair, 2)), weighting.toString());
    }
    Electorate capped = new RegistryRun(two).electorate(Weighting.TOKEN, 3_300, Urgency.ROUTINE);
    assertEquals(big(44), capped.total());
    assertEquals(big(7), weight(capped, 1));
  }

  @Test
  void tiersMultiplyTokens() {
    RegistryRun run = founded();
    for (int i = 0; i < 4; i++) {
      CaseId caseId = run.nextCase();
      run.judge(2, caseId, Verdict.TRUE_POSITIVE);
      run.accept(
          new RegistryCommand.RecordVerdict(
              caseId, 0, new VerdictFacts(Verdict.TRUE_POSITIVE, "m1", List.of(), List.of())));
    }
    run.later(DAY.multipliedBy(2));
    Electorate electorate = run.electorate(Weighting.REPUTATION, 10_000, Urgency.ROUTINE);
    assertEquals(big(200), weight(electorate, 1));
    assertEquals(big(140), weight(electorate, 2));
  }

  @Test
  void concentrationIsExact() {
    Concentration even =
        Concentration.of(
            new RegistryRun(List.of(seat(1, "a", 5), seat(2, "b", 5), seat(3, "c", 5)))
                .electorate());
    assertEquals(new Ratio(big(0), big(45)), even.members());
    assertEquals(2, even.nakamoto());
    Concentration uneven =
        Concentration.of(
            new RegistryRun(
                    List.of(seat(1, "a", 6), seat(2, "a", 0), seat(3, "b", 3), seat(4, "c", 3)))
                .electorate());
    // members 0 3 3 6: (-3*0 - 1*3 + 1*3 + 3*6) / (4 * 12)
    assertEquals(new Ratio(big(18), big(48)), uneven.members());
    assertEquals(new Ratio(big(6), big(36)), uneven.organisations());
    assertEquals(2, uneven.nakamoto(), "half is not more than half");
    assertEquals(1, Concentration.of(founded(big(3))).nakamoto());
  }

  private static Electorate founded(BigInteger tokens) {
    return new RegistryRun(List.of(seat(1, "a", tokens.longValueExact()), seat(2, "b", 0)))
        .electorate();
  }

  /** Attack: a member reports a stolen key, then the thief has an alert dated before that. */
  @Test
  void aBackDatedFirstEntryRevivesNoRevokedKey() {
    RegistryRun run = founded();
    run.later(DAY.multipliedBy(3)).accept(run.rotate(1, 0, 1));
    Snapshot backDated = Snapshot.now(new LogPlace(run.index, START.plus(DAY)));
    Electorate electorate = electorate(run, backDated, DAY);
    assertEquals(BigInteger.ZERO, weight(electorate, 1));
    assertEquals(big(60), electorate.total());
  }

  /** Nor does one that is dated into the future bring in what was not held before the case. */
  @Test
  void aFirstEntryDatedIntoTheFutureCountsNothingThatComesAfterIt() {
    RegistryRun run = founded();
    run.later(DAY.multipliedBy(3));
    Snapshot ahead = Snapshot.now(new LogPlace(run.index, run.now.plus(DAY.multipliedBy(9))));
    Electorate before = electorate(run, ahead, DAY);
    run.change(
        new RegistryChange.ChangeTokens(List.of(new RegistryChange.Balance("m3", big(900)))));
    assertEquals(before, electorate(run, ahead, DAY));
    assertEquals(big(100), before.total());
  }

  /** Attack: tokens are moved in just before the case. */
  @Test
  void tokensMovedInWithinTheHoldingTimeCarryNoVote() {
    RegistryRun run = founded();
    run.later(DAY.multipliedBy(3));
    run.change(
        new RegistryChange.ChangeTokens(List.of(new RegistryChange.Balance("m3", big(900)))));
    assertEquals(big(25), weight(run.electorate(), 3));
    run.later(DAY.minusMillis(1));
    assertEquals(big(25), weight(run.electorate(), 3));
    assertEquals(big(900), weight(run.later(Duration.ofMillis(1)).electorate(), 3));
  }

  /** The log's order decides where times are the same. */
  @Test
  void whatIsLoggedAfterTheCaseAtTheSameTimeDoesNotCount() {
    RegistryRun run = founded();
    run.later(DAY.multipliedBy(3));
    Snapshot snapshot = run.snapshot();
    run.index++;
    run.accept(run.rotate(1, 0, 1));
    run.change(
        new RegistryChange.ChangeTokens(List.of(new RegistryChange.Balance("m3", big(900)))));
    for (Duration holding : List.of(Duration.ZERO, DAY)) {
      Electorate electorate = electorate(run, snapshot, holding);
      assertEquals(big(100), electorate.total());
      assertEquals(big(40), weight(electorate, 1));
    }
  }

  /** One entry with a clock ahead cuts the run of those that were held: never is more counted. */
  @Test
  void anEntryOfAClockThatIsAheadCutsThePrefix() {
    RegistryRun run = founded();
    run.later(DAY.multipliedBy(3));
    run.accept(run.delegate(2, 3, 1));
    run.later(Duration.ofMinutes(1));
    Instant behind = run.now.minus(Duration.ofMinutes(2));
    Electorate electorate =
        electorate(run, Snapshot.now(new LogPlace(run.index, behind)), Duration.ZERO);
    assertEquals(Optional.empty(), RegistryRun.delegate(electorate, 2));
    assertEquals(1, electorate.registrySeq());
  }

  @Test
  void aDelegationThatHadExpiredWhenTheCaseWasLoggedDoesNotCount() {
    RegistryRun run = founded();
    long expiry = START.plus(DAY.multipliedBy(5)).getEpochSecond();
    run.accept(run.delegate(1, 2, Digest.ZERO, 1, expiry));
    run.later(DAY.multipliedBy(5)).later(Duration.ofMillis(-1));
    assertEquals(Optional.of(address(2)), RegistryRun.delegate(run.electorate(), 1));
    run.later(Duration.ofMillis(1));
    assertEquals(Optional.empty(), RegistryRun.delegate(run.electorate(), 1));
  }

  @Test
  void aCaseOfVersionOneIsJudgedByTheTimesThatWereWrittenThen() {
    RegistryRun run = founded();
    run.later(DAY.multipliedBy(3)).accept(run.rotate(1, 0, 1));
    Snapshot old =
        new Snapshot(SnapshotRule.of(1), new LogPlace(run.index, START.plus(DAY.multipliedBy(2))));
    assertEquals(big(40), weight(electorate(run, old, DAY), 1));
    assertFalse(SnapshotRule.of(1).givesOrders());
    assertTrue(SnapshotRule.of(2).givesOrders());
  }

  private static Electorate electorate(RegistryRun run, Snapshot snapshot, Duration holding) {
    return Electorates.asOf(
            run.versions, snapshot, holding, Weighting.TOKEN, 10_000, Urgency.ROUTINE)
        .orElseThrow();
  }

  /** What folding one entry after the other gives, by the words of the rule. */
  private record Naive(RegistryAggregate rules, List<RegistryEvent> events, List<Long> indexes)
      implements RegistryHistory {
    @Override
    public RegistryState before(long index) {
      RegistryState state = rules.apply(rules.empty(), events.get(0));
      for (int e = 1; e < events.size(); e++) {
        state = indexes.get(e) < index ? rules.apply(state, events.get(e)) : state;
      }
      return state;
    }

    @Override
    public RegistryState heldBefore(LogPlace place, Duration holding) {
      RegistryState state = rules.apply(rules.empty(), events.get(0));
      boolean held = true;
      for (int e = 1; e < events.size(); e++) {
        Duration age = Duration.between(events.get(e).at(), place.at());
        held = held && indexes.get(e) < place.index() && age.compareTo(holding) >= 0;
        state = held ? rules.apply(state, events.get(e)) : state;
      }
      return state;
    }

    @Override
    public RegistryState at(Instant time) {
      RegistryState state = rules.apply(rules.empty(), events.get(0));
      for (int e = 1; e < events.size(); e++) {
        state = events.get(e).at().isAfter(time) ? state : rules.apply(state, events.get(e));
      }
      return state;
    }
  }

  /**
   * Snapshots under concurrent changes and wrong clocks: whatever happens to the registry later, a
   * snapshot of the past stays the same; and it is what the naive fold gives.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void laterChangesTouchNoSnapshot(long seed) {
    Random random = new Random(seed);
    List<Seat> seats = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      seats.add(seat(i, "o" + i % 5, random.nextInt(100) + 1));
    }
    RegistryRun run = new RegistryRun(seats);
    List<Long> indexes = new ArrayList<>(List.of(0L));
    List<Snapshot> cases = new ArrayList<>();
    List<List<Electorate>> taken = new ArrayList<>();
    for (int step = 0; step < 1_500; step++) {
      run.later(Duration.ofMinutes(random.nextInt(90)));
      run.index += random.nextInt(3);
      if (random.nextInt(25) == 0) {
        Duration clock = Duration.ofMinutes(random.nextInt(6_000) - 3_000);
        SnapshotRule rule = SnapshotRule.of(1 + random.nextInt(2));
        cases.add(new Snapshot(rule, new LogPlace(run.index++, run.now.plus(clock))));
        taken.add(snapshots(run.versions, cases.get(cases.size() - 1)));
      }
      run.later(Duration.ofMillis(random.nextInt(2)));
      int before = run.events.size();
      long index = run.index;
      tryAny(run, random, step);
      if (run.events.size() > before) {
        indexes.add(index);
      }
    }
    Naive naive = new Naive(new RegistryAggregate(HASHER, STATEMENTS), run.events, indexes);
    for (int i = 0; i < cases.size(); i++) {
      String message = "seed " + seed + " case " + i;
      List<Electorate> now = snapshots(run.versions, cases.get(i));
      if (cases.get(i).rule() == SnapshotRule.BY_LOG) {
        assertEquals(taken.get(i), now, message);
      }
      if (i % 5 == 0) {
        assertEquals(snapshots(naive, cases.get(i)), now, message);
      }
    }
    assertTrue(run.events.size() > 600, "seed " + seed + ": " + run.events.size() + " changes");
  }

  private static List<Electorate> snapshots(RegistryHistory history, Snapshot snapshot) {
    List<Electorate> snapshots = new ArrayList<>();
    for (Weighting weighting : Weighting.values()) {
      snapshots.add(
          Electorates.asOf(history, snapshot, DAY, weighting, 3_300, Urgency.URGENT).orElseThrow());
    }
    return snapshots;
  }

  private static void tryAny(RegistryRun run, Random random, int step) {
    int from = key(run, random);
    int to = key(run, random);
    String member = "m" + (1 + random.nextInt(30));
    RegistryCommand command =
        switch (random.nextInt(6)) {
          case 0 -> run.rotate(from, random.nextInt(9) == 0 ? 0 : 20_000 + step, step);
          case 1 ->
              change(
                  run,
                  new RegistryChange.ChangeTokens(
                      List.of(new RegistryChange.Balance(member, big(random.nextInt(200))))));
          case 2 ->
              change(
                  run,
                  new RegistryChange.AdmitMembers(List.of(seat(step + 13, "o" + step % 7, step))));
          case 3 -> change(run, new RegistryChange.RemoveMembers(List.of(member)));
          case 4 -> change(run, new RegistryChange.ReplaceKey(member, address(10_000 + step)));
          default -> run.delegate(from, to, step);
        };
    if (run.decide(command) instanceof Decision.Accepted) {
      run.accept(command);
    }
  }

  /** The present key of somebody, or one that is nobody's. */
  private static int key(RegistryRun run, Random random) {
    List<Member> members = new ArrayList<>(run.state().members().values());
    Address address = members.get(random.nextInt(members.size())).address();
    return address == null ? 99_999 : Integer.parseInt(address.hex().substring(34), 16);
  }

  private static RegistryCommand change(RegistryRun run, RegistryChange change) {
    return new RegistryCommand.ApplyChange(run.nextCase(), Digest.ZERO, change);
  }
}
