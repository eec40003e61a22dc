package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Phase;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.signing.BallotSignatures;

/** Decided proposals of every kind, with real signatures, before the auditor. */
class RandomProposalsTest {
  private static final Instant START = Story.START;
  private static final List<Support> SUPPORTS =
      List.of(Support.FOR, Support.FOR, Support.AGAINST, Support.ABSTAIN);

  private final Council council = Council.of(7);
  private final List<CaseEvent> events = new ArrayList<>();
  private Electorate electorate;
  private CaseAggregate rules;
  private CaseState state;

  /** 200 of them: delegations, replacement, approvals, expedited, one to three options. */
  @Test
  void theVerifierAgreesWithEveryDecisionAndWithNoOther() {
    Map<String, Integer> outcomes = new HashMap<>();
    int overrides = 0;
    int replaced = 0;
    int converted = 0;
    int spoiled = 0;
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      run(random);
      String message = "seed " + seed;
      String said = DecisionChecks.recount(events, electorate);
      assertTrue(said.startsWith(state.outcome().phase().name()), message + ": " + said);
      new Replay(electorate, council.charter().domain()).check(Story.CASE, events);
      outcomes.merge(state.outcome().phase().name(), 1, Integer::sum);
      for (int i = 0; i < events.size(); i++) {
        if (events.get(i) instanceof CaseEvent.VoteCast vote) {
          overrides += vote.overrides() == null ? 0 : 1;
          replaced += vote.ordinal() > 1 ? 1 : 0;
          List<CaseEvent> without = new ArrayList<>(events);
          without.set(i, heavier(vote));
          assertThrows(
              CheckFailed.class, () -> DecisionChecks.recount(without, electorate), message);
          spoiled++;
        }
        converted += events.get(i) instanceof CaseEvent.VotingConverted ? 1 : 0;
      }
    }
    assertEquals(3, outcomes.size(), outcomes.toString());
    assertTrue(
        overrides > 20 && replaced > 20 && converted > 20 && spoiled > 300,
        overrides + " overrides, " + replaced + ", " + converted + ", " + spoiled);
  }

  private static CaseEvent heavier(CaseEvent.VoteCast v) {
    return new CaseEvent.VoteCast(
        v.signed(),
        v.ballotDigest(),
        v.organisation(),
        v.weight(),
        v.delegatedWeight().add(BigInteger.ONE),
        v.overrides(),
        v.ordinal(),
        v.counted(),
        v.idempotencyKey(),
        v.at());
  }

  private void run(Random random) {
    electorate = electorate(random);
    Digest digest = Council.HASHER.electorate(electorate);
    rules =
        new CaseAggregate(
            Council.HASHER, d -> d.equals(digest) ? electorate : null, new BallotSignatures());
    state = rules.empty();
    events.clear();
    tell(new CaseCommand.RecordAlert(Story.CASE, "council", alert(), "{}"), START);
    int options = 1 + random.nextInt(3);
    boolean replaceable = random.nextInt(3) == 0;
    int approvals = random.nextInt(3);
    int quorum = 5_000 + 1_000 * random.nextInt(4);
    Policy policy = policy("p", 300, quorum, 6_000, approvals, replaceable);
    Policy normal = policy("n", 900, 4_000, 5_000, Math.min(1, approvals), replaceable);
    tell(open(policy, random.nextBoolean() ? normal : null, options), START);
    long now = 0;
    for (int i = 0; i < 8 && state.outcome() == null; i++) {
      now += random.nextInt(120);
      int member = random.nextInt(4);
      tell(vote(random, member, options, i), START.plusSeconds(now));
    }
    for (int second : new int[] {300, 1_200}) {
      tell(new CaseCommand.CheckDeadline(), START.plusSeconds(Math.max(now, second)));
    }
    if (state.phase() == Phase.APPROVED && !state.voting().content().noAction(option())) {
      tell(new CaseCommand.RefuseExecution("a", "b"), START.plusSeconds(2_000));
    }
    tell(new CaseCommand.CheckDeadline(), START.plusSeconds(2_000));
    assertTrue(state.sealed(), state.toString());
  }

  private int option() {
    return state.outcome().option();
  }

  private void tell(CaseCommand command, Instant at) {
    if (rules.decide(state, command, at) instanceof Decision.Accepted<CaseEvent> accepted) {
      for (CaseEvent event : accepted.events()) {
        state = rules.apply(state, event);
        events.add(event);
      }
    }
  }

  private Electorate electorate(Random random) {
    List<Elector> electors = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int delegate = random.nextInt(8);
      electors.add(
          new Elector(
              council.address(i),
              "member" + i,
              "organisation" + i % 2,
              BigInteger.valueOf(1 + random.nextInt(5)),
              delegate > 3 || delegate == i ? null : council.address(delegate)));
    }
    return new Electorate("council", 1, Weighting.TOKEN, 10_000, Urgency.ELEVATED, electors);
  }

  private static Policy policy(
      String name, int seconds, int quorum, int support, int approvals, boolean replaceable) {
    return aPolicy()
        .named(name)
        .window(Duration.ofSeconds(seconds))
        .quorum(quorum)
        .support(support)
        .lateQuorumExtension(Duration.ofSeconds(60))
        .assurance(Council.POLICY.assurance())
        .minimumApprovals(approvals)
        .replaceable(replaceable)
        .build();
  }

  private CaseCommand open(Policy policy, Policy normal, int options) {
    List<ResponseOption> list = new ArrayList<>();
    for (int i = 0; i < options; i++) {
      list.add(new ResponseOption("o" + i, Council.playbook(i % 2), 10 * i, List.of(), Map.of()));
    }
    return new CaseCommand.OpenVoting(
        list,
        policy,
        normal,
        Council.HASHER.electorate(electorate),
        1,
        electorate.total(),
        council.charter().domain());
  }

  private CaseCommand vote(Random random, int member, int options, int nonce) {
    Support support = SUPPORTS.get(random.nextInt(SUPPORTS.size()));
    int mask = support == Support.FOR ? 1 + random.nextInt((2 << options) - 1) : 0;
    return new CaseCommand.CastVote(
        council.sign(ballot(member, support, mask, nonce), member), null);
  }

  private Ballot ballot(int member, Support support, int mask, int nonce) {
    return aBallot()
        .proposal(Council.HASHER.text(Story.CASE.value()))
        .hash(state.voting().proposalHash())
        .voter(council.address(member))
        .support(support)
        .mask(BigInteger.valueOf(mask))
        .nonce(nonce)
        .deadline(START.getEpochSecond() + 9_000)
        .build();
  }

  private static Alert alert() {
    return anAlert()
        .sensor("falco")
        .title("A shell")
        .severity(Severity.HIGH)
        .pod("demo", "shop", "web-1")
        .when(START)
        .techniques(List.of())
        .raw(Council.HASHER.text("{}"))
        .build();
  }

  // ---- attacks on signatures

  private Instant opened() {
    run(new Random(1));
    return START;
  }

  @Test
  void replayOnAnotherCouncilOrChain() {
    assertEquals(START, opened());
    SignedBallot signed = council.sign(ballot(0, Support.FOR, 1, 1), 0);
    Eip712Domain own = council.charter().domain();
    BallotSignatures signatures = new BallotSignatures();
    assertEquals(council.address(0), signatures.recover(own, signed));
    for (Eip712Domain other :
        List.of(
            new Eip712Domain(own.name(), own.version(), own.chainId() + 1, own.verifyingContract()),
            new Eip712Domain(own.name(), own.version(), own.chainId(), council.address(1)),
            new Eip712Domain("Other", own.version(), own.chainId(), own.verifyingContract()))) {
      assertTrue(!signatures.recover(other, signed).equals(council.address(0)), other.toString());
    }
  }

  @Test
  void malleableSignature() {
    assertEquals(START, opened());
    SignedBallot signed = council.sign(ballot(0, Support.FOR, 1, 1), 0);
    SignedBallot twin = new SignedBallot(signed.ballot(), Council.highS(signed.signature()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new BallotSignatures().recover(council.charter().domain(), twin));
  }
}
