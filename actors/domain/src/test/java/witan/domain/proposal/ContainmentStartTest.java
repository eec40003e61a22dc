package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.RAW;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.Decision;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.governance.Urgency;

/** What may be begun before the vote is decided, and until when. */
class ContainmentStartTest {
  private static final String STEP = Containment.step("a");
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final CaseRun run = voting(true);

  /** Two sensors, a vote of five minutes on two options. */
  private static CaseRun voting(boolean allowed) {
    Electorate electorate = anElectorate(electorate(50, 30, 20)).urgency(Urgency.ELEVATED).build();
    CaseRun run = new CaseRun(electorate);
    for (String sensor : List.of("falco", "guardduty")) {
      run.accepted(
          new CaseCommand.RecordAlert(
              CASE, COUNCIL, anAlert().sensor(sensor).id("a").build(), RAW));
    }
    run.accepted(
        open(
            open(electorate, policy(), List.of(option("isolate", 1), option("drain", 2))),
            null,
            allowed));
    return run;
  }

  private static CaseCommand start(
      int option, List<String> steps, boolean trusted, String... sensors) {
    return new CaseCommand.StartContainment(
        option, "kubernetes", steps, List.of(sensors), trusted, 1, LEASE);
  }

  private static CaseCommand start() {
    return start(0, List.of(STEP), false, "falco", "guardduty");
  }

  private static CaseCommand.IntendStep intend(String step, int attempt) {
    return new CaseCommand.IntendStep(
        step,
        attempt,
        "quarantine-label",
        new Target("eu", "shop", "Pod", "web-1"),
        Map.of(),
        "f",
        START.plusSeconds(30));
  }

  private void done(String step, StepOutcome outcome) {
    run.accepted(intend(step, 1));
    run.accepted(new CaseCommand.ObserveStep(step, 1, outcome, "", "[]"));
  }

  private String answer(CaseCommand command) {
    return answer(run, command);
  }

  private static String answer(CaseRun run, CaseCommand command) {
    Decision<CaseEvent> decision = run.aggregate.decide(run.state, command, run.now);
    return decision instanceof Decision.Refused<CaseEvent> refused
        ? refused.refusal().code()
        : decision.getClass().getSimpleName();
  }

  @ParameterizedTest
  @CsvSource({"-1, wrong_option", "0, Accepted", "1, Accepted", "2, wrong_option"})
  void onlyAnOptionWithAPlaybookIsBegun(int option, String answer) {
    assertEquals(
        answer, answer(start(option, List.of(STEP), false, "falco", "guardduty")), "2: no action");
  }

  @Test
  void twoSensorsOfTheCaseOrATrustedOneAreNeeded() {
    List<String> steps = List.of(STEP);
    assertEquals("not_corroborated", answer(start(0, steps, false, "falco")));
    assertEquals("not_corroborated", answer(start(0, steps, false, "falco", "nobody")));
    assertEquals("not_corroborated", answer(start(0, steps, true)));
    assertEquals("not_corroborated", answer(start(0, steps, true, "nobody")));
    assertEquals("Accepted", answer(start(0, steps, true, "guardduty")));
    assertEquals("Accepted", answer(start()));
  }

  @Test
  void stepsAreProvisionalOnesAndNoneTwice() {
    for (List<String> bad :
        List.of(
            List.<String>of(),
            List.of("a"),
            List.of(STEP, "a"),
            Collections.nCopies(2, STEP),
            List.of(Containment.step("a".repeat(200))),
            IntStream.range(0, 201).mapToObj(i -> Containment.step("s" + i)).toList())) {
      assertEquals("steps_invalid", answer(start(0, bad, false, "falco", "guardduty")));
    }
    List<String> most = IntStream.range(0, 200).mapToObj(i -> Containment.step("s" + i)).toList();
    assertEquals("Accepted", answer(start(0, most, false, "falco", "guardduty")));
  }

  @Test
  void whereTheProposalAllowsNoneNoneBegins() {
    assertEquals("containment_not_allowed", answer(voting(false), start()));
    assertFalse(NextWork.containment(voting(false).state));
    assertTrue(NextWork.containment(run.state));
  }

  @ParameterizedTest
  @CsvSource({"299999, Accepted", "300000, containment_not_allowed"})
  void noneBeginsWhenTheVoteIsOver(long millis, String answer) {
    run.now = START.plusMillis(millis);
    assertEquals(answer, answer(start()));
  }

  @Test
  void noneBeginsBeforeTheVoteOrAfterItsDecision() {
    assertEquals("case_not_found", answer(new CaseRun(electorate(1)), start()));
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    assertEquals("wrong_phase", answer(start()));
    assertFalse(NextWork.containment(run.state));
  }

  @Test
  void itBeginsOnce() {
    run.accepted(start());
    assertEquals("Repeated", answer(start(1, List.of(STEP), true, "falco")));
    done(STEP, StepOutcome.DONE);
    done(Execution.UNDO + STEP, StepOutcome.DONE);
    run.accepted(new CaseCommand.EndContainment("enough"));
    assertEquals("Repeated", answer(start()), "also when it is over");
    assertFalse(NextWork.containment(run.state));
  }

