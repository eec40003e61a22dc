package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.entry.Entry;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;
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

/** An execution that a member ended early, and what somebody else may have made of it. */
class AbortedCaseTest {
  private static final Instant SAID = Story.START.plusSeconds(9);
  private static final Instant DEADLINE = SAID.plusSeconds(600);

  private final Council council = Council.of(7);
  private final World world =
      new World(council, NoteSigner.generate(World.ORIGIN, new SecureRandom()));
  private final List<CaseEvent> events = Story.approved(council).abort().events();
  private final int aborted = index(CaseEvent.AbortRequested.class);

  private int index(Class<? extends CaseEvent> type) {
    int at = 0;
    while (!type.isInstance(events.get(at))) {
      at++;
    }
    return at;
  }

  private SignedStatement statement(int member, int signer) {
    return council.abort(Story.CASE, true, member, signer, DEADLINE);
  }

  private static RegistryEvent recorded(CaseId caseId, SignedStatement signed) {
    return new RegistryEvent.StatementRecorded(caseId, signed, "member1", SAID);
  }

  /** With another abort in its place, as whoever owns every node can log it. */
  private List<CaseEvent> instead(CaseEvent.AbortRequested other) {
    return events.stream().map(e -> e instanceof CaseEvent.AbortRequested ? other : e).toList();
  }

  private List<CaseEvent> saying(SignedStatement signed) {
    CaseEvent.AbortRequested honest = (CaseEvent.AbortRequested) events.get(aborted);
    return instead(
        new CaseEvent.AbortRequested(
            honest.by(),
            honest.reason(),
            true,
            honest.at(),
            null,
            new RecordedStatement(signed, 2)));
  }

  private Report report(SignedStatement signed, RegistryEvent recorded, int at) {
    return world.verify(world.exportSaid(saying(signed), List.of(world.founding(), recorded), at));
  }

  private Report report(SignedStatement signed) {
    return report(signed, recorded(Story.CASE, signed), aborted);
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
    Report report = report(statement(1, 1));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(
        report.text().contains("ended early by a member's statement on record"), report.text());
  }

  @Test
  void anAbortBeforeTheExecutionHasBegunIsProvenToo() {
    List<CaseEvent> never = Story.approved(council).neverBegun().events();
    Report report = world.verify(world.exportAborted(never));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }

  @Test
  void aStatementThatItsMemberDidNotSignIsSeen() {
    fails("founding", report(statement(1, 2)));
  }

  @Test
  void aStatementOfWhoIsNoMemberIsSeen() {
    fails("founding", report(Council.of(6).abort(Story.CASE, true, 1, 1, DEADLINE)));
  }

  @Test
  void aStatementThatWasRecordedForAnotherCaseIsSeen() {
    CaseId other = new CaseId("case-2");
    SignedStatement signed = council.abort(other, true, 1, 1, DEADLINE);
    fails("statements", report(signed, recorded(other, signed), aborted));
  }

  @Test
  void aStatementAboutAnotherCaseThatWasRecordedForThisOneIsSeen() {
    fails("founding", report(council.abort(new CaseId("case-2"), true, 1, 1, DEADLINE)));
  }

  @Test
  void aStatementAfterItsDeadlineIsSeen() {
    fails("founding", report(council.abort(Story.CASE, true, 1, 1, SAID)));
  }

  @Test
  void anAbortThatTakesBackWhatItsMemberLeftAsItIsIsSeen() {
    fails("statements", report(council.abort(Story.CASE, false, 1, 1, DEADLINE)));
  }

  @Test
  void aStatementAboutAStepAbortsNothing() {
    fails("statements", report(council.confirmation(Story.CASE, "m", 1, 1, DEADLINE)));
  }

  @Test
  void aStatementFromBeforeTheDecisionIsSeen() {
    SignedStatement signed = statement(1, 1);
    int decided = index(CaseEvent.ProposalApproved.class);
    fails("statements", report(signed, recorded(Story.CASE, signed), decided));
  }

  @Test
  void aStatementThatIsRecordedAfterTheAbortIsSeen() {
    SignedStatement signed = statement(1, 1);
    fails("statements", report(signed, recorded(Story.CASE, signed), aborted + 1));
  }

  @Test
  void aStatementThatIsOnRecordNowhereIsSeen() {
    fails("statements", world.verify(world.exportSaid(events, List.of(world.founding()), aborted)));
  }

  @Test
  void aTokensWordAbortsInEntriesBeforeMembersSignedAlone() {
    CaseEvent.AbortRequested honest = (CaseEvent.AbortRequested) events.get(aborted);
    List<CaseEvent> token =
        instead(
            new CaseEvent.AbortRequested(
                honest.by(), honest.reason(), true, honest.at(), "sealed", null));
    List<RegistryEvent> registry = List.of(world.founding());
    fails("statements", world.verify(world.exportSaid(token, registry, aborted)));
    world.logging((pid, seq) -> Entry.MEMBERS_WORD - 1);
    Report before = world.verify(world.exportSaid(token, registry, aborted));
    assertEquals(Verdict.PROVEN, before.verdict(), before.text());
    assertTrue(before.text().contains("by a token, as before entries of v 4"), before.text());
  }
}
