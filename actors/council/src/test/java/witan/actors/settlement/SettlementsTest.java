package witan.actors.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.planning.ResponsePlanning;
import witan.actors.spi.Cursor;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.api.Answer;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.Ballot;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Notice;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.Voting;
import witan.domain.registry.Charter;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;
import witan.domain.registry.Seat;
import witan.domain.stake.BondOutcome;
import witan.domain.stake.Loss;
import witan.domain.stake.Shift;

/** From a bond before the vote to its settlement after the seal, through entities and log. */
class SettlementsTest {
  private static final int MEMBERS = 4;
  private static final BigInteger BOND = BigInteger.valueOf(100);
  private static final List<Support> SUPPORTS = List.of(Support.values());
  private static final Duration WINDOW = Duration.ofMinutes(5);

  /** A cursor that can forget to be moved, before or after it was. */
  private static final class MemoryCursor implements Cursor {
    private long next;
    private boolean failsBefore;
    private boolean failsAfter;

    @Override
    public CompletionStage<Long> load() {
      return CompletableFuture.completedFuture(next);
    }

    @Override
    public CompletionStage<Void> advance(long to) {
      next = failsBefore ? next : Math.max(next, to);
      return failsBefore || failsAfter
          ? CompletableFuture.failedFuture(new IllegalStateException("killed"))
          : CompletableFuture.completedFuture(null);
    }
  }