  /** Its own two minutes, or the vote's five, whichever are over first. */
  @ParameterizedTest
  @CsvSource({"0, 119999, true", "0, 120000, false", "200, 299999, true", "200, 300000, false"})
  void nothingMoreIsBegunUnderALeaseThatIsOver(long began, long millis, boolean runs) {
    run.now = START.plusSeconds(began);
    run.accepted(start());
    run.now = START.plusMillis(millis);
    assertEquals(runs ? "Accepted" : "lease_over", answer(intend(STEP, 1)));
    assertEquals("Accepted", answer(intend(Execution.UNDO + STEP, 1)), "taking back always");
  }

  @Test
  void whatIsTakenBackIsNotBegunAgain() {
    run.accepted(start());
    done(STEP, StepOutcome.FAILED);
    assertEquals("Accepted", answer(intend(STEP, 2)));
    run.accepted(intend(Execution.UNDO + STEP, 1));
    assertEquals("lease_over", answer(intend(STEP, 2)));
  }

  @Test
  void itDoesNotEndWhileAStepIsThereOrNobodyKnows() {
    run.accepted(start());
    CaseCommand end = new CaseCommand.EndContainment("enough");
    run.accepted(intend(STEP, 1));
    assertEquals("containment_unfinished", answer(end), "perhaps it is there");
    run.accepted(new CaseCommand.ObserveStep(STEP, 1, StepOutcome.DONE, "", "[]"));
    assertEquals("containment_unfinished", answer(end), "it is there");
    run.accepted(intend(Execution.UNDO + STEP, 1));
    assertEquals("containment_unfinished", answer(end), "perhaps it still is");
  }

  @ParameterizedTest
  @CsvSource({
    "DONE,      REVERTED",
    "REHEARSED, REVERTED",
    "FAILED,    NOT_REVERTED",
    "UNKNOWN,   NOT_REVERTED"
  })
  void itIsRevertedOnlyWhereTheStepIsSeenToBeTakenBack(
      StepOutcome undone, ContainmentOutcome outcome) {
    run.accepted(start());
    done(STEP, StepOutcome.DONE);
    done(Execution.UNDO + STEP, undone);
    run.accepted(new CaseCommand.EndContainment("enough"));
    assertEquals(outcome, run.state.precautions().containment().outcome());
  }

  @Test
  void whatNobodyKnowsOfIsLeftAndSaidToBeThere() {
    run.accepted(start());
    done(STEP, StepOutcome.UNKNOWN);
    run.accepted(new CaseCommand.EndContainment("nobody answers"));
    assertEquals(ContainmentOutcome.NOT_REVERTED, run.state.precautions().containment().outcome());
  }

  @Test
  void aContainmentOfNothingIsRevertedAtOnce() {
    run.accepted(start());
    run.accepted(new CaseCommand.EndContainment("lease"));
    assertEquals(ContainmentOutcome.REVERTED, run.state.precautions().containment().outcome());
  }

  private void approved(long mask) {
    run.accepted(run.cast(1, Support.FOR, mask));
    run.accepted(run.cast(2, Support.FOR, mask));
  }

  @Test
  void theExecutionOfTheSameOptionGoesOnFromWhatIsThere() {
    run.accepted(start());
    done(STEP, StepOutcome.DONE);
    approved(1);
    run.accepted(new CaseCommand.StartExecution("kubernetes", List.of("a", "b")));
    assertEquals(ContainmentOutcome.CONFIRMED, run.state.precautions().containment().outcome());
    assertEquals(
        StepOutcome.DONE, run.state.execution().observations().get("a").outcome(), "by its own id");
    assertEquals("wrong_attempt", answer(intend("a", 1)), "and it is not done twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"another option", "unknown", "failed", "intended", "taken back"})
  void anExecutionWaitsForWhatDoesNotHold(String why) {
    run.accepted(start());
    switch (why) {
      case "unknown" -> done(STEP, StepOutcome.UNKNOWN);
      case "failed" -> done(STEP, StepOutcome.FAILED);
      case "intended" -> run.accepted(intend(STEP, 1));
      default -> done(STEP, StepOutcome.DONE);
    }
    if (why.equals("taken back")) {
      run.accepted(intend(Execution.UNDO + STEP, 1));
    }
    approved(why.equals("another option") ? 2 : 1);
    assertEquals(
        "containment_open",
        answer(new CaseCommand.StartExecution("kubernetes", List.of("a", "b"))));
    assertEquals("containment_open", answer(new CaseCommand.RefuseExecution("code", "why")));
  }

  @Test
  void aRefusalIsOfSoManyAlertsAndLookedAtAgainWithTheNext() {
    run.accepted(new CaseCommand.RefuseContainment("containment_off", "switched off", 2));
    assertFalse(NextWork.containment(run.state));
    assertEquals(
        "Repeated", answer(new CaseCommand.RefuseContainment("containment_off", "again", 2)));
    run.accepted(
        new CaseCommand.RecordAlert(
            CASE, COUNCIL, anAlert().sensor("suricata").id("b").build(), RAW));
    assertTrue(NextWork.containment(run.state));
  }
}
