package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.domain.common.Digest;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseEvent.VoteCast;
import witan.domain.proposal.CaseEvent.VotingOpened;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.RegistryEvent;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/** The log of these worlds is honest in its proofs; what it holds is not always. */
class BundleVerifierTest extends BundleOfOneCase {
  @Test
  void aWholeCaseIsProvenAndTheReportSaysWhatWasLookedAt() {
    Report report = world.verify(bundle);
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertEquals(
        List.of(
            "document",
            "seal",
            "checkpoint",
            "inclusion",
            "versions",
            "registry",
            "founding",
            "entries",
            "case",
            "electorate",
            "policy",
            "alerts",
            "playbooks",
            "blast radius",
            "containment",
            "ballots",
            "recount",
            "execution",
            "plan",
            "requests",
            "rules",
            "notices",
            "stakes",
            "other cases",
            "links",
            "executors",
            "withheld",
            "same log",
            "anchor"),
        report.lines().stream().map(Line::name).toList());
    assertTrue(text(report, "ballots").startsWith("4 ballots"), report.text());
    assertTrue(text(report, "recount").contains("APPROVED option 0"), report.text());
    assertTrue(text(report, "recount").contains("for 80, against 0"), report.text());
    assertTrue(text(report, "execution").startsWith("REHEARSED, nothing"), report.text());
    assertTrue(text(report, "withheld").contains("AlertRecorded.raw"), report.text());
    assertEquals(Status.OK, line(report, "anchor").status());
  }

