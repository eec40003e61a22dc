package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.testing.Playbooks;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentTerms;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;

/** What a compromised case node logs, and an honest executor reads. */
class ForgedStepsTest extends ForgedCaseHarness {
  private static final Target OTHER = new Target("eu-1", "shop", "Pod", "web-2");

  static Stream<Arguments> swapped() {
    String label = "quarantine-label";
    return Stream.of(
        Arguments.of("action", intent("quarantine", "drain-node", Playbooks.POD, Map.of())),
        Arguments.of("target", intent("quarantine", label, OTHER, Map.of())),
        Arguments.of(
            "parameter", intent("quarantine", label, Playbooks.POD, Map.of("label", "mine"))),
        Arguments.of(
            "pin", intent("quarantine", label, Playbooks.POD, Map.of("pin.uid", "another"))),
        Arguments.of("nobody's", intent("quarantine", label, Playbooks.POD, Map.of())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("swapped")
  void anIntentThatWasSwappedAfterARealApprovalIsNotPerformed(
      String what, CaseEvent.StepIntended forged) throws Exception {
    approve();
    council.forge(CASE, started());
    council.forge(CASE, forged);

    wake();
    thenItEnds(ExecutionOutcome.UNKNOWN);
    assertTrue(ended().detail().startsWith("forged_intent"), ended().detail());
  }

  private CaseCommand.EndExecution ended() {
    return told(CaseCommand.EndExecution.class).findFirst().orElseThrow();
  }

  /** The executor intended it and died; the case says that it was done. */
  @Test
  void aStepThatIsLoggedAsDoneAndWasNeverSentDoesNotCount() throws Exception {
    approve();
    executorDies(CaseCommand.IntendStep.class, true);
    council.forge(
        CASE,
        new CaseEvent.StepObserved("quarantine", 1, StepOutcome.DONE, "done", "[]", council.now));

    wake();
    CaseState end = awaitClosed();

    assertNotEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertTrue(ended().detail().startsWith("forged_observation"), ended().detail());
    assertEquals(List.of("perform undo:quarantine"), cluster.calls, "nothing follows it");
  }

  @Test
  void aContainmentWithoutAGrantDoesNothing() throws Exception {
    open("falco", "guardduty");
    contain(7, Duration.ofMinutes(2), "falco", "guardduty");
    nothingIsDone();
  }

  @Test
  void aContainmentUnderAnotherCasesGrantDoesNothing() throws Exception {
    open("falco", "guardduty");
    grant("c-7", terms.terms());
    contain(1, Duration.ofMinutes(2), "falco", "guardduty");
    nothingIsDone();
  }

  @Test
  void aContainmentUnderAGrantThatIsOverDoesNothing() throws Exception {
    open("falco", "guardduty");
    grant("c-1", terms.terms());
    containments(new ContainmentCommand.ReleaseContainment(CASE, false));
    contain(1, Duration.ofMinutes(2), "falco", "guardduty");
    nothingIsDone();
  }

  @Test
  void aContainmentOfATargetThatTheAlertsDoNotNameDoesNothing() throws Exception {
    open("falco");
    grant("c-1", terms.terms());
    contain(1, Duration.ofMinutes(2), "falco", "guardduty");
    nothingIsDone();
  }

  @Test
  void aGrantBeyondTheExecutorsOwnBudgetsIsNone() throws Exception {
    open("falco", "guardduty");
    grant("c-7", terms.terms());
    grant("c-8", terms.terms());
    grant("c-1", new ContainmentTerms(List.of(), 100, 100, 100, Duration.ofMinutes(2)));
    contain(3, Duration.ofMinutes(2), "falco", "guardduty");
    nothingIsDone();
  }

  @Test
  void aLeaseThatIsLongerThanAllowedIsNone() throws Exception {
    open("falco", "guardduty");
    grant("c-1", terms.terms());
    contain(1, Duration.ofDays(9), "falco", "guardduty");
    nothingIsDone();
  }

  @Test
  void anIntentOfAContainmentThatNobodySignedIsNotPerformed() throws Exception {
    open("falco", "guardduty");
    grant("c-1", terms.terms());
    contain(1, Duration.ofMinutes(2), "falco", "guardduty");
    council.forge(
        CASE, intent("provisional:quarantine", "quarantine-label", Playbooks.POD, Map.of()));
    nothingIsDone();

    votes(Support.FOR);
    wake();
    awaitClosed();
    assertEquals("refused", council.state(CASE).closeReason(), "a void case does nothing more");
    assertEquals(List.of(), cluster.calls);
  }

  /** It would be ended for ever: that was logged already. */
  @Test
  void aContainmentThatBeginsAgainBehindItsEndDoesNothing() throws Exception {
    open("falco", "guardduty");
    contain(7, Duration.ofMinutes(2), "falco", "guardduty");
    nothingIsDone();
    contain(8, Duration.ofMinutes(2), "falco", "guardduty");

    votes(Support.FOR);
    wake();
    awaitClosed();

    assertEquals(1, told(CaseCommand.EndContainment.class).count());
  }

  /** Looked at again in every life, also for what was intended and not observed. */
  @Test
  void anIntentWhoseGrantWasTakenBackIsNotPerformedByTheNextLife() throws Exception {
    open("falco", "guardduty");
    executorDies(CaseCommand.IntendStep.class, true);
    turnOff(true);

    wake();
    await(ContainmentHarness::ended);

    assertEquals(
        List.of("reconcile provisional:quarantine", "perform undo:provisional:quarantine"),
        cluster.calls);
  }
}
