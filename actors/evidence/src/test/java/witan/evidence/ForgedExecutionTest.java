package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Requests;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/**
 * What an operator with the log's key may make of an approved response: every digest, proof and
 * signature of the log is made anew, only the voters' are theirs.
 */
class ForgedExecutionTest {
  private static final Target NAMESPACE = new Target("demo", null, "Namespace", "payments");

  private final World world = new World(11);
  private final Story story = Story.approved(world.council());

  private Report report() {
    return world.verify(world.export(story.events()));
  }

  private void disproved(String check) {
    disproved(check, report());
  }

  private static void disproved(String check, Report report) {
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    assertTrue(
        report.lines().stream()
            .filter(line -> line.status() == Status.FAILED)
            .map(Line::name)
            .toList()
            .contains(check),
        report.text());
  }

  private CaseCommand.IntendStep intent(
      PlannedStep step, String action, Target target, Map<String, String> parameters) {
    CaseCommand.IntendStep honest = story.intent(step);
    return new CaseCommand.IntendStep(
        step.id(), 1, action, target, parameters, honest.fence(), honest.deadline());
  }

  private void done(CaseCommand.IntendStep intent, String requests) {
    story.tell(intent);
    story.tell(new CaseCommand.ObserveStep(intent.step(), 1, StepOutcome.DONE, "seen", requests));
  }

  private void honest(PlannedStep step) {
    CaseCommand.IntendStep intent = story.intent(step);
    story.tell(intent).tell(story.observation(intent, StepOutcome.DONE));
  }

  /** The first step is forged, the second is what was approved. */
  private void forgedFirst(UnaryOperator<CaseCommand.IntendStep> forgery) {
    story.start("kubernetes");
    CaseCommand.IntendStep intent = forgery.apply(story.intent(story.step(0)));
    CaseCommand.IntendStep planned = story.intent(story.step(0));
    done(
        intent,
        Requests.of(
            planned.action(),
            intent.target(),
            planned.parameters(),
            Story.CASE.value(),
            intent.fence()));
    honest(story.step(1));
    story.tell(new CaseCommand.EndExecution());
  }

  @Test
  void whatWasApprovedAndDoneIsProven() {
    story.execute("kubernetes", StepOutcome.DONE);
    assertEquals(Verdict.PROVEN, report().verdict(), report().text());
    Story other = Story.approved(world.council()).abort();
    Report aborted = world.verify(world.exportAborted(other.events()));
    assertEquals(Verdict.PROVEN, aborted.verdict(), aborted.text());
  }

  @Test
  void anotherActionIsSeen() {
    story.start("kubernetes");
    PlannedStep first = story.step(0);
    done(
        intent(first, "delete-namespace", NAMESPACE, Map.of()),
        "[{\"method\":\"DELETE\",\"path\":\"/api/v1/namespaces/payments\"}]");
    honest(story.step(1));
    story.tell(new CaseCommand.EndExecution());
    disproved("plan");
  }

  @Test
  void anotherTargetIsSeen() {
    forgedFirst(
        i ->
            new CaseCommand.IntendStep(
                i.step(),
                1,
                i.action(),
                new Target("demo", "shop", "Pod", "web-2"),
                i.parameters(),
                i.fence(),
                i.deadline()));
    disproved("plan");
  }

  @Test
  void anotherParameterIsSeen() {
    forgedFirst(
        i -> {
          Map<String, String> parameters = new TreeMap<>(i.parameters());
          parameters.put("value", "another");
          return new CaseCommand.IntendStep(
              i.step(), 1, i.action(), i.target(), parameters, i.fence(), i.deadline());
        });
    disproved("plan");
  }

  @Test
  void aParameterThatThePlanDoesNotHaveIsSeen() {
    forgedFirst(
        i -> {
          Map<String, String> parameters = new TreeMap<>(i.parameters());
          parameters.put("pin.uid", "another");
          return new CaseCommand.IntendStep(
              i.step(), 1, i.action(), i.target(), parameters, i.fence(), i.deadline());
        });
    disproved("plan");
  }

  @Test
  void anotherFenceIsSeen() {
    forgedFirst(
        i ->
            new CaseCommand.IntendStep(
                i.step(), 1, i.action(), i.target(), i.parameters(), "case-9/x", i.deadline()));
    disproved("plan");
  }

  @Test
  void aStepMoreThanThePlanHasIsSeen() {
    List<String> steps = new ArrayList<>(story.plan().order());
    steps.add("action--extra");
    story.tell(new CaseCommand.StartExecution("kubernetes", steps));
    story.plan().steps().values().forEach(this::honest);
    CaseCommand.IntendStep like = story.intent(story.step(0));
    done(
        new CaseCommand.IntendStep(
            "action--extra",
            1,
            "delete-pod",
            Story.POD,
            Map.of("pin.uid", "u-1"),
            story.fence("action--extra"),
            like.deadline()),
        Requests.of("delete-pod", Story.POD, Map.of("pin.uid", "u-1"), "case-1", "f"));
    story.tell(new CaseCommand.EndExecution());
    disproved("plan");
  }

  @Test
  void stepsInAnotherOrderAreSeen() {
    story.start("kubernetes");
    honest(story.step(1));
    honest(story.step(0));
    story.tell(new CaseCommand.EndExecution());
    disproved("plan");
  }

