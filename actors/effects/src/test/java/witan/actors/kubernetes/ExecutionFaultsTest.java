package witan.actors.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.actors.execution.ExecutionSettings;
import witan.actors.execution.ExecutorHarness;
import witan.actors.execution.Lanes;
import witan.actors.testing.Playbooks;
import witan.domain.common.CaseId;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ExecutionOutcome;

/**
 * Whole executions on an API that fails: each ends in a known state, and by its deadline. The
 * client opens no watch, so that a slow one cannot hold anything up.
 */
class ExecutionFaultsTest extends ExecutorHarness {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final String POD = "/api/v1/namespaces/shop/pods/web-1";
  private static final int FOR_EVER = 1_000;

  private ApiDouble api;
  private ApiDouble silent;

  @BeforeEach
  void open() throws Exception {
    api = new ApiDouble();
    silent = new ApiDouble();
    api.put(POD, "{\"uid\":\"u-1\",\"name\":\"web-1\",\"labels\":{\"app\":\"web\"}}");
    council.now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    clock = InstantSource.system();
    lanes = new Lanes(2);
    settings =
        new ExecutionSettings(
            STEP,
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            4,
            Duration.ofMillis(20),
            Duration.ofMinutes(1));
    found();
  }

  @AfterEach
  void close() {
    api.close();
    silent.close();
  }

  private KubernetesActions actions() {
    KubernetesSettings.Cluster cluster =
        new KubernetesSettings.Cluster(
            "", "", Allowance.of(Set.of("quarantine-label"), Set.of("shop"), Set.of("Pod"), 50));
    KubernetesSettings settings =
        new KubernetesSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(400),
            Set.of("kube-system"),
            Map.of("eu-1", cluster, "silent", cluster));
    return new KubernetesActions(
        settings,
        Map.of(
            "eu-1",
            new ClusterConnection(new ApiClient().setBasePath(api.url()), settings),
            "silent",
            new ClusterConnection(new ApiClient().setBasePath(silent.url()), settings)));
  }

  private static PlannedWorkflow quarantine(Target target) {
    return PlannedWorkflow.line(
        List.of(
            new PlannedStep(
                "quarantine",
                "quarantine",
                "quarantine-label",
                target,
                Map.of("label", "witan.org/quarantine", "value", "v"),
                STEP,
                false,
                null)));
  }

  private void execute(CaseId caseId, String cluster, KubernetesActions actions) throws Exception {
    playbooks = new Playbooks();
    playbooks.workflow = target -> quarantine(new Target(cluster, "shop", "Pod", "web-1"));
    alert(caseId, "falco", "a-" + caseId, "web-1");
    plan(caseId);
    votes(caseId, Support.FOR);
    wake(caseId, actions);
  }

  private CaseState ended(CaseId caseId) {
    return await(caseId, CaseState::sealed);
  }

  /** A Retry-After of 7 seconds is longer than the step has: it is given up, and says so. */
  @ParameterizedTest(name = "{0}, {1} writes, {2} later reads: {3}")
  @CsvSource({
    "CONFLICT,       1,    0,    SUCCEEDED",
    "TOO_MANY,       1,    0,    FAILED",
    "INTERNAL,       1,    0,    SUCCEEDED",
    "RESET_MID_BODY, 1,    0,    SUCCEEDED",
    "SILENCE,        1,    0,    SUCCEEDED",
    "FORBIDDEN,      1,    0,    FAILED",
    "CONFLICT,       1000, 0,    FAILED",
    "INTERNAL,       1000, 0,    FAILED",
    "SILENCE,        1,    1000, UNKNOWN",
    "INTERNAL,       1,    1000, UNKNOWN",
    "RESET_MID_BODY, 1,    1000, UNKNOWN",
    "CONFLICT,       0,    1000, FAILED",
    "INTERNAL,       0,    1000, FAILED",
    "SILENCE,        0,    1000, FAILED"
  })
  void everyFaultEndsInAKnownState(
      ApiDouble.Fault fault, int writes, int reads, ExecutionOutcome expected) throws Exception {
    CaseId caseId = new CaseId("c-1");
    api.faultsOfWrites.addAll(Collections.nCopies(writes, fault));
    // Before it writes it looks at the pod.
    int before = writes > 0 ? 1 : 0;
    api.faultsOfReads.addAll(Collections.nCopies(before, ApiDouble.Fault.NONE));
    api.faultsOfReads.addAll(Collections.nCopies(reads, fault));

    execute(caseId, "eu-1", actions());

    CaseState end = ended(caseId);
    assertEquals(expected, end.execution().outcome(), () -> end.execution().toString());
    CaseEvent.StepIntended intent = end.execution().intents().get("quarantine");
    assertEquals(1, intent.attempt(), "one intent, however often it was tried");
    assertTrue(
        Instant.now().isBefore(intent.deadline().plus(STEP)),
        "known by its deadline, more or less");
  }

  @Test
  void aSilentClusterHoldsUpItsOwnExecutionsOnly() throws Exception {
    silent.faultsOfReads.addAll(Collections.nCopies(FOR_EVER, ApiDouble.Fault.SILENCE));
    KubernetesActions actions = actions();
    for (int i = 0; i < 12; i++) {
      execute(new CaseId("s-" + i), "silent", actions);
    }

    execute(new CaseId("c-1"), "eu-1", actions);

    assertEquals(ExecutionOutcome.SUCCEEDED, ended(new CaseId("c-1")).execution().outcome());
    long waiting =
        java.util.stream.IntStream.range(0, 12)
            .filter(i -> !council.state(new CaseId("s-" + i)).sealed())
            .count();
    assertTrue(waiting > 0, "the silent ones had not all been given up by then");
    for (int i = 0; i < 12; i++) {
      assertEquals(ExecutionOutcome.FAILED, ended(new CaseId("s-" + i)).execution().outcome());
    }
  }
}
