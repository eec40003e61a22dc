package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.FakeCluster;
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
import witan.domain.proposal.Phase;

/** A case whose node logs what it likes, and an honest executor that reads it. */
abstract class ForgedCaseHarness extends ContainmentHarness {
  final FakeCluster cluster = new FakeCluster();

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

  void approved() throws Exception {
    open("falco");
    votes(Support.FOR);
    assertEquals(Phase.APPROVED, council.state(CASE).phase());
  }

  static CaseEvent.StepIntended intent(
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

  CaseEvent started() {
    return new CaseEvent.ExecutionStarted(
        0, Playbooks.DIGEST, "kubernetes", List.of("quarantine", "delete"), council.now);
  }

  void contain(long grant, Duration lease, String... sensors) {
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

  void grant(String caseId, ContainmentTerms asked) throws Exception {
    Answer<Receipt> answer =
        council
            .toContainments(
                MemoryCouncil.ID,
                new ContainmentCommand.GrantContainment(new CaseId(caseId), List.of("eu-1"), asked))
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    assertTrue(answer instanceof Answer.Done<Receipt>, String.valueOf(answer));
  }

  void nothingIsDone() {
    wake();
    await(ContainmentHarness::ended);
    assertEquals(List.of(), cluster.calls);
    assertEquals(Map.of(), cluster.effects);
  }

  /** It hangs when it has told the case that, and is killed. */
  void executorDiesAfter(Class<? extends CaseCommand> command) throws Exception {
    council.hangAfter = command::isInstance;
    ActorRef<ExecutorMessage> executor = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(executor);
    council.hangAfter = c -> false;
  }
}