  @Test
  void aStepThatWasNeverBegunIsSeen() {
    story.start("kubernetes");
    honest(story.step(0));
    story.tell(new CaseCommand.EndExecution(ExecutionOutcome.SUCCEEDED, ""));
    disproved("plan");
  }

  @Test
  void anExecutionOfWhichNothingWasBegunIsSeen() {
    story.start("kubernetes");
    story.tell(new CaseCommand.EndExecution(ExecutionOutcome.SUCCEEDED, ""));
    disproved("plan");
  }

  @Test
  void anEndThatThePlanDoesNotComeToIsSeen() {
    story.start("rehearsal");
    for (PlannedStep step : story.plan().steps().values()) {
      CaseCommand.IntendStep intent = story.intent(step);
      story.tell(intent).tell(story.observation(intent, StepOutcome.REHEARSED));
    }
    story.tell(new CaseCommand.EndExecution(ExecutionOutcome.FAILED, "it did not work"));
    disproved("plan");
  }

  @Test
  void anotherReasonOfAFailureIsSeen() {
    story.start("kubernetes");
    CaseCommand.IntendStep intent = story.intent(story.step(0));
    story.tell(intent);
    story.tell(
        new CaseCommand.ObserveStep(intent.step(), 1, StepOutcome.FAILED, "no such pod", "[]"));
    CaseCommand.IntendStep undo = story.undo(story.step(0));
    story.tell(undo).tell(story.observation(undo, StepOutcome.DONE));
    story.tell(new CaseCommand.EndExecution(ExecutionOutcome.FAILED, "all is well"));
    disproved("plan");
  }

  @Test
  void takingBackSomethingElseIsSeen() {
    story.start("kubernetes");
    honest(story.step(0));
    story.tell(story.abortion());
    CaseCommand.IntendStep undo = story.undo(story.step(0));
    Target other = new Target("demo", "shop", "Pod", "web-2");
    done(
        new CaseCommand.IntendStep(
            undo.step(), 1, undo.action(), other, undo.parameters(), undo.fence(), undo.deadline()),
        Requests.of(undo.action(), other, undo.parameters(), "case-1", undo.fence()));
    story.tell(
        new CaseCommand.EndExecution(
            ExecutionOutcome.ABORTED,
            "aborted by member " + world.council().address(1) + ": the wrong pod"));
    disproved("plan");
  }

  @Test
  void takingBackWhatNobodyAbortedIsSeen() {
    story.start("kubernetes");
    honest(story.step(0));
    CaseCommand.IntendStep undo = story.undo(story.step(0));
    story.tell(undo).tell(story.observation(undo, StepOutcome.DONE));
    honest(story.step(1));
    story.tell(new CaseCommand.EndExecution());
    disproved("plan");
  }

  private Report withRequests(String adapter, StepOutcome outcome, UnaryOperator<String> forgery) {
    Story one = Story.approved(world.council()).execute(adapter, outcome);
    List<CaseEvent> events = new ArrayList<>();
    for (CaseEvent event : one.events()) {
      events.add(
          event instanceof CaseEvent.StepObserved e && e.step().equals(one.step(0).id())
              ? new CaseEvent.StepObserved(
                  e.step(),
                  e.attempt(),
                  e.outcome(),
                  e.detail(),
                  forgery.apply(e.requests()),
                  e.at())
              : event);
    }
    return world.verify(world.export(events));
  }

  @Test
  void aRehearsalOfWhichTheRequestsAreTakenOutIsSeen() {
    disproved("requests", withRequests("rehearsal", StepOutcome.REHEARSED, r -> "[]"));
  }

  @Test
  void anEffectWithoutARequestIsSeen() {
    disproved("requests", withRequests("kubernetes", StepOutcome.DONE, r -> "[]"));
  }

  @Test
  void theDeletionOfANamespaceIsSeen() {
    disproved(
        "requests",
        withRequests(
            "kubernetes",
            StepOutcome.DONE,
            r -> "[{\"method\":\"DELETE\",\"path\":\"/api/v1/namespaces/payments\"}]"));
  }

  @Test
  void theDeletionOfWhatWasToBeLabelledIsSeen() {
    disproved(
        "requests",
        withRequests("kubernetes", StepOutcome.DONE, r -> r.replace("\"PATCH\"", "\"DELETE\"")));
  }

  @Test
  void anotherLabelThanThePlannedOneIsSeen() {
    disproved(
        "requests",
        withRequests(
            "kubernetes",
            StepOutcome.DONE,
            r ->
                r.replace(
                    "\"labels\":{\"witan.org/quarantine\":\"case-1\"}",
                    "\"labels\":{\"app\":\"nothing\"}")));
  }

  @Test
  void oneRequestMoreThanTheActionMakesIsSeen() {
    disproved(
        "requests",
        withRequests(
            "kubernetes",
            StepOutcome.DONE,
            r ->
                r.replaceFirst(
                    "^\\[",
                    "[{\"method\":\"POST\",\"path\":\"/api/v1/namespaces/shop/pods\","
                        + "\"body\":{\"metadata\":{\"name\":\"web-1\"}}},")));
  }
}
