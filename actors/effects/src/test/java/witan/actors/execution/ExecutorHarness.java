package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import witan.actors.effect.Effects;
import witan.actors.effect.HttpEffectSettings;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.planning.BlastRadii;
import witan.actors.planning.ResponsePlanning;
import witan.actors.service.StatementService;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.waiting.WaitBook;
import witan.domain.api.Anchors;
import witan.domain.api.LoggedCase;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;

/**
 * A council, its log and its executors, all real; what they change is a cluster that a test
 * scripts, and the time is the test's. Given: the steps that bring a case to where the test begins.
 * When: {@link #wake}. Then: what was logged, what the cluster was asked, what the case was told.
 */
public abstract class ExecutorHarness {
  protected static final CaseId CASE = new CaseId("c-1");
  protected static ActorTestKit kit;

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  protected MemoryCouncil council = new MemoryCouncil();
  protected final FakeCluster cluster = new FakeCluster();
  protected Playbooks playbooks = new Playbooks();

  // What a test may have otherwise, before the step that uses it.
  protected Charter charter = charter(Assurance.IMMEDIATE);
  protected boolean surveyed;
  protected Anchors.Status anchoring = DecisionChecks.NO_CHAIN;
  protected ContainmentSettings terms = Drifts.terms();
  protected RegistryEffects registry = Drifts.noChanges();
  protected Lanes lanes = new Lanes(4);
  protected InstantSource clock = () -> council.now;
  protected ExecutionSettings settings =
      new ExecutionSettings(
          Duration.ofSeconds(30),
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          4,
          Duration.ofMillis(5),
          Duration.ofMinutes(1));

  final Map<String, PlannedStep> steps = new LinkedHashMap<>();
  final Map<String, PlanNode> nodes = new LinkedHashMap<>();

  /** Few threads, so that a test sees it when one is held. */
  @BeforeAll
  static void start() {
    kit = kit("witan.execution.dispatcher.thread-pool-executor.fixed-pool-size = 4");
  }

