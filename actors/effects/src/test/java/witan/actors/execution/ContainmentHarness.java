package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.CharterBuilder.aCharter;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.common.CaseId;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Assurance;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.Phase;
import witan.domain.registry.Charter;

/** A case before its decision: council, planning and executor are real, the cluster is a test's. */
abstract class ContainmentHarness {
  static final CaseId CASE = new CaseId("c-1");
  static ActorTestKit kit;

  final MemoryCouncil council = new MemoryCouncil();
  final Playbooks playbooks = new Playbooks();
  ContainmentSettings terms = Drifts.terms();
  AlertTrust trust = AlertTrust.ANY;

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

  /** Where the effects are. */
  abstract ClusterActions cluster();

  void alert(String sensor, String id) {
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert(sensor, id, "web-1"), "{}"));
  }

  void open(String... sensors) throws Exception {
    found();
    for (String sensor : sensors) {
      alert(sensor, "a-" + sensor);
    }
    openVote();
  }

  void openVote() throws Exception {
    RadiusSurvey survey = Drifts.survey(council, playbooks, cluster());
    RegistryLog registry =
        new RegistryLog(council, council.decoder(), council.registryRules(), MemoryCouncil.ID);
    new ResponsePlanning(
            registry,
            council,
            playbooks,
            council.playbooks(),
            council,
            (caseId, options) ->
                survey
                    .survey(caseId, options)
                    .thenCompose(radius -> RadiusEntity.stored(council, radius))
                    .thenApply(surveyed -> Optional.of(surveyed.radius())))
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  /** A council whose policy table allows it. */
  void found() {
    Charter plain = MemoryCouncil.charter(Assurance.IMMEDIATE);
    List<PolicyTable.Row> rows =
        Stream.of(Urgency.values())
            .map(u -> new PolicyTable.Row(u, 0, plain.policies().get(0).name(), null, true, trust))
            .toList();
    council.found(aCharter(plain).table(new PolicyTable(1, rows)).build());
  }

  ActorRef<ExecutorMessage> wake() {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    DecisionCheck check = DecisionChecks.of(council, playbooks);
    ActorRef<ExecutorMessage> executor =
        kit.spawn(
            ExecutorEntity.create(
                CASE,
                shard.getRef(),
                new ExecutorTools(
                    council.caseLog(),
                    council,
                    check,
                    cluster(),
                    Drifts.check(council, playbooks, cluster()),
                    Drifts.containment(council, playbooks, cluster(), terms),
                    Drifts.noChanges(),
                    Drifts.KEY,
                    new ExecutionSettings(
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1),
                        Duration.ofMillis(4),
                        4,
                        Duration.ofMillis(5),
                        Duration.ofMinutes(1)),
                    new Lanes(4),
                    () -> council.now)));
    executor.tell(new ExecutorMessage.Wake(CASE));
    return executor;
  }

  CaseState await(Predicate<CaseState> reached) {
    kit.createTestProbe()
        .awaitAssert(
            Duration.ofSeconds(20),
            () -> {
              assertTrue(
                  reached.test(council.state(CASE)),
                  () -> council.state(CASE).precautions() + " " + council.state(CASE).phase());
              return null;
            });
    return council.state(CASE);
  }

  static boolean held(CaseState state) {
    Containment c = state.precautions().containment();
    return c != null && c.open() && c.holds() && c.ledger().observations().size() == 1;
  }

  void votes(Support support) {
    council.now = council.now.plusSeconds(10);
    council.vote(CASE, 0, support);
    council.vote(CASE, 1, support);
  }

  ContainmentOutcome outcome() {
    return council.state(CASE).precautions().containment().outcome();
  }

  static boolean ended(CaseState state) {
    Containment c = state.precautions().containment();
    return c != null && !c.open();
  }
}
