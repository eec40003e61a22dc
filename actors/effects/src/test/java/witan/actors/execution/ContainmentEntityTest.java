package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.BallotBuilder.aBallot;

import akka.actor.typed.ActorRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.testing.MemoryCouncil;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Ballot;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.NextWork;
import witan.domain.proposal.Phase;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedStatement;

/** Provisional containment with everything real but the cluster. */
class ContainmentEntityTest extends ContainmentHarness {
  private static final String QUARANTINE = "c-1/provisional:quarantine";
  private static final String UNDONE = "c-1/undo:provisional:quarantine";

  private void wakeOnTwoAlerts() throws Exception {
    alert("falco", "a1");
    alert("guardduty", "a2");
    openVote();
    wake();
  }

  private void contained() throws Exception {
    open("falco", "guardduty");
    wake();
    await(ContainmentHarness::held);
    assertEquals(Map.of(QUARANTINE, 1), cluster.effects);
  }

  @Test
  void twoSensorsAreEnoughAndOnlyWhatCanBeTakenBackIsDone() throws Exception {
    contained();

    Containment c = council.state(CASE).precautions().containment();
    assertEquals(List.of("provisional:quarantine"), c.ledger().steps());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
    assertNull(council.state(CASE).execution());
  }

  @Test
  void theVoteConfirmsTheEffectStaysAndTheRestFollows() throws Exception {
    contained();
    votes(Support.FOR);

    wake();
    CaseState end = awaitClosed();

    assertEquals(ContainmentOutcome.CONFIRMED, outcome());
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(Map.of(QUARANTINE, 1, "c-1/delete", 1), cluster.effects);
    assertEquals(List.of("perform provisional:quarantine", "perform delete"), cluster.calls);
  }

