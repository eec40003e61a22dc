package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.api.Answer;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Person;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.notes.NoteEvent;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedStatement;

class InterventionServiceTest {
  private static final CaseId CASE = new CaseId("c-1");

  private final MemoryCouncil council = new MemoryCouncil();
  private final InterventionService people =
      new InterventionService(council.caseLog(), council, council.decoder(), council);
  private final StatementService statements =
      new StatementService(
          council.caseLog(), council.aggregate(), council, MemoryCouncil.ID, () -> council.now);

  @BeforeEach
  void approve() throws Exception {
    council.found(Assurance.IMMEDIATE);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "raw"));
    RegistryLog registry = council.registry();
    await(
        new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
            .plan(CASE, council.state(CASE)));
    council.now = council.now.plusSeconds(1);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
    council.decide(CASE, new CaseCommand.StartExecution("kubernetes", List.of("m", "u")));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private void intend(String step, String action) {
    Instant deadline = council.now.plusSeconds(30);
    council.decide(
        CASE,
        new CaseCommand.IntendStep(
            step, 1, action, Playbooks.POD, Map.of(), "c-1/" + step, deadline));
  }

  private static Receipt done(Answer<Receipt> answer) {
    return (Receipt) assertInstanceOf(Answer.Done.class, answer, answer.toString()).value();
  }

  private static void declined(String code, Answer<Receipt> answer) {
    assertEquals(
        code, assertInstanceOf(Answer.Declined.class, answer, answer.toString()).refusal().code());
  }

  private Answer<Receipt> confirm(SignedStatement signed) throws Exception {
    return await(statements.confirm(CASE, "m", signed));
  }

  @Test
  void aManualStepIsConfirmedByAMembersStatement() throws Exception {
    SignedStatement signed = council.confirmation(CASE, "m", true, 1);
    long registered = council.registryState().seq();
    declined("not_manual", confirm(signed));
    intend("m", PlaybookStep.MANUAL);
    declined("wrong_statement", confirm(council.confirmation(CASE, "u", true, 1)));
    declined("not_a_member", confirm(council.confirmation(CASE, "m", true, 9)));
    assertEquals(registered, council.registryState().seq(), "nothing was recorded of these");

    assertEquals("case|c-1", done(confirm(signed)).pid());

    assertTrue(done(confirm(signed)).repeated());
    CaseEvent.StepObserved seen = council.state(CASE).execution().observations().get("m");
    assertEquals(StepOutcome.DONE, seen.outcome());
    assertEquals(new RecordedStatement(signed, registered + 1), seen.said());
    declined("step_resolved", confirm(council.confirmation(CASE, "m", false, 2)));
  }

  @Test
  void aCrashBetweenRegistryAndCaseIsCompletedByTheSameStatement() throws Exception {
    intend("m", PlaybookStep.MANUAL);
    SignedStatement signed = council.confirmation(CASE, "m", true, 1);
    council.hangAfter = command -> command instanceof RegistryCommand.RecordStatement;
    statements.confirm(CASE, "m", signed);
    assertNull(council.state(CASE).execution().observations().get("m"));
    council.hangAfter = command -> false;

    assertEquals("case|c-1", done(confirm(signed)).pid());

    assertEquals(
        StepOutcome.DONE, council.state(CASE).execution().observations().get("m").outcome());
  }

  @Test
  void aTokenOpensNoGate() throws Exception {
    intend("m", PlaybookStep.MANUAL);
    declined("not_unknown", await(people.resolve(CASE, "m", true, new Person("ana", null), "")));
    assertNull(council.state(CASE).execution().observations().get("m"));
  }

  @Test
  void anUnknownStepIsResolvedBesideTheSealedCase() throws Exception {
    intend("u", "http-api");
    council.decide(
        CASE, new CaseCommand.ObserveStep("u", 1, StepOutcome.UNKNOWN, "no answer", "[]"));
    council.decide(CASE, new CaseCommand.EndExecution(ExecutionOutcome.UNKNOWN, "u"));
    assertTrue(council.state(CASE).sealed());
    long sealed = council.state(CASE).seq();

    assertEquals(
        "notes|c-1",
        done(await(people.resolve(CASE, "u", false, new Person("ana", null), "saw"))).pid());
    declined("step_resolved", await(people.resolve(CASE, "u", true, new Person("ben", null), "")));
    done(await(people.note(CASE, new Person("ben", null), "a scanner of ours", "k")));

    List<LoggedEvent> notes = await(people.notes(CASE));
    assertEquals(List.of("StepResolved", "NoteAdded"), notes.stream().map(n -> n.type()).toList());
    assertEquals(CASE, notes.get(0).caseId());
    assertEquals("person", notes.get(0).actor());
    assertEquals("a scanner of ours", ((NoteEvent.NoteAdded) notes.get(1).event()).text());
    assertEquals(sealed, council.state(CASE).seq(), "nothing follows the seal");
  }

  @Test
  void whatIsNotThereHasNoNotes() throws Exception {
    CaseId none = new CaseId("none");
    declined("case_not_found", await(people.note(none, new Person("ana", null), "x", null)));
    declined("case_not_found", await(people.resolve(none, "m", true, new Person("ana", null), "")));
    assertEquals(List.of(), await(people.notes(none)));
  }

  private Answer<Receipt> abort(CaseId caseId, SignedStatement signed) throws Exception {
    return await(statements.abort(caseId, signed));
  }

  @Test
  void anExecutionIsAbortedByAMembersStatement() throws Exception {
    SignedStatement signed = council.abort(CASE, true, 1);
    long registered = council.registryState().seq();
    declined("wrong_statement", abort(CASE, council.confirmation(CASE, "m", true, 1)));
    declined("wrong_statement", abort(CASE, council.abort(new CaseId("c-2"), true, 1)));
    declined("not_a_member", abort(CASE, council.abort(CASE, true, 9)));
    declined("case_not_found", abort(new CaseId("none"), council.abort(CASE, true, 1)));
    assertEquals(registered, council.registryState().seq(), "nothing was recorded of these");
    assertNull(council.state(CASE).execution().abort());

    assertEquals("case|c-1", done(abort(CASE, signed)).pid());

    assertTrue(done(abort(CASE, signed)).repeated());
    assertTrue(done(abort(CASE, council.abort(CASE, true, 2))).repeated());
    declined("abort_exists", abort(CASE, council.abort(CASE, false, 2)));
    CaseEvent.AbortRequested abort = council.state(CASE).execution().abort();
    assertEquals(new RecordedStatement(signed, registered + 1), abort.said());
    assertEquals(registered + 1, council.registryState().seq(), "later ones are not recorded");
  }

  @Test
  void aCrashBetweenRegistryAndAbortIsCompletedByTheSameStatement() throws Exception {
    SignedStatement signed = council.abort(CASE, false, 1);
    council.hangAfter = command -> command instanceof RegistryCommand.RecordStatement;
    statements.abort(CASE, signed);
    assertNull(council.state(CASE).execution().abort());
    council.hangAfter = command -> false;

    assertEquals("case|c-1", done(abort(CASE, signed)).pid());

    assertEquals(false, council.state(CASE).execution().abort().undo());
  }

  @Test
  void anOperatorPausesAndResumes() throws Exception {
    Person olga = new Person("p1:olga", "sealed");
    assertEquals("case|c-1", done(await(people.pause(CASE, olga, "the right pod?"))).pid());
    assertTrue(done(await(people.pause(CASE, olga, "the right pod?"))).repeated());
    CaseEvent.ExecutionPaused paused = council.state(CASE).precautions().pauses().last();
    assertEquals("p1:olga", paused.by());
    done(await(people.resume(CASE, olga)));
    assertTrue(done(await(people.resume(CASE, olga))).repeated());
    assertNull(council.state(CASE).precautions().pauses().last());
    declined("case_not_found", await(people.pause(new CaseId("none"), olga, "why")));
  }
}
