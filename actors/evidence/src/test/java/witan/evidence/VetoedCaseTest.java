package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.SignedVeto;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.NoteSigner;

/** A case that a guardian stopped, and what somebody else may have made of it. */
class VetoedCaseTest {
  private final Council council = Council.of(1).guarded(3);
  private final World world =
      new World(council, NoteSigner.generate(World.ORIGIN, new SecureRandom()));
  private final Story story =
      new Story(council).alert("a1").open().vote(0, Support.FOR, 1).vote(1, Support.FOR, 1);

  private RegistryEvent founding() {
    return council.founding(Story.START.minus(Duration.ofDays(30)));
  }

  private RegistryEvent recorded(CaseId caseId, SignedVeto signed, String guardian) {
    return new RegistryEvent.VetoRecorded(caseId, signed, guardian, Story.START.plusSeconds(2));
  }

  private Report report(List<RegistryEvent> registry) {
    return report(story.events(), registry);
  }

  private Report report(List<CaseEvent> events, List<RegistryEvent> registry) {
    return world.verify(world.export(events, registry));
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
  void aRecordedVetoOfAGuardianProvesTheCase() {
    SignedVeto veto = council.veto(Story.CASE, story.proposalHash(), 3, 3);
    story.veto(veto, 2);
    Report report = report(List.of(founding(), recorded(Story.CASE, veto, "member3")));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(report.text().contains("VETOED at number 6"), report.text());
    assertTrue(report.text().contains("It would cut off the hospital"), report.text());
  }

  @Test
  void aVetoOfAnApprovedResponseProvesTheCase() {
    SignedVeto veto = council.veto(Story.CASE, story.proposalHash(), 3, 3);
    story.vote(2, Support.FOR, 1).veto(veto, 2);
    Report report = report(List.of(founding(), recorded(Story.CASE, veto, "member3")));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(report.text().contains("APPROVED option 0"), report.text());
    assertTrue(report.text().contains("VETOED at number 8"), report.text());
  }

  @Test
  void aVetoOfAResponseThatHadBegunProvesTheCase() {
    SignedVeto veto = council.veto(Story.CASE, story.proposalHash(), 3, 3);
    story.vote(2, Support.FOR, 1).vetoWhileExecuting(veto, 2);
    Report report = report(List.of(founding(), recorded(Story.CASE, veto, "member3")));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }

  /** Whoever owns every node puts an abort behind a veto that brought another, or none. */
  @Test
  void anAbortThatNoVetoBroughtIsSeen() {
    SignedVeto veto = council.veto(Story.CASE, story.proposalHash(), 3, 3);
    story.vote(2, Support.FOR, 1).vetoWhileExecuting(veto, 2);
    List<RegistryEvent> registry = List.of(founding(), recorded(Story.CASE, veto, "member3"));
    List<CaseEvent> without = new ArrayList<>(story.events());
    without.removeIf(
        e -> e instanceof CaseEvent.ProposalVetoed || e instanceof CaseEvent.CaseSealed);
    without.add(new CaseEvent.CaseSealed(without.size() + 1, Story.START.plusSeconds(60)));
    fails("statements", report(without, registry));
    List<CaseEvent> another =
        story.events().stream()
            .map(
                e ->
                    e instanceof CaseEvent.AbortRequested a
                        ? new CaseEvent.AbortRequested(a.by(), "another", true, a.at(), null)
                        : e)
            .toList();
    fails("statements", report(another, registry));
  }

  @Test
  void aVetoThatTheRegistryHasNotRecordedIsSeen() {
    SignedVeto veto = council.veto(Story.CASE, story.proposalHash(), 3, 3);
    story.veto(veto, 2);
    fails("veto", report(List.of(founding())));
    CaseId other = new CaseId("another");
    SignedVeto ofAnother = council.veto(other, story.proposalHash(), 3, 3);
    fails("veto", report(List.of(founding(), recorded(other, ofAnother, "member3"))));
  }

  @Test
  void aVetoOfAMemberThatIsNoGuardianIsSeen() {
    SignedVeto veto = council.veto(Story.CASE, story.proposalHash(), 2, 2);
    story.veto(veto, 2);
    fails("founding", report(List.of(founding(), recorded(Story.CASE, veto, "member2"))));
  }

  @Test
  void aVetoThatItsGuardianDidNotSignIsSeen() {
    SignedVeto forged = council.veto(Story.CASE, story.proposalHash(), 3, 0);
    story.veto(council.veto(Story.CASE, story.proposalHash(), 3, 3), 2);
    List<CaseEvent> events =
        story.events().stream()
            .map(
                e ->
                    e instanceof CaseEvent.ProposalVetoed v
                        ? new CaseEvent.ProposalVetoed(forged, v.registrySeq(), v.at())
                        : e)
            .toList();
    fails("founding", report(events, List.of(founding(), recorded(Story.CASE, forged, "member3"))));
    fails("recount", report(events, List.of(founding())));
  }
}