  @Test
  void everyKindOfEndIsProven() {
    Council c = world.council();
    List<Story> stories =
        List.of(
            Story.approved(c).execute("kubernetes", StepOutcome.DONE),
            Story.approved(c).refuse(),
            new Story(c).alert("a").dismiss(),
            new Story(c).alert("a").open().deadline(),
            new Story(c).alert("a").open().vote(0, Support.FOR, 1).deadline(),
            new Story(c)
                .alert("a")
                .open()
                .vote(0, Support.AGAINST, 0)
                .vote(1, Support.AGAINST, 0)
                .vote(2, Support.ABSTAIN, 0)
                .deadline(),
            new Story(c)
                .alert("a")
                .open()
                .vote(0, Support.FOR, 2)
                .vote(1, Support.AGAINST, 0)
                .vote(3, Support.FOR, 2)
                .deadline()
                .execute("rehearsal", StepOutcome.REHEARSED));
    List<String> decisions = new ArrayList<>();
    for (Story story : stories) {
      Bundle exported = world.export(story.events());
      Report report = world.verify(exported);
      boolean voted = story.events().stream().anyMatch(VotingOpened.class::isInstance);
      // Without a vote nobody's signature says what the alert was read as.
      assertEquals(
          voted ? Verdict.PROVEN : Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
      decisions.add(text(report, "recount").split("[ ,]", 2)[0]);
    }
    assertEquals(
        List.of("APPROVED", "APPROVED", "there", "EXPIRED", "EXPIRED", "REJECTED", "APPROVED"),
        decisions);
  }

  @Test
  void whoDecidedWhatAndWhatWasDoneIsSaidInWordsWhereItIsProven() {
    String text = world.verify(bundle).text();
    assertTrue(
        text.contains(
            "who decided:    the members approved option 0, \"Isolate\": 80 (80 %) for it"),
        text);
    assertTrue(text.contains("what was done:  rehearsed only, nothing was sent"), text);
    assertTrue(text.endsWith("\nPROVEN\n"), text);

    Council c = world.council();
    Bundle dismissed = world.export(new Story(c).alert("a").dismiss().events());
    String unvoted = world.verify(dismissed).text();
    assertTrue(unvoted.contains("who decided:    nobody: closed without a vote because"), unvoted);
    assertTrue(unvoted.contains("what was done:  nothing\n"), unvoted);
    assertTrue(unvoted.contains("not proven:     that the council's rules"), unvoted);

    String other = new World(2).verify(bundle).text();
    assertTrue(!other.contains("who decided"), other);
  }

  @Test
  void aMadeUpWorldIsDisproved() {
    World other = new World(2);
    Bundle fabricated = other.export(Story.rehearsed(other.council()));
    assertEquals(Verdict.PROVEN, other.verify(fabricated).verdict());
    fails(world.verify(fabricated), "seal", "checkpoint", "founding");
  }

  @Test
  void aCouncilFoundedBySomebodyElseInTheTrustedLogIsDisproved() {
    World other = new World(Council.of(2), world.log());
    fails(world.verify(other.export(Story.rehearsed(other.council()))), "founding");
  }

  @Test
  void aFounderWhoDidNotSignIsSeen() {
    RegistryEvent.CouncilFounded f = world.council().founding(Story.START);
    List<FounderSignature> signatures = new ArrayList<>(f.signatures());
    signatures.set(
        1, new FounderSignature(signatures.get(1).founder(), signatures.get(0).signature()));
    RegistryEvent forged =
        new RegistryEvent.CouncilFounded(f.charter(), f.charterHash(), signatures, null, f.at());
    fails(world.verify(world.export(events, List.of(forged))), "founding");
    fails(world.verify(world.export(events, List.of(f, f))), "founding");
  }

  @Test
  void anEntryThatIsNotInTheLogIsSeen() {
    List<BundleEntry> lines = new ArrayList<>(bundle.caseEntries());
    BundleEntry last = lines.get(lines.size() - 1);
    List<Digest> proof = new ArrayList<>(last.proof());
    Collections.reverse(proof);
    lines.set(
        lines.size() - 1, new BundleEntry(last.index(), last.entry(), proof, last.disclosure()));
    fails(world.verify(world.withCase(bundle, lines)), "inclusion");
    lines.set(
        lines.size() - 1,
        new BundleEntry(last.index() + 1, last.entry(), last.proof(), last.disclosure()));
    fails(world.verify(world.withCase(bundle, lines)), "inclusion");
  }

  @Test
  void aMissingEntryIsSeenWhereverItIs() {
    for (int i = 0; i + 1 < bundle.caseEntries().size(); i++) {
      List<BundleEntry> lines = new ArrayList<>(bundle.caseEntries());
      lines.remove(i);
      fails(world.verify(world.withCase(bundle, lines)), "case");
    }
  }

  @Test
  void aCaseWithoutItsSealCouldNotBeChecked() {
    List<BundleEntry> lines = bundle.caseEntries().subList(0, bundle.caseEntries().size() - 1);
    Report report = world.verify(world.withCase(bundle, lines));
    assertEquals(Verdict.COULD_NOT_CHECK, report.verdict(), report.text());
    assertTrue(text(report, "case").startsWith("incomplete"), report.text());
    Report open = world.verify(world.export(Story.approved(world.council()).events()));
    assertEquals(Verdict.COULD_NOT_CHECK, open.verdict(), open.text());
  }

  @Test
  void aCaseSealedEarlyIsSeen() {
    List<CaseEvent> early = new ArrayList<>(events.subList(0, 8));
    early.add(new CaseEvent.CaseSealed(9, early.get(7).at()));
    fails(world.verify(world.export(early)), "rules");
    List<CaseEvent> goesOn = new ArrayList<>(early);
    goesOn.addAll(events.subList(8, events.size()));
    fails(world.verify(world.export(goesOn)), "case");
    List<CaseEvent> wrongNumber = new ArrayList<>(events);
    wrongNumber.set(events.size() - 1, new CaseEvent.CaseSealed(3, Story.START));
    fails(world.verify(world.export(wrongNumber)), "case");
  }

  @Test
  void entriesInAnotherOrderAreSeen() {
    List<BundleEntry> lines = new ArrayList<>(bundle.caseEntries());
    int ballot = index(VoteCast.class);
    Collections.swap(lines, ballot, ballot + 1);
    fails(world.verify(world.withCase(bundle, lines)), "case");
    List<CaseEvent> swapped = new ArrayList<>(events);
    Collections.swap(swapped, ballot + 2, ballot + 3);
    fails(world.verify(world.export(swapped)), "recount", "rules");
  }
}
