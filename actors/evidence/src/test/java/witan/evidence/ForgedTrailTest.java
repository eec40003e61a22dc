package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.domain.common.CaseId;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RegistryEvent;
import witan.domain.reputation.Gain;
import witan.domain.reputation.VerdictFacts;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.NoteSigner;

/** Alerts, other cases, witnesses and anchors that the holder of the log's key bends. */
class ForgedTrailTest {
  private final World world = new World(12);
  private final List<CaseEvent> events = Story.rehearsed(world.council());

  private Report rewritten(UnaryOperator<Alert> change) {
    return rewritten(events, change);
  }

  private Report rewritten(List<CaseEvent> told, UnaryOperator<Alert> change) {
    List<CaseEvent> forged = new ArrayList<>();
    for (CaseEvent event : told) {
      forged.add(
          event instanceof CaseEvent.AlertRecorded e
              ? new CaseEvent.AlertRecorded(change.apply(e.alert()), e.raw(), e.at())
              : event);
    }
    return world.verify(world.export(forged));
  }

  private static Alert like(
      Alert a, String rule, String title, Resource resource, List<String> techniques) {
    return anAlert(a).rule(rule).title(title).of(resource).techniques(techniques).build();
  }

  @Test
  void anAlertThatSaysSomethingElseThanWhatWasVotedOnIsSeen() {
    Resource other = new Resource(ResourceKind.POD, "demo", "payments", "db-0");
    List<UnaryOperator<Alert>> lies =
        List.of(
            a -> like(a, a.rule(), "A mistake", a.resource(), a.techniques()),
            a -> like(a, "Another rule", a.title(), a.resource(), a.techniques()),
            a -> like(a, a.rule(), a.title(), other, a.techniques()),
            a -> like(a, a.rule(), a.title(), a.resource(), List.of("T1496")));
    for (UnaryOperator<Alert> lie : lies) {
      Report report = rewritten(lie);
      assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    }
    Report honest = rewritten(UnaryOperator.identity());
    assertEquals(Verdict.PROVEN, honest.verdict(), honest.text());
  }

  /** Of these, ballots bind the raw text's digest alone, and the raw text is withheld. */
  @Test
  void anOlderVoteIsProvenButForWhatItsAlertsWereReadAs() {
    List<CaseEvent> old =
        new Story(world.council())
            .alert("a1")
            .openAsBefore()
            .vote(0, Support.FOR, 1)
            .vote(1, Support.FOR, 1)
            .vote(2, Support.FOR, 1)
            .execute("rehearsal", StepOutcome.REHEARSED)
            .events();
    for (UnaryOperator<Alert> change :
        List.<UnaryOperator<Alert>>of(
            UnaryOperator.identity(),
            a -> like(a, a.rule(), "A mistake", a.resource(), a.techniques()))) {
      Report report = rewritten(old, change);
      assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
      assertEquals(List.of("alerts' reading"), report.open(), report.text());
    }
  }

  @Test
  void aCaseBeforeThisOneThatNobodyShowsIsOpen() {
    Story first = new Story(world.council()).alert("a1");
    CaseEvent.AlertRecorded seen = (CaseEvent.AlertRecorded) first.events().get(1);
    Story story =
        new Story(world.council())
            .tell(
                new CaseCommand.ReopenCase(
                    Story.CASE,
                    new CaseId("case-that-never-was"),
                    "council",
                    List.of(new CaseCommand.ReopenCase.Seen(seen.alert(), seen.raw(), null))))
            .dismiss();
    Report report = world.verify(world.export(story.events()));
    assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
    assertTrue(report.open().contains("follows"), report.text());
  }

  /** What is wrong with the one before is no fault of this one, which stands on its own votes. */
  @Test
  void aCaseThatFollowsAVoidOneIsProven() {
    CaseId before = new CaseId("case-0");
    Instant start = Story.START.minusSeconds(900);
    Story first = new Story(world.council(), before, world.council().electorate(), start).decide();
    CaseCommand.IntendStep swapped = first.intent(first.step(0));
    first.start("kubernetes").tell(swapped);
    CaseEvent.AlertRecorded seen = (CaseEvent.AlertRecorded) first.events().get(1);
    Story story =
        new Story(world.council())
            .tell(
                new CaseCommand.ReopenCase(
                    Story.CASE,
                    before,
                    "council",
                    List.of(new CaseCommand.ReopenCase.Seen(seen.alert(), seen.raw(), null))))
            .open()
            .vote(0, Support.FOR, 1)
            .vote(1, Support.FOR, 3)
            .vote(2, Support.FOR, 1)
            .execute("rehearsal", StepOutcome.REHEARSED);
    Report report = world.verify(world.exportBeside(story.events(), before, first.events()));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }

  @Test
  void aCaseThatRidesAlongIsSeen() {
    Bundle bundle =
        world.exportBeside(events, new CaseId("case-9"), new Story(world.council()).events());
    assertEquals(Verdict.PROVEN, world.verify(bundle).verdict(), world.verify(bundle).text());
    List<CaseEvent> other =
        new Story(
                world.council(),
                new CaseId("case-9"),
                world.council().electorate(),
                Story.START.minusSeconds(900))
            .alert("b")
            .dismiss()
            .events();
    Report report = world.verify(world.exportBeside(events, new CaseId("case-9"), other));
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
  }

  @Test
  void witnessesThatDidNotCosignAreMissed() {
    List<String> witnesses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      witnesses.add(
          NoteSigner.generate("witness" + i + ".example", new SecureRandom())
              .cosignatureKey()
              .vkey());
    }
    Trust trust = Trust.parse(world.trustFile(witnesses).bytes());
    Report report = World.verify(world.export(events), trust, world.chain());
    assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
    assertEquals(List.of("witnesses"), report.open());
  }

  @Test
  void anAnchorThatIsNotLookedUpOrNotThereIsMissed() {
    Bundle bundle = world.export(events);
    Report claimed = World.verify(bundle, world.trust(), null);
    assertEquals(Verdict.PROVEN_BUT_FOR, claimed.verdict(), claimed.text());
    assertEquals(List.of("anchor"), claimed.open());
    Report none = world.verify(world.withAnchor(bundle, null));
    assertEquals(Verdict.PROVEN_BUT_FOR, none.verdict(), none.text());
    assertEquals(List.of("anchor"), none.open());
  }

  /** Whatever lies beyond may be one of two continuations. */
  @Test
  void whatWasDecidedOrDoneBeyondTheAnchorIsMissed() {
    Bundle bundle = world.export(events);
    int decided = 0;
    while (!(events.get(decided) instanceof CaseEvent.ProposalApproved)) {
      decided++;
    }
    long decision = bundle.caseEntries().get(decided).index();
    Report undecided = world.verify(world.anchoredAt(bundle, events, decision));
    assertEquals(Verdict.PROVEN_BUT_FOR, undecided.verdict(), undecided.text());
    assertTrue(undecided.text().contains(decision + " (ProposalApproved)"), undecided.text());
    Report undone = world.verify(world.anchoredAt(bundle, events, decision + 1));
    assertEquals(List.of("beyond anchor"), undone.open(), undone.text());
    long closed = bundle.caseEntries().get(events.size() - 2).index();
    Report done = world.verify(world.anchoredAt(bundle, events, closed));
    assertEquals(Verdict.PROVEN, done.verdict(), done.text());
  }

  @Test
  void whatEntriesOfTheRegistryRestOnIsMissed() {
    RegistryEvent settled =
        new RegistryEvent.VerdictRecorded(
            new CaseId("case-0"),
            0,
            new VerdictFacts(
                witan.domain.reputation.Verdict.TRUE_POSITIVE,
                null,
                List.of(new VerdictFacts.Vote("member0", Support.FOR)),
                List.of()),
            List.of(new Gain("member0", 1)),
            Story.START.minusSeconds(60),
            2L);
    RegistryEvent said =
        world
            .council()
            .verdict(
                new CaseId("case-0"),
                witan.domain.reputation.Verdict.TRUE_POSITIVE,
                1,
                1,
                Story.START.minusSeconds(61));
    Report report = world.verify(world.export(events, List.of(world.founding(), said, settled)));
    assertEquals(List.of("causes"), report.open(), report.text());
    assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
  }

  @Test
  void aCaseBeforeThisOneThatIsShownIsProven() {
    CaseId before = new CaseId("case-9");
    Story first =
        new Story(
                world.council(), before, world.council().electorate(), Story.START.minusSeconds(90))
            .alert("a1");
    CaseEvent.AlertRecorded seen = (CaseEvent.AlertRecorded) first.events().get(1);
    List<CaseEvent> again =
        new Story(world.council())
            .tell(
                new CaseCommand.ReopenCase(
                    Story.CASE,
                    before,
                    "council",
                    List.of(new CaseCommand.ReopenCase.Seen(seen.alert(), seen.raw(), null))))
            .open()
            .vote(0, Support.AGAINST, 0)
            .vote(1, Support.AGAINST, 0)
            .vote(2, Support.AGAINST, 0)
            .deadline()
            .events();
    Report report = world.verify(world.exportBeside(again, before, first.events()));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }

  @Test
  void aRegistryWhoseEndIsNotShownIsMissed() {
    Bundle bundle = world.export(events);
    Report report = world.verify(world.withRegistry(bundle, bundle.registry().subList(0, 1)));
    assertEquals(Verdict.PROVEN_BUT_FOR, report.verdict(), report.text());
    assertEquals(List.of("registry's end"), report.open());
  }
}
