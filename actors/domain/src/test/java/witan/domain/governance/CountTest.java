package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static witan.domain.Fixtures.big;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The running sums of a vote of 100, with three choices. */
class CountTest {
  private static final Count NONE = Count.empty(big(100), 3);

  private static Ballot ballot(Support support, long mask) {
    return aBallot().support(support).mask(big(mask)).build();
  }

  private static List<BigInteger> sums(long... weights) {
    return LongStream.of(weights).mapToObj(BigInteger::valueOf).toList();
  }

  @Test
  void aBallotForApprovesEachOfItsOptions() {
    Count count = NONE.add(ballot(Support.FOR, 0b101), big(30), false);

    assertEquals(new Tally(big(100), big(30), big(0), big(0)), count.tally());
    assertEquals(sums(30, 0, 30), count.approvals());
    assertEquals(big(70), count.tally().remaining());
  }

  @ParameterizedTest
  @EnumSource(
      value = Support.class,
      names = {"AGAINST", "ABSTAIN"})
  void onlyABallotForApproves(Support support) {
    Count count = NONE.add(ballot(support, 0b111), big(30), true);

    assertEquals(sums(0, 0, 0), count.approvals());
    assertEquals(sums(0, 0, 0), count.movable().approvals());
    assertEquals(big(70), count.tally().remaining(), "it is cast all the same");
  }

  @Test
  void whatMayStillMoveIsSummedBySideAndOption() {
    Count count =
        NONE.add(ballot(Support.FOR, 0b010), big(20), true)
            .add(ballot(Support.FOR, 0b011), big(5), false)
            .add(ballot(Support.AGAINST, 0), big(7), true)
            .add(ballot(Support.ABSTAIN, 0), big(3), true);

    assertEquals(new Movable(big(20), big(7), big(3), sums(0, 20, 0)), count.movable());
    assertEquals(big(30), count.movable().power());
    assertEquals(big(20), count.movable().approving(1));
    assertEquals(big(0), Movable.NONE.approving(1), "nothing approves what is not there");
    assertEquals(new Tally(big(100), big(25), big(7), big(3)), count.tally());
    assertEquals(sums(5, 25, 0), count.approvals());
  }

  @Test
  void whatIsTakenAwayLeavesNothingBehind() {
    Ballot ballot = ballot(Support.FOR, 0b110);
    Count count = NONE.add(ballot, big(20), true).add(ballot, big(-20), true);

    assertEquals(NONE, count);
  }

  @Test
  void aBallotWithoutWeightChangesNothing() {
    assertSame(NONE, NONE.add(ballot(Support.FOR, 0b1), big(0), true));
  }

  @Test
  void theWeightOfFlagsIsCountedAndTakenBack() {
    Ballot flag = aBallot().votes(Support.AGAINST).reason(Ballot.ABUSE).build();
    Count count = NONE.add(flag, big(20), false).add(ballot(Support.AGAINST, 0), big(10), false);

    assertEquals(big(20), count.flagged());
    assertEquals(big(0), count.add(flag, big(-20), false).flagged());
  }

  @Test
  void anOrganisationApprovesWhileOneOfItsMembersDoes() {
    Count count = NONE.approver("acme", 1).approver("acme", 1).approver("beta", 1);
    assertEquals(2, count.approving());

    Count one = count.approver("acme", -1).approver("beta", -1);

    assertEquals(Map.of("acme", 1, "beta", 0), one.approvers());
    assertEquals(1, one.approving());
  }
}
