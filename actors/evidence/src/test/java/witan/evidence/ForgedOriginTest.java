package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import witan.codec.entry.Entry;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.domain.common.Digest;
import witan.domain.execution.CaseOrders;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RegistryChange;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;

/** What is done before a decision, and what a change of the registry is carried out by. */
class ForgedOriginTest {
  private static final byte[] KEY = new byte[32];

  private final Council council = Council.of(5);
  private final Story story = new Story(council).alert("a1").open(null, true);
  private final List<PlannedStep> planned =
      story.plan(0).steps().values().stream().map(CaseOrders::provisional).toList();

  private void contain(List<String> steps) {
    story.tell(
        new CaseCommand.StartContainment(
            0, "kubernetes", steps, List.of("falco"), true, 1, Duration.ofMinutes(2)));
  }

  private void begin() {
    contain(planned.stream().map(PlannedStep::id).toList());
  }

  private void done(CaseCommand.IntendStep intent) {
    story.tell(intent);
    story.tell(new CaseCommand.ObserveStep(intent.step(), 1, StepOutcome.DONE, "seen", "[]"));
  }

  private CaseCommand.IntendStep at(CaseCommand.IntendStep i, String action, Target target) {
    return new CaseCommand.IntendStep(
        i.step(), 1, action, target, i.parameters(), i.fence(), i.deadline());
  }

  private void disproved() {
    assertThrows(CheckFailed.class, () -> checked(story));
  }

  @Test
  void whatWasContainedAndTakenBackAsPlannedIsProven() {
    begin();
    done(story.intent(planned.get(0)));
    done(story.intent(planned.get(1)));
    done(story.undo(planned.get(1)));
    done(story.undo(planned.get(0)));
    story.tell(new CaseCommand.EndContainment("the lease ran out"));
    assertTrue(checked(story).startsWith("4 intents"), checked(story));
  }

  @Test
  void aContainmentWithOtherStepsIsSeen() {
    contain(List.of(Containment.step("another")));
    disproved();
  }

  @Test
  void anotherTargetOrActionOfAContainmentIsSeen() {
    begin();
    Target other = new Target("demo", "shop", "Pod", "web-2");
    done(at(story.intent(planned.get(0)), "quarantine-label", other));
    disproved();
  }

  @Test
  void aContainmentInAnotherOrderIsSeen() {
    begin();
    done(story.intent(planned.get(1)));
    disproved();
  }

  @Test
  void takingBackSomethingElseIsSeen() {
    begin();
    done(story.intent(planned.get(0)));
    Target other = new Target("demo", "shop", "Pod", "web-2");
    done(at(story.undo(planned.get(0)), "release-label", other));
    disproved();
  }

  @Test
  void takingBackUnderAnotherFenceIsSeen() {
    begin();
    done(story.intent(planned.get(0)));
    CaseCommand.IntendStep undo = story.undo(planned.get(0));
    Map<String, String> parameters = new TreeMap<>(undo.parameters());
    parameters.put("fence", "case-9/x");
    done(
        new CaseCommand.IntendStep(
            undo.step(),
            1,
            undo.action(),
            undo.target(),
            parameters,
            undo.fence(),
            undo.deadline()));
    disproved();
  }

  private Story governed(CaseCommand.IntendStep intent) {
    RegistryChange change = new RegistryChange.RemoveMembers(List.of("member3"));
    SignedDraft draft =
        council.propose(
            new Draft(
                "council", ProposalKind.MEMBERSHIP, "one leaves", List.of(), List.of(), change),
            0,
            Story.START.getEpochSecond() + 600);
    Story governed =
        new Story(
                council,
                DraftRules.caseId(draft, Council.HASHER),
                council.electorate(),
                Story.START)
            .propose(draft);
    for (int member = 0; member < 3; member++) {
      governed.vote(member, Support.FOR, 1);
    }
    governed.tell(new CaseCommand.StartExecution("registry", List.of("apply")));
    governed.tell(intent);
    governed.tell(new CaseCommand.ObserveStep("apply", 1, StepOutcome.DONE, "number 2", "[]"));
    return governed.tell(new CaseCommand.EndExecution());
  }

  private static CaseCommand.IntendStep apply(String action, Target target, String fence) {
    return new CaseCommand.IntendStep(
        "apply", 1, action, target, Map.of(), fence, Story.START.plusSeconds(900));
  }

  @Test
  void aChangeOfTheRegistryIsCarriedOutByItsOneStep() {
    Target own = new Target("registry", null, "Council", "council");
    String fence =
        governed(apply("registry-change", own, "x")).events().stream()
                .filter(CaseEvent.CaseOpened.class::isInstance)
                .map(e -> ((CaseEvent.CaseOpened) e).caseId().value())
                .findFirst()
                .orElseThrow()
            + "/apply";
    Story honest = governed(apply("registry-change", own, fence));
    assertEquals("1 intents are orders of the plan, in its order", checked(honest));
    for (Story forged :
        List.of(
            governed(apply("delete-pod", own, fence)),
            governed(apply("registry-change", Story.POD, fence)),
            governed(apply("registry-change", own, "another")))) {
      assertThrows(CheckFailed.class, () -> checked(forged));
    }
  }

  private static String checked(Story story) {
    EventCodec codec = new EventCodec();
    CaseEvent.CaseOpened opened = (CaseEvent.CaseOpened) story.events().get(0);
    String pid = "case|" + opened.caseId();
    List<Logged<CaseEvent>> logged = new ArrayList<>();
    for (CaseEvent event : story.events()) {
      Encoded e = codec.encode(event, pid, logged.size() + 1, Digest.ZERO, null, KEY);
      logged.add(new Logged<>(logged.size(), Entry.parse(e.entry()), e.hash(), event, List.of()));
    }
    return PlanChecks.check(new CaseFile(opened.caseId(), logged), Council.PLAYBOOKS);
  }
}
