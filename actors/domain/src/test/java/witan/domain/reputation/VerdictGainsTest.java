package witan.domain.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.Fixtures.START;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.governance.Support;
import witan.domain.reputation.VerdictFacts.Vote;

class VerdictGainsTest {
  private static List<Gain> gains(Verdict verdict, VerdictFacts facts) {
    return VerdictGains.gains(
        new VerdictFacts(verdict, facts.proposer(), facts.votes(), facts.dutyKept()));
  }

  private static VerdictFacts facts(String proposer, List<Vote> votes, String... kept) {
    return new VerdictFacts(Verdict.INCONCLUSIVE, proposer, votes, List.of(kept));
  }

  /** Each verdict with each way of having been concerned. */
  @ParameterizedTest
  @CsvSource({
    "TRUE_POSITIVE,   3, 1, 0, 0",
    "FALSE_POSITIVE, -3, 0, 1, 0",
    "DUPLICATE,      -1, 0, 1, 0",
    "INCONCLUSIVE,    0, 0, 0, 0"
  })
  void whoAgreedGainsAndNobodyLosesByAVote(
      Verdict verdict, int proposed, int isFor, int against, int abstained) {
    assertEquals(points(proposed), gains(verdict, facts("m", List.of())));
    assertEquals(points(isFor), voted(verdict, Support.FOR));
    assertEquals(points(against), voted(verdict, Support.AGAINST));
    assertEquals(points(abstained), voted(verdict, Support.ABSTAIN));
    assertEquals(points(1), gains(verdict, facts(null, List.of(), "m")), "a duty kept is kept");
  }

  private static List<Gain> voted(Verdict verdict, Support support) {
    return gains(verdict, facts(null, List.of(new Vote("m", support))));
  }

  private static List<Gain> points(int points) {
    return points == 0 ? List.of() : List.of(new Gain("m", points));
  }

  @Test
  void whatAMemberDidIsAddedUp() {
    VerdictFacts all = facts("m", List.of(new Vote("m", Support.FOR)), "m");
    assertEquals(points(5), gains(Verdict.TRUE_POSITIVE, all));
    assertEquals(points(-2), gains(Verdict.FALSE_POSITIVE, all));
    assertEquals(List.of(), gains(Verdict.DUPLICATE, all), "-1 and +1 are nothing to log");
  }

  @Test
  void gainsAreInTheOrderOfHandlesWhateverTheOrderOfTheBallots() {
    List<Vote> votes = List.of(new Vote("z", Support.FOR), new Vote("b", Support.FOR));
    assertEquals(
        List.of(new Gain("a", 1), new Gain("b", 1), new Gain("m", 3), new Gain("z", 1)),
        gains(Verdict.TRUE_POSITIVE, facts("m", votes, "a")));
  }

  /** They are signed as numbers, which are therefore never given to another. */
  @ParameterizedTest
  @CsvSource({"TRUE_POSITIVE, 1", "FALSE_POSITIVE, 2", "DUPLICATE, 3", "INCONCLUSIVE, 4"})
  void aVerdictIsSignedAsANumber(Verdict verdict, int code) {
    assertEquals(code, verdict.code());
  }

  @ParameterizedTest
  @CsvSource({"0, BASE", "9, BASE", "10, KNOWN", "49, KNOWN", "50, TRUSTED", "199, TRUSTED"})
  void aTierBeginsWithItsPoints(long points, Tier tier) {
    assertEquals(tier, Reputation.NONE.plus(points, START).tier());
  }

  @Test
  void aTierIsLostTheMomentThePointsAreBelowIt() {
    Instant midnight = Instant.parse("2026-11-24T00:00:00Z");
    Reputation proven = Reputation.NONE.plus(200, midnight.minusSeconds(1));
    assertEquals(Tier.PROVEN, proven.at(midnight.minusNanos(1)).tier());
    assertEquals(Tier.TRUSTED, proven.at(midnight).tier(), "the first day has passed");
  }

  @Test
  void pointsAreMovedAfterTheyHaveDecayed() {
    Instant later = START.plus(Duration.ofDays(90));
    Reputation halved = Reputation.NONE.plus(100, START).at(later);
    assertEquals(
        halved.millionths() + 5_000_000,
        Reputation.NONE.plus(100, START).plus(5, later).millionths());
    assertEquals(0, Reputation.NONE.plus(100, START).plus(-51, later).millionths());
  }

  @Test
  void whoLosesMoreThanThereIsOwesNothing() {
    Reputation none = Reputation.NONE.plus(2, START).plus(-3, START);
    assertEquals(1, none.plus(1, START).points());
  }

  /** A day is the least time: nothing decays within one, however long ago its morning was. */
  @ParameterizedTest
  @CsvSource({"0, 7000000", "82676, 7000000", "82677, 6946295"})
  void pointsDecayAtMidnightUtc(long seconds, long millionths) {
    assertEquals(
        millionths, Reputation.NONE.plus(7, START).at(START.plusSeconds(seconds)).millionths());
  }

  @Test
  void pointsThatAreGoneStayGoneForEver() {
    Reputation one = Reputation.NONE.plus(1, START);
    assertEquals(0, one.at(START.plus(Duration.ofDays(36_500))).millionths());
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "2000000001, 0", "0, -1"})
  void reputationIsWithinItsBounds(long millionths, long day) {
    assertThrows(IllegalArgumentException.class, () -> new Reputation(millionths, day));
    assertEquals(2_000, new Reputation(2_000_000_000L, 0).points());
  }

  @Test
  void aTimeBeforeTheEpochIsItsFirstDay() {
    assertEquals(new Reputation(3_000_000, 0), Reputation.NONE.plus(3, Instant.ofEpochSecond(-9)));
  }
}