  @Test
  void aRejectionTakesItBackBeforeTheCaseIsClosed() throws Exception {
    contained();
    votes(Support.AGAINST);
    assertEquals(Phase.REJECTED, council.state(CASE).phase());
    council.now = council.state(CASE).voting().deadline();
    assertDeclined("containment_open", new CaseCommand.CheckDeadline());

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Set.of(QUARANTINE, UNDONE), cluster.effects.keySet());
    council.decide(CASE, new CaseCommand.CheckDeadline());
    assertEquals("rejected", council.state(CASE).closeReason());
  }

  private void assertDeclined(String code, CaseCommand command) {
    Answer<Receipt> answer = council.decide(CASE, command);
    assertEquals(code, ((Answer.Declined<Receipt>) answer).refusal().code());
  }

  @Test
  void noActionReplacesItThatIsItIsTakenBack() throws Exception {
    contained();
    council.now = council.now.plusSeconds(10);
    voteForNothing(0);
    voteForNothing(1);
    assertEquals(1, council.state(CASE).outcome().option());

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    council.now = council.state(CASE).voting().deadline();
    council.decide(CASE, new CaseCommand.CheckDeadline());
    assertEquals("no_action", council.state(CASE).closeReason());
  }

  private void voteForNothing(int member) {
    Ballot ballot =
        aBallot()
            .proposal(council.hasher().text(CASE.value()))
            .hash(council.state(CASE).voting().proposalHash())
            .voter(MemoryCouncil.address(member))
            .mask(BigInteger.TWO)
            .deadline(council.now.plusSeconds(3600).getEpochSecond())
            .reason(witan.domain.common.Digest.ZERO)
            .build();
    council.decide(
        CASE,
        new CaseCommand.CastVote(MemoryCouncil.sign(ballot, MemoryCouncil.key(member)), null));
  }

  @Test
  void theLeaseRunsOutAndTheVoteGoesOn() throws Exception {
    contained();
    council.now = council.now.plus(terms.terms().lease());

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
    votes(Support.FOR);
    wake();
    CaseState end = awaitClosed();
    assertEquals(ExecutionOutcome.SUCCEEDED, end.execution().outcome());
    assertEquals(1, cluster.effects.get("c-1/quarantine"), "done anew, under a fence of its own");
  }

  @Test
  void oneSensorIsRefusedInTheLogAndASecondOneBeginsIt() throws Exception {
    open("falco");
    wake();
    CaseState refused = thenContainmentIsRefused("not_corroborated");
    assertEquals(Map.of(), cluster.effects);
    assertTrue(!NextWork.containment(refused), "nothing to do until there is another alert");
    alert("falco", "a-again");
    wake();
    await(s -> s.precautions().refusals() == 2);
    assertEquals(Map.of(), cluster.effects, "a sensor that repeats itself confirms nothing");

    alert("guardduty", "a-2");
    wake();

    await(ContainmentHarness::held);
  }

  @Test
  void anAlertAboutAnotherPodConfirmsNothing() throws Exception {
    found();
    alert("falco", "a1");
    alert(CASE, "guardduty", "a2", "web-2");
    openVote();

    wake();

    thenContainmentIsRefused("not_corroborated");
  }

  @Test
  void aTrustedSensorIsBelievedAlone() throws Exception {
    trust = new AlertTrust(false, List.of("falco"));
    open("falco");

    wake();

    await(ContainmentHarness::held);
  }

  @Test
  void whereSignedAlertsAreDemandedTwoSensorsInventedByANodeContainNothing() throws Exception {
    trust = new AlertTrust(true, List.of("falco"));
    open("falco", "guardduty");

    wake();

    CaseState refused = thenContainmentIsRefused("not_corroborated");
    assertTrue(refused.precautions().refused().detail().contains("signed"));
    assertEquals(Map.of(), cluster.effects);
  }

  @Test
  void whatTheDryRunFoundAgainstItIsARefusal() throws Exception {
    cluster.dryRuns =
        order ->
            new witan.actors.kubernetes.DryRun(
                true, false, "namespace is protected", 0, List.of(), List.of(), Map.of(), "[]");
    open("falco", "guardduty");

    wake();

    thenContainmentIsRefused("containment_guardrail");
    assertEquals(Map.of(), cluster.effects);
  }

  @Test
  void theBudgetOfAClusterIsSharedByAllCases() throws Exception {
    found();
    for (String other : List.of("c-7", "c-8")) {
      grant(other, terms.terms());
    }
    wakeOnTwoAlerts();

    thenContainmentIsRefused("containment_cluster_budget");
  }

  @Test
  void theKillSwitchRefusesAndTakesBack() throws Exception {
    contained();
    turnOff(true);

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  @Test
  void switchedOffNothingIsGranted() throws Exception {
    found();
    turnOff(false);
    wakeOnTwoAlerts();

    thenContainmentIsRefused("containment_off");
  }

  /**
   * As whoever has the node that the switch lives on can log it: its entity grants from then on.
   */
  @Test
  void switchedOnByNobodyWhoMayContainmentStaysOff() throws Exception {
    found();
    turnOff(false);
    council.forge(
        new ContainmentEvent.ContainmentSwitched(
            true, false, "p1:olga", "all is well", null, council.now, null));
    wakeOnTwoAlerts();

    thenContainmentIsRefused("containment_off");
    assertEquals(List.of(), cluster.calls);
  }

  @Test
  void aStatementFromBeforeTheSwitchingOffLiftsNothing() throws Exception {
    found();
    SignedStatement early = council.containmentOn(1);
    council.toRegistry(MemoryCouncil.ID, new RegistryCommand.RecordStatement(null, early));
    turnOff(false);
    containments(
        new ContainmentCommand.SwitchOn(
            new RecordedStatement(early, council.registryState().seq()), 1));
    wakeOnTwoAlerts();

    thenContainmentIsRefused("containment_off");
    assertEquals(List.of(), cluster.calls);
  }

  @Test
  void switchedOnByAMemberItActsAgain() throws Exception {
    found();
    turnOff(false);
    SignedStatement said = council.containmentOn(1);
    council.toRegistry(MemoryCouncil.ID, new RegistryCommand.RecordStatement(null, said));
    containments(
        new ContainmentCommand.SwitchOn(
            new RecordedStatement(said, council.registryState().seq()), 1));
    wakeOnTwoAlerts();

    await(s -> s.precautions().containment() != null && !cluster.calls.isEmpty());
  }

  @Test
  void aFailedStepTakesEverythingBack() throws Exception {
    cluster.script.add(FakeCluster.Behaviour.REFUSE);
    open("falco", "guardduty");

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  static Stream<Arguments> deaths() {
    List<Arguments> all = new ArrayList<>();
    for (Class<?> command :
        List.of(
            ContainmentCommand.GrantContainment.class,
            CaseCommand.StartContainment.class,
            CaseCommand.IntendStep.class,
            CaseCommand.ObserveStep.class)) {
      all.add(Arguments.of(command, true));
      all.add(Arguments.of(command, false));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} logged: {1}")
  @MethodSource("deaths")
  void killedAroundAnyWriteItIsDoneOnceAndTakenBackAtTheEndOfTheLease(
      Class<?> command, boolean logged) throws Exception {
    open("falco", "guardduty");
    executorDies(command, logged);

    ActorRef<ExecutorMessage> second = wake();
    await(ContainmentHarness::held);
    assertEquals(Map.of(QUARANTINE, 1), cluster.effects);
    kit.stop(second);
    council.now = council.now.plus(terms.terms().lease());
    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(Map.of(QUARANTINE, 1, UNDONE, 1), cluster.effects);
  }

  static Stream<Class<?>> endings() {
    return Stream.of(
        CaseCommand.IntendStep.class,
        CaseCommand.ObserveStep.class,
        ContainmentCommand.ReleaseContainment.class,
        CaseCommand.EndContainment.class);
  }

  @ParameterizedTest
  @MethodSource("endings")
  void killedWhileItIsTakenBackTheNextWakeTakesItBack(Class<?> command) throws Exception {
    contained();
    votes(Support.AGAINST);
    executorDies(command, true);

    wake();
    await(ContainmentHarness::ended);

    assertEquals(ContainmentOutcome.REVERTED, outcome());
    assertEquals(1, cluster.effects.get(UNDONE));
  }
}
