package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryState;
import witan.domain.registry.SignedStatement;
import witan.domain.reputation.Verdict;

class VerdictServiceTest {
  private static final CaseId CASE = new CaseId("c-1");

  private final MemoryCouncil council = new MemoryCouncil();
  private final RegistryLog registry = council.registry();
  private final VerdictService verdicts =
      new VerdictService(council.caseLog(), registry, council, council, MemoryCouncil.ID);

  @BeforeEach
  void vote() throws Exception {
    council.found(Assurance.IMMEDIATE);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "raw"));
    new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plusSeconds(1);
    council.vote(CASE, 0, Support.AGAINST);
    council.vote(CASE, 1, Support.AGAINST);
    council.vote(CASE, 2, Support.FOR);
  }

  private Answer<Receipt> record(SignedStatement signed) throws Exception {
    return verdicts.record(CASE, signed).toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  /** Anew, by that member. */
  private Answer<Receipt> record(Verdict verdict, int member) throws Exception {
    return record(council.verdict(CASE, verdict, member));
  }

  private void close() {
    council.now = council.now.plusSeconds(3_600);
    council.decide(CASE, new CaseCommand.CheckDeadline());
  }

  private long points(int member) throws Exception {
    RegistryState state =
        registry.current().toCompletableFuture().get(5, TimeUnit.SECONDS).orElseThrow();
    return state.members().get("m" + member).reputation().points();
  }

  private static void declined(String code, Answer<Receipt> answer) {
    assertEquals(
        code, assertInstanceOf(Answer.Declined.class, answer, answer.toString()).refusal().code());
  }

  @Test
  void whoAgreedWithTheVerdictGainsOnce() throws Exception {
    declined("wrong_phase", record(Verdict.FALSE_POSITIVE, 1));
    close();
    SignedStatement signed = council.verdict(CASE, Verdict.FALSE_POSITIVE, 1);
    assertInstanceOf(Answer.Done.class, record(signed));
    Answer<Receipt> again = record(signed);
    assertTrue(((Receipt) assertInstanceOf(Answer.Done.class, again).value()).repeated());
    assertInstanceOf(Answer.Done.class, record(Verdict.FALSE_POSITIVE, 2));
    assertEquals(1, points(0));
    assertEquals(1, points(1));
    assertEquals(0, points(2));
    declined("verdict_exists", record(Verdict.TRUE_POSITIVE, 2));
  }

  @Test
  void whatIsNoMembersVerdictOnThisCaseIsRefusedAndRecordedNowhere() throws Exception {
    long registered = council.registryState().seq();
    declined("wrong_phase", record(Verdict.DUPLICATE, 1));
    close();
    SignedStatement good = council.verdict(CASE, Verdict.DUPLICATE, 1);
    CaseId other = new CaseId("c-2");
    declined("wrong_statement", record(council.verdict(other, Verdict.DUPLICATE, 1)));
    declined("wrong_statement", record(council.confirmation(CASE, "m", true, 1)));
    declined("not_a_member", record(council.verdict(CASE, Verdict.DUPLICATE, 9)));
    declined(
        "statement_reason",
        record(new SignedStatement(good.statement(), "another", good.signature())));
    MemberStatement.Verdict turned = (MemberStatement.Verdict) good.statement();
    declined(
        "signature_wrong_signer",
        record(
            new SignedStatement(
                new MemberStatement.Verdict(
                    turned.council(),
                    turned.caseId(),
                    Verdict.TRUE_POSITIVE,
                    turned.reasonHash(),
                    turned.member(),
                    turned.nonce(),
                    turned.deadline()),
                good.reason(),
                good.signature())));
    council.now = council.now.plusSeconds(601);
    declined("signature_expired", record(good));
    assertEquals(registered, council.registryState().seq());
  }

  /** As whoever has an API node can have it recorded. */
  @Test
  void aStatementFromBeforeTheCaseWasClosedGivesNoVerdict() throws Exception {
    council.now = council.now.plusSeconds(3_590);
    SignedStatement early = council.verdict(CASE, Verdict.FALSE_POSITIVE, 1);
    council.toRegistry(MemoryCouncil.ID, new RegistryCommand.RecordStatement(CASE, early));
    council.now = council.now.plusSeconds(10);
    council.decide(CASE, new CaseCommand.CheckDeadline());
    assertTrue(council.state(CASE).sealed());
    declined("statement_too_old", record(early));
    assertEquals(0, points(0));
    assertInstanceOf(Answer.Done.class, record(Verdict.FALSE_POSITIVE, 1));
    assertEquals(1, points(0));
  }

  @Test
  void aCrashBetweenStatementAndVerdictIsCompletedByTheSameRequest() throws Exception {
    close();
    SignedStatement signed = council.verdict(CASE, Verdict.FALSE_POSITIVE, 1);
    council.hangAfter = command -> command instanceof RegistryCommand.RecordStatement;
    verdicts.record(CASE, signed);
    assertEquals(0, points(0));
    council.hangAfter = command -> false;

    assertInstanceOf(Answer.Done.class, record(signed));

    assertEquals(1, points(0));
  }

  @Test
  void aCaseThatIsNotThereHasNoVerdict() throws Exception {
    CaseId none = new CaseId("none");
    declined(
        "case_not_found",
        verdicts
            .record(none, council.verdict(none, Verdict.DUPLICATE, 1))
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS));
  }
}
