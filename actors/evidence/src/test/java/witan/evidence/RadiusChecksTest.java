package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Drift;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.governance.TouchedObject;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Comparison;
import witan.domain.proposal.StepOutcome;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;

class RadiusChecksTest {
  private static final String POD = "/api/v1/namespaces/shop/pods/web-1";
  private static final BlastRadius RADIUS =
      new BlastRadius(
          1,
          Story.CASE,
          "kubernetes",
          5_000,
          List.of(
              new OptionRadius(
                  true,
                  1,
                  List.of("demo/shop"),
                  List.of(),
                  List.of(),
                  List.of(
                      new TouchedObject("demo", POD, "u-1", "7", 0, false),
                      new TouchedObject("demo", "/other", "u-2", "8", 0, false)))));
  private static final Digest DIGEST = Digest.of(Hashes.sha256(Json.canonical(RADIUS)));

  private final Council council = Council.of(1);
  private final Story story = story();

  private Story story() {
    return new Story(council)
        .alert("a1")
        .open(DIGEST)
        .vote(0, Support.FOR, 1)
        .vote(1, Support.FOR, 1)
        .vote(2, Support.FOR, 1);
  }

  private static Comparison comparison(Drift drift) {
    return new Comparison(DIGEST, DIGEST, drift);
  }

  private Story executed(Comparison comparison) {
    story.tell(new CaseCommand.StartExecution("kubernetes", List.of("s"), comparison));
    Target target = new Target("demo", "shop", "Pod", "web-1");
    story.tell(
        new CaseCommand.IntendStep(
            "s", 1, "quarantine-label", target, Map.of(), "f", Story.START.plusSeconds(900)));
    return story.tell(
        new CaseCommand.ObserveStep(
            "s",
            1,
            StepOutcome.DONE,
            "done",
            "[{\"method\":\"GET\",\"path\":\""
                + POD
                + "\"},{\"method\":\"PATCH\",\"path\":\""
                + POD
                + "\"}]"));
  }

  private Story effect(String requests) {
    story.tell(
        new CaseCommand.StartExecution(
            "kubernetes", List.of("s"), comparison(new Drift(2, 0, 0, 0))));
    Target target = new Target("demo", "shop", "Pod", "web-1");
    story.tell(
        new CaseCommand.IntendStep(
            "s", 1, "quarantine-label", target, Map.of(), "f", Story.START.plusSeconds(900)));
    return story.tell(new CaseCommand.ObserveStep("s", 1, StepOutcome.DONE, "done", requests));
  }

  /** Half of two objects may be others: so one, and not two. */
  @Test
  void anEffectBeyondTheBoundIsDisprovedWithoutAComparisonToo() {
    String one = "{\"method\":\"DELETE\",\"path\":\"/api/v1/namespaces/payments\"}";
    String two = "{\"method\":\"DELETE\",\"path\":\"/api/v1/namespaces/billing\"}";
    effect("[" + one + "," + two + "]").tell(new CaseCommand.EndExecution());

    assertThrows(CheckFailed.class, () -> check(story.events(), RADIUS));
  }

  @Test
  void anEffectWithinTheBoundIsProven() {
    String one = "{\"method\":\"PATCH\",\"path\":\"/beside\"}";
    effect("[" + one + "]").tell(new CaseCommand.EndExecution());

    check(story.events(), RADIUS);
  }

  private static String check(List<CaseEvent> events, BlastRadius shown) {
    List<Logged<CaseEvent>> logged = new ArrayList<>();
    events.forEach(e -> logged.add(new Logged<>(logged.size(), null, null, e, List.of())));
    return RadiusChecks.check(new CaseFile(Story.CASE, logged), shown);
  }

  @Test
  void theRadiusVotedOnAndWhatWasTouchedAreProven() {
    executed(comparison(new Drift(2, 1, 0, 0)));
    story.tell(new CaseCommand.CompareEffect(new Comparison(DIGEST, null, new Drift(2, 1, 0, 0))));

    String text = check(story.events(), RADIUS);

    assertTrue(text.contains("of 2 objects 1 untouched or gone"), text);
  }

  @Test
  void anotherRadiusThanTheOneVotedOnIsDisproved() {
    BlastRadius other = new BlastRadius(1, Story.CASE, "kubernetes", 10_000, RADIUS.options());

    assertThrows(CheckFailed.class, () -> check(story.events(), other));
    assertThrows(CouldNotCheck.class, () -> check(story.events(), null));
  }

  @Test
  void anExecutionWithoutAnotherLookIsDisproved() {
    executed(null);

    assertThrows(CheckFailed.class, () -> check(story.events(), RADIUS));
  }

  @Test
  void anExecutionBeyondTheBoundIsDisproved() {
    executed(comparison(new Drift(2, 2, 0, 0)));

    assertThrows(CheckFailed.class, () -> check(story.events(), RADIUS));
  }

  @Test
  void goingBackToTheVotersWithoutReasonIsDisprovedAndWithReasonProven() {
    story.tell(
        new CaseCommand.ReturnToVoters(comparison(new Drift(2, 1, 1, 0)), new CaseId("case-next")));
    story.tell(new CaseCommand.CloseDrifted());
    check(story.events(), RADIUS);

    Story idle = story();
    idle.tell(
        new CaseCommand.ReturnToVoters(comparison(new Drift(2, 1, 0, 0)), new CaseId("case-next")));
    assertThrows(CheckFailed.class, () -> check(idle.events(), RADIUS));
  }

  @Test
  void aMadeUpEffectIsDisproved() {
    executed(comparison(new Drift(2, 0, 0, 0)));
    story.tell(new CaseCommand.CompareEffect(new Comparison(DIGEST, null, new Drift(2, 0, 0, 0))));

    assertThrows(CheckFailed.class, () -> check(story.events(), RADIUS));
  }

  @Test
  void theRulesMakeTheSameEventsAgain() {
    story.tell(
        new CaseCommand.ReturnToVoters(comparison(new Drift(2, 1, 1, 0)), new CaseId("case-next")));
    story.tell(new CaseCommand.CloseDrifted());

    String text =
        new Replay(council.electorate(), council.charter().domain())
            .check(Story.CASE, story.events());

    assertTrue(text.contains("exactly these"), text);
  }
}
