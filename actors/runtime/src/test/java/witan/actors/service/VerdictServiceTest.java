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
import witan.domain.registry.RegistryState;
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

  private Answer<Receipt> record(Verdict verdict) throws Exception {
    return verdicts.record(CASE, verdict).toCompletableFuture().get(5, TimeUnit.SECONDS);
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
    declined("wrong_phase", record(Verdict.FALSE_POSITIVE));
    council.now = council.now.plusSeconds(3_600);
    council.decide(CASE, new CaseCommand.CheckDeadline());
    assertInstanceOf(Answer.Done.class, record(Verdict.FALSE_POSITIVE));
    Answer<Receipt> again = record(Verdict.FALSE_POSITIVE);
    assertTrue(((Receipt) assertInstanceOf(Answer.Done.class, again).value()).repeated());
    assertEquals(1, points(0));
    assertEquals(1, points(1));
    assertEquals(0, points(2));
    declined("verdict_exists", record(Verdict.TRUE_POSITIVE));
  }

  @Test
  void aCaseThatIsNotThereHasNoVerdict() throws Exception {
    declined(
        "case_not_found",
        verdicts
            .record(new CaseId("none"), Verdict.DUPLICATE)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS));
  }
}
