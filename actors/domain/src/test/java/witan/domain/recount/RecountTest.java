package witan.domain.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.ballot;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;
import static witan.domain.Fixtures.sign;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Ballot;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseRun;

class RecountTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);

  /** Opened, alert, voting, four votes, approval (8th), a late vote. */
  private final List<CaseEvent> good = history();

  private static List<CaseEvent> history() {
    CaseRun run = CaseRun.voting(FIVE, policy(), option("a", 10), option("b", 5));
    run.accepted(run.cast(1, Support.FOR, 3));
    run.accepted(run.cast(2, Support.FOR, 1));
    run.accepted(run.cast(3, Support.FOR, 2));
    run.accepted(run.cast(4, Support.FOR, 1));
    run.accepted(run.cast(5, Support.AGAINST, 0));
    return run.events;
  }

  private static String check(List<CaseEvent> events, Electorate electorate) {
    return Recount.check(events, electorate, HASHER, SIGNATURES)
        .map(Refusal::code)
        .orElse("agrees");
  }

  private String with(int number, CaseEvent event) {
    List<CaseEvent> events = new ArrayList<>(good);
    events.set(number - 1, event);
    return check(events, FIVE);
  }

  private CaseEvent.VoteCast vote(int number) {
    return (CaseEvent.VoteCast) good.get(number - 1);
  }

  private CaseEvent.VotingOpened opening() {
    return (CaseEvent.VotingOpened) good.get(2);
  }

  @Test
  void anHonestHistoryAgreesWithAndWithoutWhatCameLater() {
    assertEquals("agrees", check(good, FIVE));
    CaseEvent.ProposalApproved approval = (CaseEvent.ProposalApproved) good.get(7);
    assertEquals(0, approval.option());
    assertEquals("agrees", check(good.subList(0, 8), FIVE));
    CaseRun run = CaseRun.voting(FIVE, policy(), option("a", 10));
    run.accepted(run.cast(1, Support.FOR, 1));
    run.now = START.plusSeconds(299);
    run.accepted(run.cast(3, Support.AGAINST, 0));
    run.accepted(run.cast(4, Support.ABSTAIN, 0));
    run.accepted(record(2));
    run.now = START.plusSeconds(400);
    run.accepted(new CaseCommand.CheckDeadline());
    assertTrue(run.events.stream().anyMatch(e -> e instanceof CaseEvent.VotingExtended));
    assertEquals("agrees", check(run.events, FIVE));
    List<CaseEvent> unextended = new ArrayList<>(run.events);
    unextended.removeIf(e -> e instanceof CaseEvent.VotingExtended);
    assertEquals("recount_decision", check(unextended, FIVE));
  }

  @Test
  void aHistoryWithoutADecisionDoesNotAgree() {
    for (int size = 0; size < 8; size++) {
      assertEquals("recount_decision", check(good.subList(0, size), FIVE), "size " + size);
    }
  }

  @Test
  void noEventMayBeLeftOutOrComeTwiceOrElsewhereBeforeTheDecision() {
    for (int i = 0; i < 8; i++) {
      List<CaseEvent> without = new ArrayList<>(good.subList(0, 8));
      without.remove(i);
      assertTrue(!check(without, FIVE).equals("agrees"), "without event " + (i + 1));
      List<CaseEvent> twice = new ArrayList<>(good.subList(0, 8));
      twice.add(i, good.get(i));
      assertTrue(!check(twice, FIVE).equals("agrees"), "twice event " + (i + 1));
    }
    List<CaseEvent> swapped = new ArrayList<>(good);
    Collections.swap(swapped, 6, 7);
    assertEquals("recount_decision", check(swapped, FIVE));
  }

  @Test
  void theOpeningIsDerivedAgain() {
    CaseEvent.VotingOpened o = opening();
    Policy soft = policy(1, 1, CountingMode.PARTICIPATION);
    assertEquals(
        "recount_opening",
        with(3, opened(o, o.proposalHash(), soft, o.registrySeq(), o.total(), o.deadline())));
    assertEquals(
        "recount_opening",
        with(3, opened(o, Digest.ZERO, o.policy(), o.registrySeq(), o.total(), o.deadline())));
    assertEquals(
        "recount_opening",
        with(3, opened(o, o.proposalHash(), o.policy(), 2, o.total(), o.deadline())));
    assertEquals(
        "recount_opening",
        with(3, opened(o, o.proposalHash(), o.policy(), o.registrySeq(), big(90), o.deadline())));
    assertEquals(
        "recount_opening",
        with(
            3,
            opened(
                o,
                o.proposalHash(),
                o.policy(),
                o.registrySeq(),
                o.total(),
                o.deadline().plusSeconds(1))));
    assertEquals("recount_opening", check(good, electorate(30, 25, 20, 15, 11)));
    assertEquals("recount_opening", check(good, electorate(25, 30, 20, 15, 10)));
    assertEquals(
        "recount_opening", with(2, new CaseEvent.AlertRecorded(record(7).alert(), "{}", START)));
  }

  private static CaseEvent opened(
      CaseEvent.VotingOpened o,
      Digest hash,
      Policy policy,
      long registrySeq,
      BigInteger total,
      Instant deadline) {
    return new CaseEvent.VotingOpened(
        o.content(), hash, policy, o.normal(), registrySeq, total, o.domain(), deadline, o.at());
  }

  @Test
  void everyBallotIsCheckedAgain() {
    CaseEvent.VoteCast v = vote(5);
    Digest hash = opening().proposalHash();
    SignedBallot other = sign(ballot(hash, 2, Support.AGAINST, 0));
    SignedBallot forged = new SignedBallot(other.ballot(), v.signed().signature());
    assertEquals("recount_ballot", with(5, cast(forged, v.weight(), true, v.at())));
    assertEquals("recount_ballot", with(5, cast(v.signed(), big(26), true, v.at())));
    assertEquals("recount_ballot", with(5, cast(v.signed(), v.weight(), false, v.at())));
    assertEquals(
        "recount_ballot", with(5, cast(v.signed(), v.weight(), true, START.minusMillis(1))));
    assertEquals(
        "recount_ballot", with(5, cast(v.signed(), v.weight(), true, START.plusSeconds(300))));
    for (SignedBallot bad :
        List.of(
            sign(ballot(Digest.ZERO, 2, Support.FOR, 1)),
            sign(ballot(hash, 1, Support.AGAINST, 0)),
            sign(ballot(hash, 9, Support.FOR, 1)),
            sign(ballot(hash, 2, Support.FOR, 0)),
            sign(ballot(hash, 2, Support.FOR, 8)),
            sign(ballot(hash, 2, Support.ABSTAIN, 1)),
            sign(expired(v.signed().ballot())))) {
      assertEquals("recount_ballot", with(5, cast(bad, v.weight(), true, v.at())), bad.toString());
    }
    CaseEvent.VoteCast misnamed =
        new CaseEvent.VoteCast(
            v.signed(),
            Digest.ZERO,
            v.organisation(),
            v.weight(),
            v.delegatedWeight(),
            null,
            1,
            true,
            null,
            v.at());
    assertEquals("recount_ballot", with(5, misnamed));
    assertEquals("recount_ballot", with(9, cast(vote(9).signed(), vote(9).weight(), true, START)));
  }

  private static CaseEvent cast(
      SignedBallot signed, BigInteger weight, boolean counted, Instant at) {
    return new CaseEvent.VoteCast(
        signed,
        HASHER.ballot(signed),
        FIVE.elector(signed.ballot().voter()).map(Elector::organisation).orElse("?"),
        weight,
        BigInteger.ZERO,
        null,
        1,
        counted,
        null,
        at);
  }

  private static Ballot expired(Ballot b) {
    return aBallot(b).deadline(START.getEpochSecond()).build();
  }

  @Test
  void theDecisionIsExactlyTheOneThatHadToFollow() {
    CaseEvent.ProposalApproved a = (CaseEvent.ProposalApproved) good.get(7);
    Tally wrong = new Tally(big(100), big(91), big(0), big(0));
    for (CaseEvent bad :
        List.of(
            new CaseEvent.ProposalApproved(1, a.tally(), true, a.at()),
            new CaseEvent.ProposalApproved(0, wrong, true, a.at()),
            new CaseEvent.ProposalApproved(0, a.tally(), false, a.at()),
            new CaseEvent.ProposalApproved(0, a.tally(), true, a.at().plusMillis(1)),
            new CaseEvent.ProposalRejected(a.tally(), true, a.at()),
            new CaseEvent.ProposalExpired(a.tally(), a.at()))) {
      assertEquals("recount_decision", with(8, bad), bad.toString());
    }
    List<CaseEvent> early = new ArrayList<>(good.subList(0, 6));
    early.add(new CaseEvent.ProposalApproved(0, a.tally(), true, a.at()));
    assertEquals("recount_decision", check(early, FIVE));
    List<CaseEvent> second = new ArrayList<>(good);
    second.add(new CaseEvent.ProposalRejected(a.tally(), false, START.plusSeconds(900)));
    assertEquals("recount_history", check(second, FIVE));
  }

  @Test
  void itIsTheRecoveredSignerThatCounts() {
    assertEquals(
        Optional.of("recount_ballot"),
        Recount.check(good, FIVE, HASHER, (domain, signed) -> address(77)).map(Refusal::code));
  }
}
