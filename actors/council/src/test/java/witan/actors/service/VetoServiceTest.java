package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.CharterBuilder.aCharter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.ballot.Eip712;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.ballot.VetoStruct;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.Phase;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryState;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;

class VetoServiceTest {
  private static final String REASON = "It would cut off the hospital";

  private final MemoryCouncil council = new MemoryCouncil();
  private final RegistryLog registry = council.registry();
  private long nonce;

  @BeforeEach
  void found() {
    Charter like = MemoryCouncil.charter(Assurance.IMMEDIATE);
    council.found(aCharter(like).guardians(Guardians.of(List.of("m1", "m2"))).build());
  }

  private VetoService service() {
    return new VetoService(
        council.caseLog(),
        council.aggregate(),
        council,
        council,
        council.decoder(),
        MemoryCouncil.ID,
        () -> council.now);
  }

  private CaseId open(String id) throws Exception {
    CaseId caseId = new CaseId(id);
    council.decide(
        caseId,
        new CaseCommand.RecordAlert(
            caseId, MemoryCouncil.ID, MemoryCouncil.alert("falco", id, "web-1"), "{}"));
    new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(caseId, council.state(caseId))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    return caseId;
  }

  private synchronized SignedVeto signed(CaseId caseId, int guardian) {
    Veto v =
        new Veto(
            council.registryState().charterHash(),
            council.hasher().text(caseId.value()),
            council.state(caseId).voting().proposalHash(),
            MemoryCouncil.address(guardian),
            council.hasher().text(REASON),
            ++nonce,
            council.now.getEpochSecond() + 600);
    byte[] separator =
        Eip712.domainSeparator(
            new Eip712.Domain(
                MemoryCouncil.DOMAIN.name(),
                MemoryCouncil.DOMAIN.version(),
                MemoryCouncil.DOMAIN.chainId(),
                MemoryCouncil.DOMAIN.verifyingContract().hex()));
    byte[] digest =
        new VetoStruct(
                String.valueOf(v.council()),
                v.proposalId().hex(),
                v.proposalHash().hex(),
                v.guardian().hex(),
                v.reasonHash().hex(),
                v.nonce(),
                v.deadline())
            .digest(separator);
    return new SignedVeto(v, REASON, Hex.of(Signatures.sign(digest, MemoryCouncil.key(guardian))));
  }

  private Answer<Receipt> veto(CaseId caseId, SignedVeto signed) throws Exception {
    return service().veto(caseId, signed).toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private static String refusal(Answer<Receipt> answer) {
    return assertInstanceOf(Answer.Declined.class, answer, answer.toString()).refusal().code();
  }

  private int recorded() throws Exception {
    Optional<RegistryState> state =
        registry.current().toCompletableFuture().get(5, TimeUnit.SECONDS);
    return state.orElseThrow().vetoes().last().size();
  }

  @Test
  void aVetoIsRecordedAndStopsTheCase() throws Exception {
    CaseId caseId = open("c-1");
    Answer<Receipt> answer = veto(caseId, signed(caseId, 1));
    assertEquals("case|c-1", receipt(answer).pid());
    assertEquals("vetoed", council.state(caseId).closeReason());
    assertEquals(Phase.VETOED, council.state(caseId).outcome().phase());
    assertEquals(1, recorded());
  }

  @Test
  void anApprovedResponseIsStoppedBeforeItBegins() throws Exception {
    CaseId caseId = open("c-1");
    council.vote(caseId, 0, Support.FOR);
    council.vote(caseId, 2, Support.FOR);
    assertEquals(Phase.APPROVED, council.state(caseId).phase());
    veto(caseId, signed(caseId, 2));
    assertEquals("vetoed", council.state(caseId).closeReason());
  }

  @Test
  void aCrashBetweenRegistryAndCaseIsCompletedByTheSameRequest() throws Exception {
    CaseId caseId = open("c-1");
    SignedVeto signed = signed(caseId, 1);
    council.hangAfter = command -> command instanceof RegistryCommand.RecordVeto;
    CompletableFuture<Answer<Receipt>> lost = service().veto(caseId, signed).toCompletableFuture();
    assertFalse(lost.isDone());
    assertEquals(Phase.VOTING, council.state(caseId).phase(), "recorded, and the case goes on");
    council.hangAfter = command -> false;

    assertInstanceOf(Answer.Done.class, veto(caseId, signed));

    assertEquals("vetoed", council.state(caseId).closeReason());
    assertEquals(1, recorded());
  }

  @Test
  void anotherGuardianCompletesItWithTheVetoThatIsRecorded() throws Exception {
    CaseId caseId = open("c-1");
    council.hangAfter = command -> command instanceof RegistryCommand.RecordVeto;
    service().veto(caseId, signed(caseId, 1));
    council.hangAfter = command -> false;

    veto(caseId, signed(caseId, 2));

    assertEquals("vetoed", council.state(caseId).closeReason());
    assertEquals(1, recorded(), "the second guardian has its veto still");
    CaseId other = open("c-2");
    assertInstanceOf(Answer.Done.class, veto(other, signed(other, 2)));
  }

  @Test
  void aLostAnswerOfTheCaseIsAskedForAgain() throws Exception {
    CaseId caseId = open("c-1");
    SignedVeto signed = signed(caseId, 1);
    Answer<Receipt> first = veto(caseId, signed);
    Answer<Receipt> again = veto(caseId, signed);
    assertEquals(receipt(first).index() - 2, receipt(again).index(), "ProposalVetoed itself");
    assertTrue(receipt(again).repeated());
  }

  /** {@link MemoryCouncil} answers the first time with the last entry of the command. */
  private static Receipt receipt(Answer<Receipt> answer) {
    return ((Answer.Done<Receipt>) answer).value();
  }

  @Test
  void aVetoThatTheCaseWouldNotTakeIsNotSpent() throws Exception {
    CaseId caseId = open("c-1");
    council.vote(caseId, 0, Support.AGAINST);
    council.vote(caseId, 1, Support.AGAINST);
    assertEquals("nothing_to_veto", refusal(veto(caseId, signed(caseId, 1))));
    CaseId other = open("c-2");
    SignedVeto replayed = signed(caseId, 1);
    assertEquals("wrong_proposal", refusal(veto(other, replayed)));
    assertEquals("case_not_found", refusal(veto(new CaseId("c-9"), replayed)));
    assertEquals(0, recorded());
  }

  @Test
  void aMemberThatIsNoGuardianStopsNothing() throws Exception {
    CaseId caseId = open("c-1");
    assertEquals("not_a_guardian", refusal(veto(caseId, signed(caseId, 0))));
    assertEquals(Phase.VOTING, council.state(caseId).phase());
  }

  @Test
  void theLimitHoldsWhenManyCasesAreVetoedAtOnce() throws Exception {
    List<Callable<Answer<Receipt>>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      CaseId caseId = open("c-" + i);
      SignedVeto signed = signed(caseId, 1);
      calls.add(() -> veto(caseId, signed));
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      int done = 0;
      for (Future<Answer<Receipt>> answer : pool.invokeAll(calls, 30, TimeUnit.SECONDS)) {
        done += answer.get() instanceof Answer.Done<Receipt> ? 1 : 0;
      }
      assertEquals(1, done);
      assertEquals(1, recorded());
    } finally {
      pool.shutdownNow();
    }
  }
}
