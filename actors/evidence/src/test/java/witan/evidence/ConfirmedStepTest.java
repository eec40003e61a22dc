package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.entry.Entry;
import witan.domain.common.CaseId;
import witan.domain.governance.Support;
import witan.domain.planning.PlannedStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.SignedStatement;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.NoteSigner;

/** A step that a person was asked about, and what somebody else may say for a member. */
class ConfirmedStepTest {
  private static final Instant SAID = Story.START.plusSeconds(8);
  private static final Instant DEADLINE = SAID.plusSeconds(600);

  private final Council council = Council.of(5);
  private final World world =
      new World(council, NoteSigner.generate(World.ORIGIN, new SecureRandom()))
          .with(List.of(Council.ASKING), null);
  private final Story story =
      new Story(council)
          .alert("a1")
          .openAsking()
          .vote(0, Support.FOR, 1)
          .vote(1, Support.FOR, 1)
          .vote(2, Support.FOR, 1);
  private int asked;
  private String step;

  @BeforeEach
  void ask() {
    PlannedStep manual = story.start("kubernetes").step(0);
    story.tell(story.intent(manual));
    asked = story.events().size();
    step = manual.id();
  }

  private SignedStatement statement(int member, int signer) {
    return council.confirmation(Story.CASE, step, member, signer, DEADLINE);
  }

  private static RegistryEvent recorded(CaseId caseId, SignedStatement signed, String member) {
    return new RegistryEvent.StatementRecorded(caseId, signed, member, SAID);
  }

  /** With that observation instead of an honest one, as whoever owns every node can log it. */
  private List<CaseEvent> observed(RecordedStatement said) {
    story.tell(
        new CaseCommand.ConfirmStep(
            step, new RecordedStatement(statement(1, 1), said == null ? 2 : said.registrySeq())));
    story.tell(new CaseCommand.EndExecution(ExecutionOutcome.SUCCEEDED, ""));
    return story.events().stream()
        .map(
            e ->
                e instanceof CaseEvent.StepObserved seen
                    ? new CaseEvent.StepObserved(
                        step,
                        1,
                        StepOutcome.DONE,
                        said == null ? "confirmed by p1:olga" : seen.detail(),
                        "[]",
                        seen.at(),
                        null,
                        said == null ? "sealed" : null,
                        said)
                    : e)
        .toList();
  }

  private Report report(SignedStatement signed, RegistryEvent recorded, int at) {
    List<CaseEvent> events = observed(new RecordedStatement(signed, 2));
    return world.verify(world.exportSaid(events, List.of(world.founding(), recorded), at));
  }

  private Report report(SignedStatement signed, String member) {
    return report(signed, recorded(Story.CASE, signed, member), asked);
  }

  private static void fails(String check, Report report) {
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    assertTrue(
        report.lines().stream()
            .filter(line -> line.status() == Status.FAILED)
            .map(Line::name)
            .toList()
            .contains(check),
        report.text());
  }

  @Test
  void aMembersStatementProvesTheCase() {
    Report report = report(statement(1, 1), "member1");
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(
        report.text().contains("1 steps were answered for by members' statements"), report.text());
  }

  @Test
  void aStatementThatItsMemberDidNotSignIsSeen() {
    fails("founding", report(statement(1, 2), "member1"));
  }

  @Test
  void aStatementOfWhoIsNoMemberIsSeen() {
    Council others = Council.of(6);
    SignedStatement stranger = others.confirmation(Story.CASE, step, 1, 1, DEADLINE);
    fails("founding", report(stranger, "member1"));
  }

  @Test
  void aStatementThatWasRecordedForAnotherCaseIsSeen() {
    CaseId other = new CaseId("case-2");
    SignedStatement signed = council.confirmation(other, step, 1, 1, DEADLINE);
    fails("statements", report(signed, recorded(other, signed, "member1"), asked));
  }

  @Test
  void aStatementAboutAnotherCaseThatWasRecordedForThisOneIsSeen() {
    CaseId other = new CaseId("case-2");
    SignedStatement signed = council.confirmation(other, step, 1, 1, DEADLINE);
    fails("founding", report(signed, "member1"));
  }

  @Test
  void aStatementAboutAnotherStepIsSeen() {
    SignedStatement other = council.confirmation(Story.CASE, "another", 1, 1, DEADLINE);
    fails("rules", report(other, "member1"));
  }

  @Test
  void aStatementAfterItsDeadlineIsSeen() {
    SignedStatement late = council.confirmation(Story.CASE, step, 1, 1, SAID);
    fails("founding", report(late, "member1"));
  }

  @Test
  void aStatementFromBeforeTheQuestionIsSeen() {
    SignedStatement signed = statement(1, 1);
    fails("statements", report(signed, recorded(Story.CASE, signed, "member1"), asked - 1));
  }

  @Test
  void aStatementThatIsRecordedAfterTheAnswerIsSeen() {
    SignedStatement signed = statement(1, 1);
    fails("statements", report(signed, recorded(Story.CASE, signed, "member1"), asked + 1));
  }

  @Test
  void aStatementThatIsOnRecordNowhereIsSeen() {
    List<CaseEvent> events = observed(new RecordedStatement(statement(1, 1), 9));
    fails("statements", world.verify(world.exportSaid(events, List.of(world.founding()), asked)));
  }

  @Test
  void aTokensWordCountsInEntriesBeforeMembersSignedAlone() {
    List<CaseEvent> events = observed(null);
    List<RegistryEvent> registry = List.of(world.founding());
    fails("statements", world.verify(world.exportSaid(events, registry, asked)));
    world.logging((pid, seq) -> Entry.STATEMENTS - 1);
    Report before = world.verify(world.exportSaid(events, registry, asked));
    assertEquals(Verdict.PROVEN, before.verdict(), before.text());
    assertTrue(before.text().contains("1 by a token"), before.text());
  }
}
