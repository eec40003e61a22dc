package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.registry.RegistryRun.delegate;
import static witan.domain.registry.RegistryRun.rotate;
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
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Concentration.Ratio;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
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
        Electorates.asOf(empty, START, DAY, Weighting.TOKEN, 10_000, Urgency.ROUTINE));
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
      run.accept(
          new RegistryCommand.RecordVerdict(
              run.nextCase(),
              0,
              new VerdictFacts(Verdict.TRUE_POSITIVE, "m1", List.of(), List.of())));
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

  /**
   * Snapshots under concurrent changes: whatever happens to the registry later, a snapshot of the
   * past stays the same; and it is what folding only the events until then gives.
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
    List<Instant> alerts = new ArrayList<>();
    List<List<Electorate>> taken = new ArrayList<>();
    for (int step = 0; step < 1_500; step++) {
      run.later(Duration.ofMinutes(random.nextInt(90)));
      if (random.nextInt(25) == 0) {
        alerts.add(run.now);
        taken.add(snapshots(run.versions, run.now));
      }
      run.later(Duration.ofMillis(1));
      tryAny(run, random, step);
    }
    RegistryAggregate rules = new RegistryAggregate(HASHER, STATEMENTS);
    for (int i = 0; i < alerts.size(); i++) {
      String message = "seed " + seed + " alert " + i;
      assertEquals(taken.get(i), snapshots(run.versions, alerts.get(i)), message);
      RegistryHistory naive =
          time -> {
            RegistryState state = rules.apply(rules.empty(), run.events.get(0));
            for (int e = 1; e < run.events.size(); e++) {
              state =
                  run.events.get(e).at().isAfter(time)
                      ? state
                      : rules.apply(state, run.events.get(e));
            }
            return state;
          };
      if (i % 11 == 0) {
        assertEquals(taken.get(i), snapshots(naive, alerts.get(i)), message);
      }
    }
    assertTrue(run.events.size() > 600, "seed " + seed + ": " + run.events.size() + " changes");
  }

  private static List<Electorate> snapshots(RegistryHistory history, Instant alert) {
    List<Electorate> snapshots = new ArrayList<>();
    for (Weighting weighting : Weighting.values()) {
      snapshots.add(
          Electorates.asOf(history, alert, DAY, weighting, 3_300, Urgency.URGENT).orElseThrow());
    }
    return snapshots;
  }

  private static void tryAny(RegistryRun run, Random random, int step) {
    int from = key(run, random);
    int to = key(run, random);
    String member = "m" + (1 + random.nextInt(30));
    RegistryCommand command =
        switch (random.nextInt(6)) {
          case 0 -> rotate(from, random.nextInt(9) == 0 ? 0 : 20_000 + step, step);
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
          default -> delegate(from, to, step);
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