  private final MemoryCouncil council = new MemoryCouncil();
  private final RegistryLog registry = council.registry();
  private final ResponsePlanning planning =
      new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council);
  private final MemoryCursor cursor = new MemoryCursor();
  private int cases;

  private Settlements settlements() {
    CaseSettlement one =
        new CaseSettlement(
            council,
            council.decoder(),
            council.aggregate(),
            registry,
            council,
            council,
            () -> council.now);
    return new Settlements(council, one::settle, cursor, 7);
  }

  /** Until nothing is new; a failure is a kill: the next one begins at the cursor. */
  private void settle() {
    for (int tries = 0; tries < 200; tries++) {
      CompletableFuture<Long> begun = settlements().begin().toCompletableFuture();
      long next = begun.getNow(-1L);
      CompletableFuture<Long> round = settlements().round(next).toCompletableFuture();
      if (!round.isCompletedExceptionally() && round.getNow(-1L) == next) {
        return;
      }
    }
    throw new AssertionError("never done");
  }

  // --- a council with bonds

  private void found(long automation) {
    Policy like = MemoryCouncil.policy(Assurance.IMMEDIATE);
    Policy policy =
        aPolicy(like)
            .named("bonded")
            .version(1)
            .from(Severity.UNKNOWN)
            .window(WINDOW)
            .lateQuorumExtension(Duration.ZERO)
            .minimumHolding(Duration.ZERO)
            .minimumApprovals(0)
            .replaceable(false)
            .bond(BOND)
            .playbookSigners(List.of())
            .build();
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      seats.add(
          new Seat(
              "m" + i,
              "org" + i,
              "analyst",
              MemoryCouncil.address(i),
              BigInteger.valueOf(100_000)));
    }
    seats.add(
        new Seat(
            "bot",
            "soc",
            Member.AUTOMATION,
            MemoryCouncil.address(99),
            BigInteger.valueOf(automation)));
    council.found(
        new Charter(MemoryCouncil.ID, "Acme", MemoryCouncil.DOMAIN, seats, List.of(policy)));
    council.now = council.now.plusSeconds(60);
  }

  private void duty(int... members) {
    List<RegistryChange.Duty> duties = new ArrayList<>();
    for (int member : members) {
      duties.add(
          new RegistryChange.Duty(
              "m" + member, new Shift(council.now, council.now.plus(Duration.ofDays(9)))));
    }
    council.toRegistry(
        MemoryCouncil.ID,
        new RegistryCommand.ApplyChange(
            new CaseId("duty"), Digest.ZERO, new RegistryChange.AssignDuty(duties)));
    council.now = council.now.plusSeconds(1);
  }

  private CaseId alert(Severity severity) {
    CaseId caseId = new CaseId("c-" + cases++);
    Alert like = MemoryCouncil.alert("falco", "a-" + cases, "web-1");
    Alert alert = anAlert(like).severity(severity).ingestedAt(council.now).build();
    council.decide(caseId, new CaseCommand.RecordAlert(caseId, MemoryCouncil.ID, alert, "raw"));
    plan(caseId);
    return caseId;
  }

  private CaseId propose(int by) {
    Shift later = new Shift(council.now.plus(WINDOW), council.now.plus(Duration.ofDays(1)));
    Draft draft =
        new Draft(
            MemoryCouncil.ID,
            ProposalKind.MEMBERSHIP,
            "by hand " + cases++,
            List.of(),
            List.of(),
            new RegistryChange.AssignDuty(List.of(new RegistryChange.Duty("m3", later))));
    SignedDraft signed =
        MemoryCouncil.sign(draft, by, council.now.getEpochSecond() + 600, MemoryCouncil.key(by));
    CaseId caseId = DraftRules.caseId(signed, council.hasher());
    council.decide(caseId, new CaseCommand.Propose(caseId, signed, MemoryCouncil.DOMAIN));
    plan(caseId);
    return caseId;
  }

  /** As the driver of cases does: again while there is no vote. */
  private void plan(CaseId caseId) {
    for (int tries = 0; council.state(caseId).phase() == Phase.OBSERVING; tries++) {
      assertTrue(tries < 200, "never opened");
      planning.plan(caseId, council.state(caseId));
    }
  }

  private void vote(CaseId caseId, int member, Support support, Digest reason) {
    Voting voting = council.state(caseId).voting();
    Ballot ballot =
        aBallot()
            .proposal(council.hasher().text(caseId.value()))
            .hash(voting.proposalHash())
            .voter(MemoryCouncil.address(member))
            .votes(support)
            .deadline(council.now.plusSeconds(3600).getEpochSecond())
            .reason(reason)
            .build();
    council.decide(
        caseId,
        new CaseCommand.CastVote(MemoryCouncil.sign(ballot, MemoryCouncil.key(member)), null));
  }

  private void notified(CaseId caseId, String member) {
    council.decide(
        caseId,
        new CaseCommand.RecordNotices(
            List.of(
                new Notice(member, Notice.Channel.WEBHOOK, council.hasher().text(member), null))));
  }

  /** To the seal, whatever was decided. */
  private void end(CaseId caseId) {
    CaseState state = council.state(caseId);
    if (state.voting() != null && council.now.isBefore(state.voting().deadline())) {
      council.now = state.voting().deadline();
    }
    council.decide(caseId, new CaseCommand.CheckDeadline());
    if (council.state(caseId).phase() == Phase.APPROVED) {
      council.decide(caseId, new CaseCommand.RefuseExecution("test", "no cluster"));
    }
    assertTrue(council.state(caseId).sealed(), caseId.toString());
  }

  // --- what is looked at

  private void balanced() {
    RegistryState state = council.registryState();
    BigInteger free = BigInteger.ZERO;
    Map<String, BigInteger> bonded = new HashMap<>();
    BigInteger bonds = BigInteger.ZERO;
    for (var bond : state.ledger().bonds().values()) {
      bonds = bonds.add(bond.amount());
      bonded.merge(bond.member(), bond.amount(), BigInteger::add);
    }
    for (Member member : state.members().values()) {
      assertTrue(member.tokens().signum() >= 0, member.toString());
      free = free.add(member.tokens());
      assertEquals(
          bonded.getOrDefault(member.handle(), BigInteger.ZERO), member.bonded(), member.handle());
    }
    assertTrue(state.ledger().treasury().signum() >= 0);
    assertEquals(state.ledger().supply(), free.add(bonds).add(state.ledger().treasury()));
  }

  private BigInteger free(String member) {
    return council.registryState().members().get(member).tokens();
  }

  private List<RegistryEvent> logged() {
    List<LoggedEvent> events =
        council
            .ofPid("registry|" + MemoryCouncil.ID, 1)
            .thenCompose(council.decoder()::decode)
            .toCompletableFuture()
            .getNow(List.of());
    return events.stream().map(e -> (RegistryEvent) e.event()).toList();
  }

  private List<RegistryEvent.BondSettled> bondsSettled() {
    return logged().stream()
        .filter(RegistryEvent.BondSettled.class::isInstance)
        .map(RegistryEvent.BondSettled.class::cast)
        .toList();
  }

  private List<RegistryEvent.AbsencesSettled> absencesSettled() {
    return logged().stream()
        .filter(RegistryEvent.AbsencesSettled.class::isInstance)
        .map(RegistryEvent.AbsencesSettled.class::cast)
        .toList();
  }

  // --- the rules, one by one

  @Test
  void aMembersBondStandsFromBeforeTheVoteToTheSettlement() {
    found(1_000);
    CaseId caseId = propose(0);
    assertEquals(BigInteger.valueOf(99_900), free("m0"));
    assertEquals("m0", council.registryState().ledger().bonds().get(caseId).member());
    vote(caseId, 1, Support.AGAINST, Digest.ZERO);
    vote(caseId, 2, Support.AGAINST, Digest.ZERO);
    vote(caseId, 3, Support.FOR, Digest.ZERO);
    settle();
    assertEquals(List.of(), bondsSettled(), "late ballots may still come");
    end(caseId);
    settle();
    assertEquals(BigInteger.valueOf(99_995), free("m0"), "5 % of 100");
    assertEquals(BigInteger.valueOf(5), council.registryState().ledger().treasury());
    settle();
    assertEquals(1, bondsSettled().size());
  }

  @Test
  void lateBallotsMakeARejectionAnAbuse() {
    found(1_000);
    CaseId caseId = propose(0);
    vote(caseId, 1, Support.AGAINST, Ballot.ABUSE);
    vote(caseId, 2, Support.AGAINST, Digest.ZERO);
    assertEquals(Phase.REJECTED, council.state(caseId).phase(), "settled");
    vote(caseId, 3, Support.AGAINST, Ballot.ABUSE);
    end(caseId);
    settle();
    assertEquals(BigInteger.valueOf(99_900), free("m0"));
    assertEquals(BOND, council.registryState().ledger().treasury());
  }

  @Test
  void aMemberWithoutTheTokensGetsNoVoteAndAnIncidentGetsOne() {
    found(50);
    council.toRegistry(
        MemoryCouncil.ID,
        new RegistryCommand.ApplyChange(
            new CaseId("poor"),
            Digest.ZERO,
            new RegistryChange.ChangeTokens(
                List.of(new RegistryChange.Balance("m0", BigInteger.TEN)))));
    assertEquals("bond_uncovered", council.state(propose(0)).closeReason());
    CaseId incident = alert(Severity.HIGH);
    assertEquals(Phase.VOTING, council.state(incident).phase());
    assertEquals(Map.of(), council.registryState().ledger().bonds());
    end(incident);
    settle();
    assertEquals(List.of(), bondsSettled());
  }

  @Test
  void onlyWhoWasOnDutyAndNotifiedInTimeLosesForAnAbsence() {
    found(1_000);
    duty(0, 1, 2);
    CaseId caseId = alert(Severity.CRITICAL);
    notified(caseId, "m0");
    notified(caseId, "m3");
    vote(caseId, 2, Support.FOR, Digest.ZERO);
    notified(caseId, "m2");
    council.now = council.now.plus(WINDOW.dividedBy(2)).plusMillis(1);
    notified(caseId, "m1");
    end(caseId);
    settle();
    List<RegistryEvent.AbsencesSettled> settled = absencesSettled();
    assertEquals(1, settled.size(), "m1 heard too late, m2 voted, m3 was off duty");
    assertEquals(
        List.of(new Loss("m0", BigInteger.valueOf(100))), settled.get(0).losses(), "0.1 %");
    assertEquals(council.hasher().text("m0"), settled.get(0).absences().get(0).notice());
  }

  @Test
  void aVoteThatWasSettledEarlyOrIsNotUrgentCostsNobody() {
    found(1_000);
    duty(0, 1, 2, 3);
    CaseId early = alert(Severity.CRITICAL);
    CaseId calm = alert(Severity.MEDIUM);
    for (int member = 0; member < MEMBERS; member++) {
      notified(early, "m" + member);
      notified(calm, "m" + member);
    }
    vote(early, 0, Support.FOR, Digest.ZERO);
    vote(early, 1, Support.FOR, Digest.ZERO);
    vote(early, 2, Support.FOR, Digest.ZERO);
    assertEquals(Phase.APPROVED, council.state(early).phase());
    end(early);
    end(calm);
    settle();
    assertEquals(List.of(), absencesSettled());
  }

  // --- all of it at random

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void tokensAreConservedAndNothingIsSettledTwiceWhereverItIsKilled(long seed) {
    Random random = new Random(seed);
    found(random.nextInt(1_000));
    duty(0, 1);
    council.before = command -> fault(random, command);
    council.after =
        command -> {
          balanced();
          return fault(random, command);
        };
    Map<CaseId, CaseState> ended = new LinkedHashMap<>();
    int noShows = 0;
    for (int i = 0; i < 12; i++) {
      CaseId caseId =
          random.nextBoolean()
              ? propose(random.nextInt(MEMBERS))
              : alert(random.nextBoolean() ? Severity.CRITICAL : Severity.LOW);
      boolean all = random.nextInt(3) > 0;
      for (int member = 0; member < MEMBERS && council.state(caseId).voting() != null; member++) {
        if (random.nextBoolean()) {
          notified(caseId, "m" + member);
        }
        if (all || random.nextInt(3) == 0) {
          Support support = SUPPORTS.get(random.nextInt(SUPPORTS.size()));
          vote(caseId, member, support, random.nextBoolean() ? Ballot.ABUSE : Digest.ZERO);
        }
      }
      end(caseId);
      ended.put(caseId, council.state(caseId));
      cursor.failsBefore = random.nextInt(4) == 0;
      cursor.failsAfter = random.nextInt(4) == 0;
      settlements().round(cursor.next);
      cursor.failsBefore = false;
      cursor.failsAfter = false;
      noShows += expectedNoShows(council.state(caseId));
    }
    settle();
    balanced();
    assertEquals(Map.of(), council.registryState().ledger().bonds(), "seed " + seed);
    Map<CaseId, BigInteger> slashed = new HashMap<>();
    for (RegistryEvent.BondSettled event : bondsSettled()) {
      assertEquals(null, slashed.put(event.caseId(), event.slashed()), "twice, seed " + seed);
      assertEquals(
          expectedSlash(ended.get(event.caseId())), event.slashed(), event + ", seed " + seed);
    }
    long posted = logged().stream().filter(RegistryEvent.BondPosted.class::isInstance).count();
    assertEquals(posted, slashed.size(), "seed " + seed);
    assertEquals(
        noShows, absencesSettled().stream().mapToInt(e -> e.losses().size()).sum(), "seed " + seed);
  }

  /** A registry that is not there, or whose answer is lost. */
  private static Optional<Answer<Receipt>> fault(Random random, Object command) {
    return command instanceof RegistryCommand && random.nextInt(4) == 0
        ? Optional.of(new Answer.Busy<>("killed", Duration.ofMillis(1)))
        : Optional.empty();
  }

  /** The table of the specification, from the ballots. */
  private static BigInteger expectedSlash(CaseState state) {
    Voting voting = state.voting();
    if (state.outcome() == null || state.outcome().phase() != Phase.REJECTED) {
      return BigInteger.ZERO;
    }
    long against =
        voting.votes().values().stream()
            .filter(v -> v.signed().ballot().support() == Support.AGAINST)
            .count();
    long flags =
        voting.votes().values().stream().filter(v -> v.signed().ballot().flagsAbuse()).count();
    return 3 * against >= 2 * MEMBERS && 3 * flags > MEMBERS ? BOND : BigInteger.valueOf(5);
  }

  /** Members 0 and 1 are on duty; every notice is in time. */
  private static int expectedNoShows(CaseState state) {
    Voting voting = state.voting();
    if (voting == null
        || state.outcome().settled()
        || state.alerts().isEmpty()
        || state.alerts().get(0).severity() != Severity.CRITICAL) {
      return 0;
    }
    int absent = 0;
    for (int member = 0; member < 2; member++) {
      boolean voted = voting.votes().containsKey(MemoryCouncil.address(member));
      absent += !voted && voting.notices().containsKey("m" + member) ? 1 : 0;
    }
    return absent;
  }

  @Test
  void aBondWhoseVoteNeverOpenedIsReturned() {
    found(1_000);
    CaseId caseId = new CaseId("c-odd");
    council.decide(
        caseId,
        new CaseCommand.RecordAlert(
            caseId, MemoryCouncil.ID, MemoryCouncil.alert("falco", "odd", "web-1"), "raw"));
    council.toRegistry(MemoryCouncil.ID, new RegistryCommand.PostBond(caseId, "bot", BOND));
    council.decide(caseId, new CaseCommand.DismissCase("nothing"));
    settle();
    assertEquals(BigInteger.valueOf(1_000), free("bot"));
    assertEquals(BondOutcome.UNDECIDED, bondsSettled().get(0).facts().outcome());
  }
}
