package witan.actors.execution;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.ConfigFactory;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import witan.actors.kubernetes.FakeCluster;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;
import witan.domain.proposal.CaseCommand;

/**
 * What the executor costs beyond the calls themselves, and whether delays hold anything: a program,
 * on a log in memory, so that a real one adds two appends for each step.
 */
public final class ExecutionBenchmark {
  private static final int WAITING = 1_000;
  private static final int STEPS = 100;
  private static final int RUNS = 10;
  private static final Duration DELAY = Duration.ofSeconds(5);

  private final ActorTestKit kit;
  private final MemoryCouncil council = new MemoryCouncil();
  private final Playbooks playbooks = new Playbooks();
  private final Lanes lanes = new Lanes(8);
  private final RegistryLog registry = council.registry();

  /** One for all cases, as on a node: it knows the council when it is asked again. */
  private final DecisionCheck check = DecisionChecks.of(council, playbooks);

  private ExecutionBenchmark(ActorTestKit kit) throws Exception {
    this.kit = kit;
    council.now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    council.found(Assurance.IMMEDIATE);
  }

  /** Prints both figures; takes about a minute. */
  public static void main(String[] arguments) throws Exception {
    ActorTestKit kit =
        ActorTestKit.create(
            ConfigFactory.parseString("akka { actor.provider = local, loglevel = WARNING }")
                .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
                .withFallback(ConfigFactory.load())
                .resolve());
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      ExecutionBenchmark benchmark = new ExecutionBenchmark(kit);
      ScheduledFuture<?> ticking =
          clock.scheduleAtFixedRate(
              () -> benchmark.council.now = Instant.now().truncatedTo(ChronoUnit.MILLIS),
              0,
              1,
              TimeUnit.MILLISECONDS);
      benchmark.steps();
      // The first one compiles.
      for (int run = 0; run < 3; run++) {
        benchmark.waits(run);
      }
      ticking.cancel(false);
    } finally {
      clock.shutdownNow();
      kit.shutdownTestKit();
    }
  }

  private void steps() throws Exception {
    List<PlannedStep> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      steps.add(Playbooks.step("s" + i, "quarantine-label", Playbooks.POD));
    }
    playbooks.workflow = target -> PlannedWorkflow.line(steps);
    for (int run = 0; run < RUNS; run++) {
      CaseId caseId = new CaseId("steps-" + run);
      approve(caseId);
      long begin = System.nanoTime();
      execute(caseId);
      await(List.of(caseId));
      System.out.printf(
          Locale.ROOT,
          "%d steps of no time: %.2f ms each%n",
          STEPS,
          (System.nanoTime() - begin) / 1e6 / STEPS);
    }
  }

  private void waits(int run) throws Exception {
    Map<String, PlanNode> nodes = new LinkedHashMap<>();
    nodes.put("wait", new PlanNode("wait", List.of(), List.of(), DELAY, "a", ""));
    nodes.put("a", new PlanNode("a", List.of("a"), List.of(), Duration.ZERO, "end", ""));
    nodes.put("end", new PlanNode("end", List.of(), List.of(), Duration.ZERO, "", ""));
    Map<String, PlannedStep> steps =
        Map.of("a", Playbooks.step("a", "quarantine-label", Playbooks.POD));
    playbooks.workflow = target -> new PlannedWorkflow(steps, nodes, "wait", "");
    List<CaseId> cases = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      CaseId caseId = new CaseId("wait-" + run + "-" + i);
      approve(caseId);
      cases.add(caseId);
    }
    int before = Thread.activeCount();
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    for (CaseId caseId : cases) {
      execute(caseId);
    }
    TimeUnit.SECONDS.sleep(2);
    int meanwhile = Thread.activeCount();
    await(cases);
    System.out.printf(
        Locale.ROOT,
        "%d playbooks that wait %d s and do one step: all over after %.2f s, %.2f s of processor;"
            + " %d threads before, %d while they wait%n",
        WAITING,
        DELAY.toSeconds(),
        (System.nanoTime() - begin) / 1e9,
        (cpuNanos() - cpu) / 1e9,
        before,
        meanwhile);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private void approve(CaseId caseId) throws Exception {
    council.decide(
        caseId,
        new CaseCommand.RecordAlert(
            caseId, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a-" + caseId, "web-1"), "{}"));
    new ResponsePlanning(registry, council, playbooks, council.playbooks(), council)
        .plan(caseId, council.state(caseId))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.vote(caseId, 0, Support.FOR);
    council.vote(caseId, 1, Support.FOR);
  }

  private void execute(CaseId caseId) {
    InstantSource clock = InstantSource.system();
    FakeCluster cluster = new FakeCluster();
    kit.spawn(
            ExecutorEntity.create(
                caseId,
                kit.<ClusterSharding.ShardCommand>createTestProbe().getRef(),
                new ExecutorTools(
                    council.caseLog(),
                    council,
                    check,
                    cluster,
                    Drifts.check(council, playbooks, cluster),
                    Drifts.containment(council, playbooks, cluster, Drifts.terms()),
                    Drifts.noChanges(),
                    Drifts.KEY,
                    ExecutionSettings.DEFAULTS,
                    lanes,
                    clock)))
        .tell(new ExecutorMessage.Wake(caseId));
  }

  private void await(List<CaseId> cases) throws InterruptedException {
    for (CaseId caseId : cases) {
      while (!council.state(caseId).sealed()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }
}
