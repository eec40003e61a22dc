package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.CharterBuilder.aCharter;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import witan.actors.effect.Effects;
import witan.actors.effect.HttpEffectSettings;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.planning.ResponsePlanning;
import witan.actors.service.StatementService;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;

/** A council and one executor, which carries out workflows that a test draws. */
abstract class ExecutionUnderTest {
  static final CaseId CASE = new CaseId("c-1");
  static ActorTestKit kit;

  final MemoryCouncil council = new MemoryCouncil();
  final FakeCluster cluster = new FakeCluster();
  final Playbooks playbooks = new Playbooks();
  final Map<String, PlannedStep> steps = new LinkedHashMap<>();
  final Map<String, PlanNode> nodes = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    kit =
        ActorTestKit.create(
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
                .withFallback(ConfigFactory.load())
                .resolve());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  void approve() throws Exception {
    Charter like = MemoryCouncil.charter(Assurance.IMMEDIATE);
    council.found(aCharter(like).guardians(Guardians.of(List.of("m1"))).build());
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
    RegistryLog registry = council.registry();
    new ResponsePlanning(registry, council, playbooks, council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
    playbooks.workflow = target -> workflow(target);
  }

  PlannedWorkflow workflow(Target target) {
    nodes.put("end", new PlanNode("end", List.of(), List.of(), Duration.ZERO, "", ""));
    Map<String, PlannedStep> on = new LinkedHashMap<>();
    steps.forEach((id, s) -> on.put(id, Playbooks.step(id, s.command(), target, s.reversible())));
    return new PlannedWorkflow(on, nodes, nodes.keySet().iterator().next(), "");
  }

  void action(String id, String command, String next, String failure, boolean reversible) {
    steps.put(id, Playbooks.step(id, command, Playbooks.POD, reversible));
    nodes.put(id, new PlanNode(id, List.of(id), List.of(), Duration.ZERO, next, failure));
  }

  ActorRef<ExecutorMessage> executor() {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    ExecutionSettings quick =
        new ExecutionSettings(
            Duration.ofSeconds(30),
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            4,
            Duration.ofMillis(5),
            Duration.ofMinutes(1));
    DecisionCheck check = DecisionChecks.of(council, playbooks);
    Effects effects = new Effects(cluster, HttpEffectSettings.none());
    ActorRef<ExecutorMessage> executor =
        kit.spawn(
            ExecutorEntity.create(
                CASE,
                shard.getRef(),
                new ExecutorTools(
                    council.caseLog(),
                    council,
                    check,
                    effects,
                    Drifts.check(council, playbooks, effects),
                    Drifts.containment(council, playbooks, effects, Drifts.terms()),
                    Drifts.noChanges(),
                    Drifts.KEY,
                    quick,
                    new Lanes(4),
                    () -> council.now)));
    executor.tell(new ExecutorMessage.Wake(CASE));
    return executor;
  }

  CaseState awaitClosed() {
    return kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(council.state(CASE).sealed(), () -> council.state(CASE).toString());
              return council.state(CASE);
            });
  }

  StatementService statements() {
    return new StatementService(
        council.caseLog(), council.aggregate(), council, MemoryCouncil.ID, () -> council.now);
  }

  void awaitObserved(String step) {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertNotNull(council.state(CASE).execution());
              assertTrue(council.state(CASE).execution().observations().containsKey(step));
              return null;
            });
  }
}
