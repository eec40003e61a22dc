package witan.domain.stake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.big;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import witan.domain.common.Digest;

class SlashingTest {
  private static final StakeProfile HARSH = new StakeProfile("harsh", 300, 700, 20, 30, true, 100);
  private static final Instant OPENED = START;
  private static final Instant ENDED = START.plusSeconds(300);
  private static final Shift ON_DUTY = new Shift(OPENED, ENDED);

  private static BondFacts facts(BondOutcome outcome, long total, long against, long abuse) {
    return new BondFacts(outcome, big(total), big(against), big(abuse));
  }

  @ParameterizedTest
  @CsvSource({"APPROVED, 0", "UNDECIDED, 0", "NO_QUORUM, 30", "REJECTED, 70"})
  void aBondLosesByTheOutcome(BondOutcome outcome, long lost) {
    assertEquals(big(lost), Slashing.ofBond(HARSH, facts(outcome, 99, 50, 0), big(1_000)));
  }

  /** Two thirds against is enough, exactly a third of flags is not. */
  @ParameterizedTest
  @CsvSource({
    "99, 66, 34, 1000", // both
    "99, 65, 34, 70", // a vote short of two thirds
    "99, 66, 33, 70", // exactly a third flagged it
    "100, 66, 34, 70", // 66.00 of 66.67
    "100, 67, 34, 1000",
    "100, 67, 33, 70",
    "0, 0, 0, 70" // nobody has a weight, so nobody flagged it
  })
  void allOfItIsLostWhereTheCouncilSaysItWasAbuse(long total, long against, long abuse, long lost) {
    BondFacts facts = facts(BondOutcome.REJECTED, total, against, abuse);
    assertEquals(big(lost), Slashing.ofBond(HARSH, facts, big(1_000)));
  }

  @ParameterizedTest
  @EnumSource(
      value = BondOutcome.class,
      names = {"REJECTED"},
      mode = EnumSource.Mode.EXCLUDE)
  void onlyARejectionIsAbuse(BondOutcome outcome) {
    BondFacts facts = facts(outcome, 99, 99, 99);
    long most = outcome == BondOutcome.NO_QUORUM ? 30 : 0;
    assertEquals(big(most), Slashing.ofBond(HARSH, facts, big(1_000)));
  }

