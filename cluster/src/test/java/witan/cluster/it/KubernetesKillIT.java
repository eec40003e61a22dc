package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import witan.cluster.node.CrashPoints.Point;
import witan.dev.ApiServerProcess;
import witan.dev.EtcdProcess;
import witan.dev.WitanRoot;

/** SIGKILL of the node around each write of an execution on a real Kubernetes API server. */
class KubernetesKillIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHOP = "/api/v1/namespaces/shop";
  private static final String POLICIES =
      "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies";

  private static EtcdProcess etcd;
  private static ApiServerProcess server;
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        ApiServerProcess.binary().isPresent(),
        "SKIPPED: no Kubernetes API server; run ./witan test --with-apiserver");
    Path folder = Files.createTempDirectory("witan-kill");
    etcd = EtcdProcess.start(folder.resolve("etcd"));
    server =
        ApiServerProcess.start(
            ApiServerProcess.binary().orElseThrow(), "kill", folder.resolve("kill"), etcd);
    System.out.println("Kubernetes " + server.version());
    Path kubeconfig =
        server.kubeconfigOf(
            WitanRoot.find().resolve("deploy/k8s/executor-rbac.yaml"), "witan", "witan-executor");
    create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\"}}");
    stack =
        new Stack(
            Path.of("target", "it-kubernetes"),
            "witan.kubernetes.clusters."
                + Api.SENSOR_CLUSTER
                + " { kubeconfig = \""
                + kubeconfig
                + "\" }\n");
    stack.ready();
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
    if (server != null) {
      server.close();
    }
    if (etcd != null) {
      etcd.close();
    }
  }

  private static void create(String collection, String body) {
    ApiServerProcess.Answer answer = server.admin("POST", collection, "application/json", body);
    assertTrue(answer.status() < 300, answer.toString());
  }

  private static JsonNode get(String path) throws Exception {
    ApiServerProcess.Answer answer = server.admin("GET", path, "", "");
    assertEquals(200, answer.status(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static String pod(String name) {
    create(
        SHOP + "/pods",
        "{\"metadata\":{\"name\":\""
            + name
            + "\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    return SHOP + "/pods/" + name;
  }

  /** The objects that the case's fences stand on, by path, with their versions. */
  private static Map<String, String> marked(String caseId, String pod) throws Exception {
    Map<String, String> versions = new LinkedHashMap<>();
    List<JsonNode> objects = new ArrayList<>();
    objects.add(get(pod));
    get(POLICIES).path("items").forEach(objects::add);
    for (JsonNode object : objects) {
      if (object.at("/metadata/annotations").toString().contains(caseId)) {
        versions.put(
            object.at("/metadata/name").textValue(),
            object.at("/metadata/resourceVersion").textValue());
      }
    }
    return versions;
  }

  private static boolean tooLate(JsonNode execution) {
    JsonNode step = execution.at("/steps/0");
    Instant deadline = Instant.parse(step.at("/intent/deadline").asText());
    return !Instant.parse(step.at("/observation/at").asText()).isBefore(deadline);
  }

  @ParameterizedTest
  @EnumSource(
      value = Point.class,
      names = {
        "BEFORE_START",
        "BEFORE_INTENT",
        "BEFORE_EFFECT",
        "AFTER_EFFECT",
        "AFTER_OBSERVATION"
      })
  void killed_anywhere_each_effect_happens_once_and_the_execution_goes_on(Point point)
      throws Exception {
    stack.ready();
    // It is there before the options are tried: a target that comes later is a drift.
    String pod = pod(stack.cases.nextPod());
    String caseId = stack.cases.open(Cases.Kind.URGENT);
    stack.arm(point);
    stack.cases.approve(caseId);
    stack.awaitReached(point);
    Map<String, String> before = marked(caseId, pod);
    boolean effect = point == Point.AFTER_EFFECT || point == Point.AFTER_OBSERVATION;
    assertEquals(effect ? 1 : 0, before.size(), before.toString());

    stack.killNode();
    stack.startNode(true);

    stack.cases.awaitSealed(caseId);
    JsonNode execution = stack.api.json("/v1/executions/" + caseId);
    if (point == Point.BEFORE_EFFECT && tooLate(execution)) {
      // The machine was slow: the step was over when the node came back, and so must not be done.
      System.out.println("the restart took longer than the step had: " + execution);
      assertEquals("FAILED", execution.path("outcome").asText(), execution.toString());
      assertEquals(Map.of(), marked(caseId, pod));
      return;
    }
    assertEquals("SUCCEEDED", execution.path("outcome").asText(), execution.toString());
    List<String> types = stack.cases.types(caseId);
    for (String logged : List.of("StepIntended", "StepObserved")) {
      assertEquals(
          execution.get("steps").size(), types.stream().filter(logged::equals).count(), logged);
    }
    for (JsonNode step : execution.get("steps")) {
      assertEquals("DONE", step.path("state").asText(), step.toString());
      assertEquals(1, step.at("/intent/attempt").asInt(), step.toString());
    }
    Map<String, String> after = marked(caseId, pod);
    assertEquals(3, after.size(), "the pod and two policies: " + after);
    before.forEach(
        (name, version) ->
            assertEquals(version, after.get(name), name + " was written again after the kill"));
    for (JsonNode policy : get(POLICIES).path("items")) {
      assertEquals(1, policy.at("/metadata/generation").asInt(), policy.toString());
    }
    stack.checker.check();
  }
}
