package witan.actors.execution;

import com.sun.management.OperatingSystemMXBean;
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
import witan.actors.testing.Playbooks;
import witan.domain.common.CaseId;
import witan.domain.governance.Support;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.PlannedWorkflow.PlanNode;

/**
 * What the executor costs beyond the calls themselves, and whether delays hold anything: a program,
 * on a log in memory, so that a real one adds two appends for each step.
 */
public final class ExecutionBenchmark extends ExecutorHarness {
  private static final int WAITING = 1_000;
  private static final int STEPS = 100;
  private static final int RUNS = 10;
  private static final Duration DELAY = Duration.ofSeconds(5);

  /** One for all cases, as on a node: it knows the council when it is asked again. */
  private final DecisionCheck check = DecisionChecks.of(council, playbooks);

  private ExecutionBenchmark() {
    settings = ExecutionSettings.DEFAULTS;
    clock = InstantSource.system();
    council.now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    found();
  }

  @Override
  protected DecisionCheck check() {
    return check;
  }

  /** Prints both figures; takes about a minute. */
  public static void main(String[] arguments) throws Exception {
    kit = kit("akka.loglevel = WARNING");
    ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    try {
      ExecutionBenchmark benchmark = new ExecutionBenchmark();
      ScheduledFuture<?> ticking =
          time.scheduleAtFixedRate(
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
      time.shutdownNow();
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
    alert(caseId, "falco", "a-" + caseId, "web-1");
    plan(caseId);
    votes(caseId, Support.FOR);
  }

  private void execute(CaseId caseId) {
    wake(caseId, new FakeCluster());
  }

  private void await(List<CaseId> cases) throws InterruptedException {
    for (CaseId caseId : cases) {
      while (!council.state(caseId).sealed()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }
}
