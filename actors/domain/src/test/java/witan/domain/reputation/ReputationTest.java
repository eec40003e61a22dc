package witan.domain.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.START;
import static witan.domain.registry.RegistryRun.seat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.governance.Support;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryRun;
import witan.domain.reputation.VerdictFacts.Vote;

class ReputationTest {
  private static Instant day(long days) {
    return START.plus(Duration.ofDays(days));
  }

  @Test
  void pointsHalveInNinetyDays() {
    for (long points : new long[] {1, 10, 200, 2_000}) {
      Reputation start = Reputation.NONE.plus(points, START);
      long half = points * 500_000;
      long after = start.at(day(90)).millionths();
      assertTrue(Math.abs(half - after) <= 90, points + " became " + after);
      assertTrue(Math.abs(half / 2 - start.at(day(180)).millionths()) <= 180, "after 180 days");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void lookingMeanwhileChangesNothing(long seed) {
    Random random = new Random(seed);
    Reputation start = Reputation.NONE.plus(1 + random.nextInt(2_000), START);
    Reputation looked = start;
    long day = 0;
    for (int i = 0; i < 50; i++) {
      day += random.nextInt(9);
      looked = looked.at(day(day));
      assertEquals(start.at(day(day)), looked, "seed " + seed);
    }
  }

  @Test
  void pointsStayWithinTheirBounds() {
    assertEquals(0, Reputation.NONE.plus(-3, START).points());
    assertEquals(2_000, Reputation.NONE.plus(2_000, START).plus(5, START).points());
    Reputation some = Reputation.NONE.plus(5, day(10));
    assertEquals(some, some.at(day(1)), "an earlier time takes nothing back");
  }

  @Test
  void tiersBeginAtTheirPoints() {
    assertEquals(
        List.of(Tier.BASE, Tier.BASE, Tier.KNOWN, Tier.TRUSTED, Tier.TRUSTED, Tier.PROVEN),
        IntStream.of(0, 9, 10, 50, 199, 200)
            .mapToObj(p -> Reputation.NONE.plus(p, START).tier())
            .toList());
    assertEquals(
        List.of(4L, 5L, 6L, 8L),
        List.of(Tier.values()).stream().map(t -> t.quarters().longValueExact()).toList());
  }

  @Test
  void aVerdictGivesPointsToThoseWhoAgreedWithIt() {
    List<Vote> votes =
        List.of(
            new Vote("for", Support.FOR),
            new Vote("against", Support.AGAINST),
            new Vote("abstain", Support.ABSTAIN));
    List<String> duty = List.of("for", "abstain");
    assertEquals(
        List.of(new Gain("abstain", 1), new Gain("bot", 3), new Gain("for", 2)),
        VerdictGains.gains(new VerdictFacts(Verdict.TRUE_POSITIVE, "bot", votes, duty)));
    assertEquals(
        List.of(new Gain("against", 1), new Gain("bot", -3)),
        VerdictGains.gains(new VerdictFacts(Verdict.FALSE_POSITIVE, "bot", votes, List.of())));
    assertEquals(
        List.of(new Gain("against", 1), new Gain("bot", -1)),
        VerdictGains.gains(new VerdictFacts(Verdict.DUPLICATE, "bot", votes, List.of())));
    assertEquals(
        List.of(),
        VerdictGains.gains(new VerdictFacts(Verdict.INCONCLUSIVE, "bot", votes, List.of())));
  }

  @Test
  void aCaseHasOneVerdictInParts() {
    RegistryRun run = new RegistryRun(List.of(seat(1, "a", 1), seat(2, "b", 1)));
    CaseId caseId = run.nextCase();
    VerdictFacts first =
        new VerdictFacts(
            Verdict.TRUE_POSITIVE, "m1", List.of(new Vote("gone", Support.FOR)), List.of());
    run.refused("verdict_parts", new RegistryCommand.RecordVerdict(caseId, 1, first));
    run.judge(1, caseId, Verdict.TRUE_POSITIVE);
    run.accept(new RegistryCommand.RecordVerdict(caseId, 0, first));
    assertEquals(
        new Decision.Repeated<>(3),
        run.decide(new RegistryCommand.RecordVerdict(caseId, 0, first)));
    VerdictFacts rest =
        new VerdictFacts(
            Verdict.TRUE_POSITIVE, null, List.of(new Vote("m2", Support.FOR)), List.of());
    run.accept(new RegistryCommand.RecordVerdict(caseId, 1, rest));
    assertEquals(3, run.state().members().get("m1").reputation().points());
    assertEquals(1, run.state().members().get("m2").reputation().points());
    VerdictFacts other = new VerdictFacts(Verdict.DUPLICATE, "m1", List.of(), List.of());
    run.refused("verdict_exists", new RegistryCommand.RecordVerdict(caseId, 0, other));
    VerdictFacts long200 =
        new VerdictFacts(
            Verdict.DUPLICATE,
            null,
            IntStream.rangeClosed(0, 200).mapToObj(i -> new Vote("x" + i, Support.FOR)).toList(),
            List.of());
    run.refused("verdict_size", new RegistryCommand.RecordVerdict(run.nextCase(), 0, long200));
  }
}
