package witan.domain.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.delegated;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.sign;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;
import static witan.domain.recount.ForgedHistory.before;
import static witan.domain.recount.ForgedHistory.check;
import static witan.domain.recount.ForgedHistory.with;
import static witan.domain.recount.ForgedHistory.without;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.fixtures.BallotBuilder;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.recount.ForgedHistory.Vote;
import witan.domain.registry.SignedVeto;

/** Every ballot and every decision, worked out again. */
class RecountedVoteTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);
  private static final Instant DEADLINE = START.plusSeconds(300);

  private static CaseRun voting(Policy policy) {
    return CaseRun.voting(FIVE, policy, option("a", 10));
  }

  private static String forged(
      List<CaseEvent> honest, int number, Electorate electorate, Consumer<Vote> how) {
    Vote vote = new Vote((CaseEvent.VoteCast) honest.get(number - 1));
    how.accept(vote);
    return check(with(honest, number, vote.event()), electorate);
  }

  /** Opened, alert, voting, the votes of 1 and 2. */
  private static List<CaseEvent> twoVotes() {
    CaseRun run = voting(policy());
    run.now = START.plusSeconds(10);
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.AGAINST, 0));
    return run.events;
  }

  private static void otherwise(Vote vote, UnaryOperator<BallotBuilder> how) {
    vote.signed = sign(how.apply(aBallot(vote.signed.ballot())).build());
  }

  static Stream<Arguments> ballots() {
    return Stream.of(
        other("of another proposal", v -> otherwise(v, b -> b.hash(HASHER.text("x")))),
        other("of another case", v -> otherwise(v, b -> b.proposal(HASHER.text("x")))),
        other("a nonce below 0", v -> otherwise(v, b -> b.nonce(-1))),
        other("a nonce beyond JSON", v -> otherwise(v, b -> b.nonce(JsonNumbers.MAX + 1))),
        other("an expiry beyond JSON", v -> otherwise(v, b -> b.deadline(JsonNumbers.MAX + 1))),
        other("expired by a second", v -> otherwise(v, b -> b.deadline(v.at.getEpochSecond()))),
        other("for no option", v -> otherwise(v, b -> b.mask(big(0)))),
        other("for an option that is not there", v -> otherwise(v, b -> b.mask(big(4)))),
        other("a mask below 0", v -> otherwise(v, b -> b.mask(big(-1)))),
        other("against, for an option", v -> otherwise(v, b -> b.support(Support.AGAINST))),
        other("of somebody else", v -> otherwise(v, b -> b.voter(address(9)))),
        other("another digest", v -> v.digest = HASHER.text("x")),
        other("another weight", v -> v.weight = big(31)),
        other("another organisation", v -> v.organisation = "org9"),
        other("delegated weight", v -> v.delegated = big(1)),
        other("an override of nobody", v -> v.overrides = address(2)),
        other("a second ballot", v -> v.ordinal = 2),
        other("not counted", v -> v.counted = false),
        other("before the opening", v -> v.at = START.minusMillis(1)),
        other("at the deadline", v -> v.at = DEADLINE));
  }

  private static Arguments other(String what, Consumer<Vote> how) {
    return Arguments.of(what, how);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ballots")
  void aBallotIsRecordedAsItCameAndWhenItCounted(String what, Consumer<Vote> how) {
    assertEquals("recount_ballot", forged(twoVotes(), 4, FIVE, how));
  }

  static Stream<Arguments> fittingBallots() {
    return Stream.of(
        other("at the opening", v -> v.at = START),
        other("at the last moment", v -> v.at = DEADLINE.minusMillis(1)),
        other(
            "signed for another second",
            v -> otherwise(v, b -> b.deadline(v.at.getEpochSecond() + 1))),
        other("for no action", v -> otherwise(v, b -> b.mask(big(2)))),
        other("for both", v -> otherwise(v, b -> b.mask(big(3)))),
        other("the first nonce", v -> otherwise(v, b -> b.nonce(0))));
  }

  /** The bounds are where they are said to be: just within them nothing is wrong. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("fittingBallots")
  void aBallotWithinAllBoundsIsTaken(String what, Consumer<Vote> how) {
    assertEquals("recount_decision", forged(twoVotes(), 4, FIVE, how), "there is none yet");
  }

  @Test
  void aBallotIsNotLoggedBeforeItsVote() {
    List<CaseEvent> events = twoVotes();
    assertEquals("recount_history", check(before(events, 3, events.get(3)), FIVE));
    assertEquals("recount_history", check(List.of(events.get(3)), FIVE));
  }

  private static List<CaseEvent> replaced() {
    CaseRun run = voting(policy(policy(), 0, true));
    run.accepted(run.cast(1, Support.FOR, 1, 5));
    run.accepted(run.cast(2, Support.FOR, 1, 1));
    run.accepted(run.cast(1, Support.AGAINST, 0, 6));
    run.accepted(run.cast(3, Support.FOR, 1, 1));
    run.now = DEADLINE;
    run.accepted(new CaseCommand.CheckDeadline());
    return run.events;
  }

  @Test
  void theLastBallotOfEachIsCountedWhereVotesCanBeReplaced() {
    assertEquals("agrees", check(replaced(), FIVE));
    assertEquals(
        new CaseEvent.ProposalApproved(
            0, new Tally(big(100), big(45), big(30), big(0)), false, DEADLINE),
        replaced().get(7),
        "45 of 75, without what 1 said first");
  }

  @ParameterizedTest
  @CsvSource({"5", "4"})
  void aBallotIsReplacedByAGreaterNonceOnly(long nonce) {
    assertEquals(
        "recount_ballot", forged(replaced(), 6, FIVE, v -> otherwise(v, b -> b.nonce(nonce))));
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void ballotsOfAVoterAreNumbered(int ordinal) {
    assertEquals("recount_ballot", forged(replaced(), 6, FIVE, v -> v.ordinal = ordinal));
  }

  @Test
  void nobodyVotesTwiceWhereVotesAreFinal() {
    List<CaseEvent> events = twoVotes();
    Vote again = new Vote((CaseEvent.VoteCast) events.get(3));
    otherwise(again, b -> b.nonce(2));
    again.ordinal = 2;
    assertEquals("recount_ballot", check(before(events, 6, again.event()), FIVE));
  }

  /** Voters 2 and 3 have delegated to 1. */
  private static final Electorate DELEGATED = delegated(FIVE, 0, 1, 1, 0, 0);

  private static List<CaseEvent> overridden() {
    CaseRun run = CaseRun.voting(DELEGATED, policy(8_000, 5_100, policy().mode()), option("a", 1));
    run.accepted(run.cast(1, Support.AGAINST, 0));
    run.accepted(run.cast(2, Support.FOR, 1));
    run.accepted(run.cast(5, Support.FOR, 1));
    run.now = DEADLINE;
    run.accepted(new CaseCommand.CheckDeadline());
    return run.events;
  }

  @Test
  void aVoterTakesItsWeightBackFromItsDelegate() {
    assertEquals("agrees", check(overridden(), DELEGATED));
    assertEquals(
        big(45), ((CaseEvent.VoteCast) overridden().get(3)).delegatedWeight(), "of 2 and 3");
  }

  @Test
  void whatADelegateCarriesAndWhatIsTakenBackIsNotTheNodesToSay() {
    List<CaseEvent> events = overridden();
    assertEquals("recount_ballot", forged(events, 4, DELEGATED, v -> v.delegated = big(20)));
    assertEquals("recount_ballot", forged(events, 5, DELEGATED, v -> v.overrides = null));
    assertEquals("recount_ballot", forged(events, 5, DELEGATED, v -> v.overrides = address(4)));
    assertEquals("recount_ballot", forged(events, 6, DELEGATED, v -> v.overrides = address(1)));
  }

  @Test
  void organisationsHaveToApproveWhereThePolicyAsksForThem() {
    CaseRun run = voting(policy(policy(), 2, false));
    run.accepted(run.cast(1, Support.FOR, 1)); // of org0
    run.accepted(run.cast(3, Support.FOR, 1)); // of org0
    run.accepted(run.cast(5, Support.FOR, 1)); // of org0
    run.now = DEADLINE;
    run.accepted(new CaseCommand.CheckDeadline());
    assertEquals("agrees", check(run.events, FIVE));

    List<CaseEvent> approved =
        with(
            run.events,
            7,
            new CaseEvent.ProposalApproved(
                0, new Tally(big(100), big(60), big(0), big(0)), false, DEADLINE));

    assertEquals("recount_decision", check(approved, FIVE));
  }

  private static final Policy FAST =
      aPolicy()
          .named("fast")
          .quorum(8_000)
          .support(6_600)
          .lateQuorumExtension(Duration.ZERO)
          .build();

  /** Opened, alert, voting, a vote, conversion at five minutes. */
  private static CaseRun converted(Duration normal) {
    Policy slow = aPolicy(FAST).named("slow").window(normal).quorum(3_000).support(5_100).build();
    CaseRun run = CaseRun.expedited(FIVE, FAST, slow, option("a", 1));
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = DEADLINE;
    run.accepted(new CaseCommand.CheckDeadline());
    return run;
  }

  @Test
  void anExpeditedVoteThatMissedItsBarGoesOnUnderTheNormalOne() {
    CaseRun run = converted(Duration.ofHours(1));
    assertEquals(
        new CaseEvent.VotingConverted(START.plus(Duration.ofHours(1)), DEADLINE),
        run.events.get(4));
    run.now = START.plus(Duration.ofHours(1));
    run.accepted(new CaseCommand.CheckDeadline());
    assertEquals("agrees", check(run.events, FIVE));
  }

  @Test
  void aConversionIsWhereAndAsItHasToBe() {
    CaseRun run = converted(Duration.ofHours(1));
    run.now = START.plus(Duration.ofHours(1));
    run.accepted(new CaseCommand.CheckDeadline());
    List<CaseEvent> events = run.events;
    Instant end = START.plus(Duration.ofHours(1));
    for (CaseEvent other :
        List.of(
            new CaseEvent.VotingConverted(end.plusMillis(1), DEADLINE),
            new CaseEvent.VotingConverted(end, DEADLINE.minusMillis(1)),
            new CaseEvent.ProposalExpired(
                new Tally(big(100), big(30), big(0), big(0)), DEADLINE))) {
      assertEquals("recount_decision", check(with(events, 5, other), FIVE), other.toString());
    }
    assertEquals("recount_decision", check(before(events, 6, events.get(4)), FIVE), "twice");
    assertEquals("recount_decision", check(without(events, 5), FIVE), "left out");
  }

  @Test
  void nothingIsConvertedWhereThereIsNoNormalPolicy() {
    CaseRun run = voting(policy());
    run.accepted(run.cast(1, Support.FOR, 1));
    List<CaseEvent> events =
        before(run.events, 5, new CaseEvent.VotingConverted(DEADLINE.plusSeconds(1), DEADLINE));
    assertEquals("recount_decision", check(events, FIVE));
  }

  @Test
  void whatFollowsFromAVoteDoesNotComeBeforeIt() {
    CaseEvent expired =
        new CaseEvent.ProposalExpired(new Tally(big(100), big(0), big(0), big(0)), DEADLINE);
    List<CaseEvent> events = twoVotes();
    assertEquals("recount_history", check(before(events, 3, expired), FIVE));
    assertEquals(
        "recount_decision",
        check(
            before(events, 4, new CaseEvent.VotingExtended(DEADLINE.plusSeconds(9), START)), FIVE));
    assertEquals(
        "recount_history",
        check(before(events, 3, new CaseEvent.VotersNotified(List.of(), START)), FIVE));
    assertEquals(
        "recount_decision",
        check(before(events, 4, new CaseEvent.VotersNotified(List.of(), START)), FIVE),
        "told of an open vote: there is only no decision yet");
  }

  @Test
  void whatIsDoneProvisionallyDecidesNothingAndAnythingElseWaitsForTheDecision() {
    String step = Containment.step("a");
    List<CaseEvent> events = twoVotes();
    for (CaseEvent provisional :
        List.of(
            new CaseEvent.ContainmentStarted(
                0,
                HASHER.text("p"),
                "kubernetes",
                List.of(step),
                List.of(),
                false,
                1,
                Duration.ofMinutes(1),
                START),
            new CaseEvent.ContainmentRefused("off", "", 1, START),
            new CaseEvent.ContainmentEnded(ContainmentOutcome.REVERTED, "", START),
            intended(step),
            observed(step))) {
      assertEquals("recount_decision", check(before(events, 4, provisional), FIVE));
    }
    for (CaseEvent early :
        List.of(
            intended("a"),
            observed("a"),
            new CaseEvent.CaseClosed("noise", START),
            new CaseEvent.ExecutionStarted(
                0, HASHER.text("p"), "kubernetes", List.of("a"), START))) {
      assertEquals("recount_history", check(before(events, 4, early), FIVE), early.toString());
    }
  }

  private static CaseEvent intended(String step) {
    return new CaseEvent.StepIntended(
        step,
        1,
        "quarantine-label",
        new Target("eu", "shop", "Pod", "web-1"),
        Map.of(),
        "f",
        START,
        START);
  }

  private static CaseEvent observed(String step) {
    return new CaseEvent.StepObserved(step, 1, StepOutcome.DONE, "", "[]", START);
  }

  /** Opened, alert, voting, a vote, the veto. */
  private static List<CaseEvent> vetoed() {
    CaseRun run = voting(policy());
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.veto(run.vote().proposalHash(), 5));
    return run.events;
  }

  private static CaseEvent.ProposalVetoed veto() {
    return (CaseEvent.ProposalVetoed) vetoed().get(4);
  }

  private static CaseEvent at(Instant time) {
    return new CaseEvent.ProposalVetoed(veto().signed(), veto().registrySeq(), time);
  }

  @Test
  void aVetoStopsAnOpenVoteAndWhatWasApproved() {
    assertEquals("agrees", check(vetoed(), FIVE));
    assertEquals("agrees", check(with(vetoed(), 5, at(DEADLINE.minusMillis(1))), FIVE));
    CaseRun approved = voting(policy());
    approved.accepted(approved.cast(1, Support.FOR, 1));
    approved.accepted(approved.cast(2, Support.FOR, 1));
    approved.accepted(approved.cast(3, Support.FOR, 1));
    approved.accepted(approved.veto(approved.vote().proposalHash(), 5));
    assertEquals("agrees", check(approved.events, FIVE));
  }

  @Test
  void aVetoIsNoWayRoundTheDecision() {
    List<CaseEvent> events = vetoed();
    assertEquals(
        "recount_history",
        check(with(events, 5, at(DEADLINE)), FIVE),
        "at the deadline the vote is decided first");
    assertEquals("recount_history", check(before(events, 3, veto()), FIVE), "before the vote");
    CaseRun rejected = voting(policy());
    rejected.accepted(rejected.cast(1, Support.AGAINST, 0));
    rejected.accepted(rejected.cast(2, Support.AGAINST, 0));
    assertEquals(
        "recount_history",
        check(before(rejected.events, rejected.events.size() + 1, veto()), FIVE),
        "there is nothing to stop");
    assertEquals("recount_history", check(before(events, 6, veto()), FIVE), "twice");
  }

  @Test
  void aVetoIsSignedByItsGuardianForThisProposalAndReason() {
    SignedVeto signed = veto().signed();
    SignedVeto reasoned = new SignedVeto(signed.veto(), "another reason", signed.signature());
    CaseRun run = voting(policy());
    SignedVeto elsewhere = run.veto(HASHER.text("x"), 5).signed();
    SignedVeto mine = run.veto(run.vote().proposalHash(), 4).signed();
    for (SignedVeto forged : List.of(reasoned, elsewhere, mine)) {
      assertEquals(
          "recount_decision",
          check(with(vetoed(), 5, new CaseEvent.ProposalVetoed(forged, 7, START)), FIVE),
          forged.toString());
    }
  }

  /** Whoever is told what is wrong is told where. */
  @Test
  void aRefusalNamesTheEvent() {
    List<CaseEvent> events = without(twoVotes(), 4);
    events.add(observed("a"));
    Refusal refusal = Recount.check(events, FIVE, HASHER, SIGNATURES).orElseThrow();
    assertEquals("event 5: came before a decision", refusal.message());
  }
}
