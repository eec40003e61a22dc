package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.testing.FakeCluster;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentTerms;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.StepOutcome;

/** What a compromised case node logs, and an honest executor reads. */
class ForgedStepsTest extends ContainmentHarness {
  private static final Target OTHER = new Target("eu-1", "shop", "Pod", "web-2");

  private final FakeCluster cluster = new FakeCluster();

  @Override
  ClusterActions cluster() {
    return cluster;
  }

  @BeforeEach
  void playbook() {
    playbooks.workflow =
        target ->
            PlannedWorkflow.line(
                List.of(
                    Playbooks.step("quarantine", "quarantine-label", target, true),
                    Playbooks.step("delete", "delete-pod", target, false)));
  }

  private void approved() throws Exception {
    open("falco");
    votes(Support.FOR);
    assertEquals(Phase.APPROVED, council.state(CASE).phase());
  }

  private static CaseEvent.StepIntended intent(
      String step, String action, Target target, Map<String, String> parameters) {
    return new CaseEvent.StepIntended(
        step,
        1,
        action,
        target,
        parameters,
        "c-1/" + step,
        MemoryCouncil.START.plusSeconds(3_600),
        MemoryCouncil.START);
  }

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
    approved();
    council.forge(CASE, started());
    council.forge(CASE, forged);

    wake();
    CaseState end = await(CaseState::sealed);

    assertEquals(List.of(), cluster.calls, what);
    assertEquals(ExecutionOutcome.UNKNOWN, end.execution().outcome());
    assertTrue(ended().detail().startsWith("forged_intent"), ended().detail());
  }

  private CaseEvent started() {
    return new CaseEvent.ExecutionStarted(
        0, Playbooks.DIGEST, "kubernetes", List.of("quarantine", "delete"), council.now);
  }

  private CaseCommand.EndExecution ended() {
    return council.commands.stream()
        .filter(CaseCommand.EndExecution.class::isInstance)
        .map(CaseCommand.EndExecution.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** The executor intended it and died; the case says that it was done. */
  @Test
  void aStepThatIsLoggedAsDoneAndWasNeverSentDoesNotCount() throws Exception {
    approved();
    council.hangAfter = CaseCommand.IntendStep.class::isInstance;
    ActorRef<ExecutorEntity.Message> first = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;
    council.forge(
        CASE,
        new CaseEvent.StepObserved("quarantine", 1, StepOutcome.DONE, "done", "[]", council.now));

    wake();
    CaseState end = await(CaseState::sealed);

    assertNotEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertTrue(ended().detail().startsWith("forged_observation"), ended().detail());
    assertEquals(List.of("perform undo:quarantine"), cluster.calls, "nothing follows it");
  }

  private void contain(long grant, Duration lease, String... sensors) {
    council.forge(
        CASE,
        new CaseEvent.ContainmentStarted(
            0,
            Playbooks.DIGEST,
            "kubernetes",
            List.of("provisional:quarantine"),
            List.of(sensors),
            false,
            grant,
            lease,
            council.now));
  }

  private void grant(String caseId, ContainmentTerms asked) throws Exception {
    Answer<Receipt> answer =
        council
            .toContainments(
                MemoryCouncil.ID,
                new ContainmentCommand.GrantContainment(new CaseId(caseId), List.of("eu-1"), asked))
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    assertTrue(answer instanceof Answer.Done<Receipt>, String.valueOf(answer));
  }

  private void nothingIsDone() {
    wake();
    await(ContainmentHarness::ended);
    assertEquals(List.of(), cluster.calls);
    assertEquals(Map.of(), cluster.effects);
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
    council
        .toContainments(MemoryCouncil.ID, new ContainmentCommand.ReleaseContainment(CASE, false))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
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
    await(CaseState::sealed);
    assertEquals("refused", council.state(CASE).closeReason(), "a void case does nothing more");
    assertEquals(List.of(), cluster.calls);
  }

  /** Looked at again in every life, also for what was intended and not observed. */
  @Test
  void anIntentWhoseGrantWasTakenBackIsNotPerformedByTheNextLife() throws Exception {
    open("falco", "guardduty");
    council.hangAfter = CaseCommand.IntendStep.class::isInstance;
    ActorRef<ExecutorEntity.Message> first = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;
    council
        .toContainments(
            MemoryCouncil.ID,
            new ContainmentCommand.SwitchContainment(false, true, "olga", "a sensor lies", null))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);

    wake();
    await(ContainmentHarness::ended);

    assertEquals(
        List.of("reconcile provisional:quarantine", "perform undo:provisional:quarantine"),
        cluster.calls);
  }
}