  static ActorTestKit kit(String settings) {
    return ActorTestKit.create(
        ConfigFactory.parseString("akka.actor.provider = local\n" + settings)
            .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
            .withFallback(ConfigFactory.load())
            .resolve());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  /** Where the effects are. */
  protected ClusterActions cluster() {
    return cluster;
  }

  // --- given

  /** Three equal members, the second of them a guardian. */
  protected static Charter charter(Assurance assurance) {
    Charter plain = MemoryCouncil.charter(assurance);
    return new Charter(
        plain.councilId(),
        plain.name(),
        plain.domain(),
        plain.seats(),
        plain.policies(),
        null,
        Guardians.of(List.of("m1")));
  }

  protected void found() {
    council.found(charter);
  }

  protected void alert(String sensor, String id) {
    alert(CASE, sensor, id, "web-1");
  }

  protected void alert(CaseId caseId, String sensor, String id, String pod) {
    council.decide(
        caseId,
        new CaseCommand.RecordAlert(
            caseId, MemoryCouncil.ID, MemoryCouncil.alert(sensor, id, pod), "{}"));
  }

  /** Its members vote, on what the sensors' alerts ask for. */
  protected void open(String... sensors) throws Exception {
    found();
    for (String sensor : sensors) {
      alert(sensor, "a-" + sensor);
    }
    openVote();
  }

  protected void openVote() throws Exception {
    plan(CASE);
    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  protected void plan(CaseId caseId) throws Exception {
    RadiusSurvey survey = Drifts.survey(council, playbooks, cluster());
    BlastRadii radii =
        (id, options) ->
            surveyed
                ? survey
                    .survey(id, options)
                    .thenCompose(radius -> RadiusEntity.stored(council, radius))
                    .thenApply(done -> Optional.of(done.radius()))
                : CompletableFuture.completedFuture(Optional.empty());
    ResponsePlanning planning =
        new ResponsePlanning(
            council.registry(), council, playbooks, council.playbooks(), council, radii);
    planning.plan(caseId, council.state(caseId)).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  protected void votes(Support support) {
    council.now = council.now.plusSeconds(10);
    votes(CASE, support);
  }

  protected void votes(CaseId caseId, Support support) {
    council.vote(caseId, 0, support);
    council.vote(caseId, 1, support);
  }

  /** One alert, and two of three members for what it asks for. */
  protected void approve() throws Exception {
    open("falco");
    votes(Support.FOR);
    assertEquals(Phase.APPROVED, council.state(CASE).phase());
  }

  /** The workflow is drawn, node by node and the first one first; it ends at "end". */
  protected void action(String id, String command, String next, String failure, boolean back) {
    steps.put(id, Playbooks.step(id, command, Playbooks.POD, back));
    node(new PlanNode(id, List.of(id), List.of(), Duration.ZERO, next, failure));
  }

  protected void delay(String id, Duration delay, String next) {
    node(new PlanNode(id, List.of(), List.of(), delay, next, ""));
  }

  protected void parallel(String id, List<String> branches, String next) {
    node(new PlanNode(id, List.of(), branches, Duration.ZERO, next, ""));
  }

  private void node(PlanNode node) {
    nodes.put(node.id(), node);
    playbooks.workflow = this::workflow;
  }

  private PlannedWorkflow workflow(Target target) {
    nodes.put("end", new PlanNode("end", List.of(), List.of(), Duration.ZERO, "", ""));
    Map<String, PlannedStep> on = new LinkedHashMap<>();
    steps.forEach((id, s) -> on.put(id, Playbooks.step(id, s.command(), target, s.reversible())));
    return new PlannedWorkflow(on, nodes, nodes.keySet().iterator().next(), "");
  }

  /** An executor whose answer to that never came, logged or not, and that is gone since. */
  protected void executorDies(Class<?> command, boolean logged) throws Exception {
    if (logged) {
      council.hangAfter = command::isInstance;
    } else {
      council.hangBefore = command::isInstance;
    }
    ActorRef<ExecutorMessage> executor = wake();
    assertTrue(council.hanging.await(20, TimeUnit.SECONDS));
    kit.stop(executor);
    council.hangAfter = c -> false;
    council.hangBefore = c -> false;
  }

  // --- when

  /** Another executor of the case, beside those that live. */
  protected ActorRef<ExecutorMessage> wake() {
    return wake(CASE, cluster());
  }

  protected ActorRef<ExecutorMessage> wake(CaseId caseId, ClusterActions clusters) {
    Effects effects = new Effects(clusters, HttpEffectSettings.none());
    ActorRef<ExecutorMessage> executor =
        kit.spawn(
            ExecutorEntity.create(
                caseId,
                kit.<ClusterSharding.ShardCommand>createTestProbe().getRef(),
                new ExecutorTools(
                    council.caseLog(),
                    council,
                    check(),
                    effects,
                    Drifts.check(council, playbooks, effects),
                    Drifts.containment(council, playbooks, effects, terms),
                    registry,
                    Drifts.KEY,
                    settings,
                    lanes,
                    clock,
                    new WaitBook())));
    executor.tell(new ExecutorMessage.Wake(caseId));
    return executor;
  }

  /** One of its own for every executor, unless a test has one for all. */
  protected DecisionCheck check() {
    return DecisionChecks.of(council, anchoring, playbooks, council.playbooks());
  }

  /** What members say of the case. */
  protected StatementService statements() {
    return new StatementService(
        council.caseLog(), council.aggregate(), council, MemoryCouncil.ID, () -> council.now);
  }

  // --- then

  protected CaseState await(Predicate<CaseState> reached) {
    return await(CASE, reached);
  }

  protected CaseState await(CaseId caseId, Predicate<CaseState> reached) {
    return kit.createTestProbe()
        .awaitAssert(
            AT_MOST,
            () -> {
              CaseState state = council.state(caseId);
              assertTrue(reached.test(state), state::toString);
              return state;
            });
  }

  protected CaseState awaitClosed() {
    return await(CaseState::sealed);
  }

  protected void awaitStarted() {
    await(s -> s.execution() != null);
  }

  protected void awaitIntended(String step) {
    await(s -> s.execution() != null && s.execution().intents().containsKey(step));
  }

  protected void awaitObserved(String step) {
    await(s -> s.execution() != null && s.execution().observations().containsKey(step));
  }

  /** It ends like that, after the cluster was asked for just this, in this order. */
  protected CaseState thenItEnds(ExecutionOutcome outcome, String... calls) {
    CaseState end = awaitClosed();
    assertEquals(outcome, end.execution().outcome(), () -> end.execution().toString());
    assertEquals(List.of(calls), cluster.calls);
    return end;
  }

  /** Before its first step, and for that reason. */
  protected void thenItIsRefused(String code) {
    CaseState end = awaitClosed();
    assertEquals("refused", end.closeReason());
    assertEquals(List.of(), cluster.calls);
    assertEquals(code, told(CaseCommand.RefuseExecution.class).findFirst().orElseThrow().code());
  }

  /** What executors told the case, in their order, of that kind. */
  protected <T> Stream<T> told(Class<T> kind) {
    return council.told().stream().filter(kind::isInstance).map(kind::cast);
  }

  protected LoggedCase logged(CaseId caseId) throws Exception {
    return council
        .caseLog()
        .read(caseId)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .orElseThrow();
  }

  /** What stands in the log of the case, of that kind. */
  protected <T extends CaseEvent> Stream<T> logged(Class<T> kind) throws Exception {
    return logged(CASE).events().stream()
        .map(entry -> entry.event())
        .filter(kind::isInstance)
        .map(kind::cast);
  }
}
