package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Assurance;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.Phase;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.domain.stake.Attendance;
import witan.domain.stake.Loss;

/** An executor believes what the registry and the cases bear out, whatever a node has logged. */
class VerifiedCouncilTest extends ExecutorHarness {
  private static final CaseId OTHER = new CaseId("c-0");
  private static final int MALLORY = 7;

  private void alerted() {
    alert("falco", "a1");
  }

  private void approvedBy(int... members) {
    for (int member : members) {
      council.vote(CASE, member, Support.FOR);
    }
    assertEquals(Phase.APPROVED, council.state(CASE).phase());
  }

  private String verdict() throws Exception {
    return verdict(null);
  }

  private String verdict(@Nullable Digest trusted) throws Exception {
    return DecisionCheckProbe.verdict(
        council, CASE, DecisionChecks.trusting(council, trusted, playbooks));
  }

  @Test
  void whatTheMembersDecidedIsReady() throws Exception {
    found();
    alerted();
    openVote();
    council.now = council.now.plusSeconds(10);
    approvedBy(0, 1);
    assertEquals("Ready", verdict());
  }

  @Test
  void anElectorateThatTheCaseMadeUpDecidesNothing() throws Exception {
    found();
    alerted();
    Policy policy = MemoryCouncil.policy(Assurance.IMMEDIATE);
    Electorate madeUp =
        anElectorate()
            .council(MemoryCouncil.ID)
            .registrySeq(Electorates.FOUNDING_SEQ)
            .organisationCap(policy.organisationCapBps())
            .urgency(Urgency.ELEVATED)
            .electors(
                new Elector(
                    MemoryCouncil.address(MALLORY), "mallory", "org9", BigInteger.TEN, null))
            .build();
    council.put(Json.canonical(madeUp)).toCompletableFuture().get(5, TimeUnit.SECONDS);
    council.put(Playbooks.DOCUMENT).toCompletableFuture().get(5, TimeUnit.SECONDS);
    council.decide(
        CASE,
        new CaseCommand.OpenVoting(
            List.of(
                new ResponseOption(
                    "Isolate web-1", Playbooks.DIGEST, 20, List.of(Playbooks.POD), Map.of())),
            policy,
            null,
            council.hasher().electorate(madeUp),
            Electorates.FOUNDING_SEQ,
            madeUp.total(),
            MemoryCouncil.DOMAIN,
            null,
            false));
    assertEquals(Phase.VOTING, council.state(CASE).phase());
    council.now = council.now.plusSeconds(10);
    approvedBy(MALLORY);
    assertEquals("wrong_electorate", verdict());
  }

  @Test
  void aChangeOfTheRegistryWithoutItsCaseStopsEveryExecution() throws Exception {
    found();
    council.now = council.now.plus(Duration.ofDays(2));
    council.forge(
        new RegistryEvent.ChangeApplied(
            OTHER,
            Digest.ZERO,
            new RegistryChange.RemoveMembers(List.of("m1", "m2")),
            council.now.minus(Duration.ofDays(2))));
    alerted();
    openVote();
    council.now = council.now.plusSeconds(10);
    approvedBy(0);
    assertEquals("wrong_registry", verdict());
  }

  @Test
  void absencesThatNoCaseBearsOutStopEveryExecution() throws Exception {
    found();
    council.forge(
        new RegistryEvent.AbsencesSettled(
            OTHER,
            0,
            Urgency.URGENT,
            council.now.minusSeconds(600),
            council.now.minusSeconds(300),
            List.of(new Attendance("m2", false, false, Digest.ZERO)),
            List.of(new Loss("m2", BigInteger.ONE)),
            council.now));
    alerted();
    openVote();
    council.now = council.now.plusSeconds(10);
    approvedBy(0, 1);
    assertEquals("wrong_registry", verdict());
  }

  @Test
  void reputationThatNoCaseBearsOutStopsEveryExecution() throws Exception {
    found();
    council.toRegistry(
        MemoryCouncil.ID,
        new RegistryCommand.RecordStatement(
            OTHER, council.verdict(OTHER, Verdict.TRUE_POSITIVE, 0)));
    council.forge(
        new RegistryEvent.VerdictRecorded(
            OTHER,
            0,
            new VerdictFacts(
                Verdict.TRUE_POSITIVE,
                null,
                List.of(new VerdictFacts.Vote("m0", Support.FOR)),
                List.of()),
            List.of(new Gain("m0", 1)),
            council.now,
            2L));
    alerted();
    openVote();
    council.now = council.now.plusSeconds(10);
    approvedBy(0, 1);
    assertEquals("wrong_registry", verdict());
  }

  @Test
  void aCouncilOfAnotherCharterThanTheTrustedOneDecidesNothing() throws Exception {
    found();
    alerted();
    openVote();
    council.now = council.now.plusSeconds(10);
    approvedBy(0, 1);
    assertEquals("wrong_registry", verdict(Digest.of(MemoryCouncil.sha256("another charter"))));
    assertEquals("Ready", verdict(council.hasher().charter(charter)));
  }
}
