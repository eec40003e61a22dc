package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import witan.domain.common.Digest;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentTerms;
import witan.domain.detection.Alert;
import witan.domain.governance.Ballot;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;

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

  /** It would be ended for ever: that was logged already. */
  @Test
  void aContainmentThatBeginsAgainBehindItsEndDoesNothing() throws Exception {
    open("falco", "guardduty");
    contain(7, Duration.ofMinutes(2), "falco", "guardduty");
    nothingIsDone();
    contain(8, Duration.ofMinutes(2), "falco", "guardduty");

    votes(Support.FOR);
    wake();
    await(CaseState::sealed);

    assertEquals(
        1, council.commands.stream().filter(CaseCommand.EndContainment.class::isInstance).count());
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

  // ---- the case that follows a void one

  private static final CaseId NEXT = Reopening.voided(CASE);

  private long opened() {
    return council.commands.stream().filter(CaseCommand.ReopenCase.class::isInstance).count();
  }

  private void follows(String... alerts) {
    CaseState next = council.state(NEXT);
    assertEquals(CASE, next.precautions().follows());
    assertEquals(List.of(alerts), next.alerts().stream().map(Alert::alertId).toList());
    assertEquals(alerts.length + 1, next.seq(), "once");
    assertEquals(Phase.OBSERVING, next.phase());
  }

  /** As a case node would that looks at no signature. */
  private void forgedBallot(int member) {
    Voting voting = council.state(CASE).voting();
    Ballot ballot =
        new Ballot(
            council.hasher().text(CASE.value()),
            voting.proposalHash(),
            MemoryCouncil.address(member),
            Support.FOR,
            BigInteger.ONE,
            1,
            council.now.plusSeconds(3_600).getEpochSecond(),
            Digest.ZERO);
    council.forge(
        CASE,
        new CaseCommand.CastVote(MemoryCouncil.sign(ballot, MemoryCouncil.key(member + 20)), null));
  }

  @Test
  void aCaseOpensThatFollowsOneWithAForgedIntent() throws Exception {
    approved();
    council.forge(CASE, started());
    council.forge(CASE, intent("quarantine", "drain-node", Playbooks.POD, Map.of()));

    wake();
    await(CaseState::sealed);

    follows("a-falco");
    assertEquals(1, opened());
  }

  @Test
  void aCaseOpensThatFollowsOneWithAForgedObservation() throws Exception {
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
    await(CaseState::sealed);

    follows("a-falco");
  }

  @Test
  void aCaseOpensThatFollowsOneWithAForgedBallot() throws Exception {
    open("falco");
    council.now = council.now.plusSeconds(10);
    forgedBallot(0);
    forgedBallot(1);
    assertEquals(Phase.APPROVED, council.state(CASE).phase());

    wake();
    CaseState end = await(CaseState::sealed);

    assertEquals("refused", end.closeReason());
    assertEquals(List.of(), cluster.calls);
    follows("a-falco");
  }

  /** Nothing is done and nothing is ended there; the incident goes on all the same. */
  @Test
  void aCaseOpensThatFollowsOneWhoseForgedDecisionIsBeingExecuted() throws Exception {
    open("falco");
    council.now = council.now.plusSeconds(10);
    forgedBallot(0);
    forgedBallot(1);
    council.forge(CASE, started());

    wake();
    await(state -> council.state(NEXT).seq() > 0);

    follows("a-falco");
    assertEquals(Phase.EXECUTING, council.state(CASE).phase());
    assertEquals(List.of(), cluster.calls);
  }

  /** What is there is taken back first, and the vote of the void case need not be waited for. */
  @Test
  void aCaseOpensThatFollowsOneWithAForgedContainment() throws Exception {
    open("falco", "guardduty");
    grant("c-1", terms.terms());
    contain(1, Duration.ofMinutes(2), "falco", "guardduty");
    council.forge(
        CASE, intent("provisional:quarantine", "quarantine-label", Playbooks.POD, Map.of()));

    nothingIsDone();

    assertEquals(Phase.VOTING, council.state(CASE).phase());
    follows("a-falco", "a-guardduty");
  }

  @Test
  void aCaseOpensThatFollowsOneWhoseVoteIsOfTheReleaseBefore() throws Exception {
    council.old = true;
    open("falco");
    votes(Support.FOR);
    council.old = false;

    wake();
    await(CaseState::sealed);

    assertEquals(List.of(), cluster.calls);
    follows("a-falco");
  }

  @Test
  void anExecutorThatDiesBesideTheOpeningOpensNoSecondCase() throws Exception {
    open("falco");
    council.now = council.now.plusSeconds(10);
    forgedBallot(0);
    forgedBallot(1);
    council.hangAfter = CaseCommand.ReopenCase.class::isInstance;
    ActorRef<ExecutorEntity.Message> first = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(first);
    council.hangAfter = c -> false;
    assertFalse(council.state(CASE).sealed(), "not before the case that follows is open");

    wake();
    await(CaseState::sealed);

    assertEquals(2, opened());
    follows("a-falco");
  }

  @Test
  void aVoidCaseEndsOnlyWhenTheCaseThatFollowsIsOpen() throws Exception {
    open("falco");
    council.now = council.now.plusSeconds(10);
    forgedBallot(0);
    forgedBallot(1);
    AtomicInteger asked = new AtomicInteger();
    council.before =
        command ->
            command instanceof CaseCommand.ReopenCase && asked.incrementAndGet() < 3
                ? Optional.of(new Answer.Busy<>("a test", Duration.ofSeconds(1)))
                : Optional.empty();

    wake();
    await(CaseState::sealed);

    assertEquals(3, asked.get());
    follows("a-falco");
  }
}