  @Test
  void aShareIsRoundedDownInFavourOfTheOneWhoLoses() {
    BondFacts rejected = facts(BondOutcome.REJECTED, 9, 5, 0);
    assertEquals(big(0), Slashing.ofBond(HARSH, rejected, big(14)), "0.98");
    assertEquals(big(1), Slashing.ofBond(HARSH, rejected, big(15)), "1.05");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "11, 0", "0, 11"})
  void factsWhoseWeightsNobodyHasAreNone(long against, long abuse) {
    assertThrows(
        IllegalArgumentException.class, () -> facts(BondOutcome.REJECTED, 10, against, abuse));
  }

  @Test
  void factsOfTheWholeTotalAreSome() {
    assertEquals(big(10), facts(BondOutcome.REJECTED, 10, 10, 10).against());
  }

  private static Attendance absent(boolean delegated, boolean notified) {
    return new Attendance("m1", false, delegated, notified ? Digest.ZERO : null);
  }

  private static int rate(StakeProfile profile, Attendance absence, Shift... shifts) {
    return Slashing.rate(profile, absence, List.of(shifts), OPENED, ENDED);
  }

  @Test
  void whoWasOnDutyNotifiedAndHadNotDelegatedLoses() {
    assertEquals(20, rate(HARSH, absent(false, true), ON_DUTY));
  }

  @Test
  void eachExcuseIsEnough() {
    assertEquals(0, rate(HARSH, absent(true, true), ON_DUTY), "the delegate votes");
    assertEquals(0, rate(HARSH, absent(false, false), ON_DUTY), "nobody told them");
    assertEquals(0, rate(HARSH, absent(false, true)), "never on duty");
  }

  /** A shift that is a millisecond short of the vote excuses. */
  @ParameterizedTest
  @CsvSource({"0, 0, 20", "-1, 1, 20", "1, 0, 0", "0, -1, 0"})
  void theWholeVoteHasToBeInOneShift(long fromMillis, long untilMillis, int rate) {
    Shift shift = new Shift(OPENED.plusMillis(fromMillis), ENDED.plusMillis(untilMillis));
    assertEquals(rate, rate(HARSH, absent(false, true), shift));
  }

  @Test
  void twoShiftsThatMeetInTheVoteAreNoShiftOverIt() {
    Instant middle = OPENED.plusSeconds(100);
    assertEquals(
        0,
        rate(HARSH, absent(false, true), new Shift(OPENED, middle), new Shift(middle, ENDED)),
        "nobody is on duty for a vote that outlasts the shift");
    assertEquals(
        20,
        rate(HARSH, absent(false, true), new Shift(OPENED, middle), ON_DUTY),
        "one of several is enough");
  }

  @Test
  void aProfileThatAsksForNoDutySlashesEverybodyWhoIsAbsent() {
    assertEquals(10, rate(StakeProfile.PAPER, absent(true, false)));
  }

  @Test
  void anAbstentionHasItsOwnRateWhateverTheDuty() {
    Attendance abstained = new Attendance("m1", true, true, null);
    assertEquals(30, rate(HARSH, abstained));
    assertEquals(0, rate(StakeProfile.DEFAULT, abstained, ON_DUTY), "it is participation");
    assertEquals(10, rate(StakeProfile.PAPER, abstained));
  }

  /** Of 10,000 tokens in the morning, a day costs 100 at most. */
  @ParameterizedTest
  @CsvSource({
    "0, 10000, 20", // the rate
    "80, 9920, 20", // exactly what is left of the day
    "81, 9919, 19",
    "100, 9900, 0", // the day is used up
    "150, 9850, 0", // and was more than used up, under another profile
    "0, 7, 7" // nobody loses more than there is
  })
  void anAbsenceCostsNoMoreThanTheDayHasLeft(long lost, long tokens, long loses) {
    Losses today = new Losses(1, big(10_000), big(lost));
    assertEquals(big(loses), Slashing.ofAbsence(HARSH, 20, today, big(tokens)));
  }

  @Test
  void theRateIsOfTheMorningsTokensNotOfWhatIsLeft() {
    Losses today = new Losses(1, big(10_000), big(50));
    assertEquals(big(20), Slashing.ofAbsence(HARSH, 20, today, big(5_000)));
  }

  @Test
  void aDayBeginsAtMidnightUtcWithNothingLost() {
    Instant evening = Instant.parse("2026-11-23T23:59:59.999Z");
    Losses losses = Losses.NONE.on(evening, big(500)).plus(big(7)).plus(big(2));
    assertEquals(big(9), losses.lost());
    assertEquals(losses, losses.on(evening, big(491)), "the base is the morning's");
    assertEquals(
        new Losses(losses.day() + 1, big(491), big(0)), losses.on(evening.plusMillis(1), big(491)));
  }

  @Test
  void aClockThatIsBehindOpensNoSecondDay() {
    Losses losses = Losses.NONE.on(START, big(500)).plus(big(7));
    assertEquals(losses, losses.on(START.minus(Duration.ofDays(1)), big(493)));
  }

  @Test
  void daysBeforeTheEpochAreDaysToo() {
    assertEquals(-1, new Losses(-9, big(0), big(0)).on(Instant.ofEpochSecond(-1), big(1)).day());
  }

  @Test
  void aShiftEndsAfterItBegins() {
    assertThrows(IllegalArgumentException.class, () -> new Shift(OPENED, OPENED));
    assertThrows(IllegalArgumentException.class, () -> new Shift(ENDED, OPENED));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4"})
  void everyPartOfAProfileIsBasisPoints(int part) {
    assertEquals(10_000, profile(part, 10_000));
    assertEquals(0, profile(part, 0));
    assertThrows(IllegalArgumentException.class, () -> profile(part, -1));
    assertThrows(IllegalArgumentException.class, () -> profile(part, 10_001));
  }

  private static int profile(int part, int bps) {
    int[] parts = {1, 1, 1, 1, 1};
    parts[part] = bps;
    StakeProfile profile =
        new StakeProfile("p", parts[0], parts[1], parts[2], parts[3], true, parts[4]);
    return List.of(
            profile.noQuorumBps(),
            profile.rejectedBps(),
            profile.noShowBps(),
            profile.abstentionBps(),
            profile.dailyCapBps())
        .get(part);
  }
}
