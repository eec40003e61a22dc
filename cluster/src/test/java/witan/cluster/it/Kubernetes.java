package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import witan.dev.ApiServerProcess;
import witan.dev.EtcdProcess;
import witan.dev.WitanRoot;

/** A real API server with etcd, and what a test looks at there as its administrator. */
final class Kubernetes implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHOP = "/api/v1/namespaces/shop";
  private static final String POLICIES =
      "/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies";
  private static final String LABEL = "witan.org/quarantine";

  private final EtcdProcess etcd;
  private final ApiServerProcess server;
  private final Path kubeconfig;

  private Kubernetes(EtcdProcess etcd, ApiServerProcess server, Path kubeconfig) {
    this.etcd = etcd;
    this.server = server;
    this.kubeconfig = kubeconfig;
  }

  /** Skips the test, loudly, where there is no API server. */
  static Kubernetes start(String name) throws IOException {
    Assumptions.assumeTrue(
        ApiServerProcess.binary().isPresent(),
        "SKIPPED: no Kubernetes API server; run ./witan test --with-apiserver");
    Path folder = Files.createTempDirectory("witan-" + name);
    EtcdProcess etcd = EtcdProcess.start(folder.resolve("etcd"));
    try {
      ApiServerProcess server =
          ApiServerProcess.start(
              ApiServerProcess.binary().orElseThrow(), name, folder.resolve(name), etcd);
      System.out.println("Kubernetes " + server.version());
      Path kubeconfig =
          server.kubeconfigOf(
              WitanRoot.find().resolve("deploy/k8s/executor-rbac.yaml"), "witan", "witan-executor");
      Kubernetes kubernetes = new Kubernetes(etcd, server, kubeconfig);
      kubernetes.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\"}}");
      return kubernetes;
    } catch (RuntimeException | AssertionError e) {
      etcd.close();
      throw e;
    }
  }

  /** HOCON that names it as the cluster of the tests' sensors. */
  String settings() {
    return "witan.kubernetes.clusters."
        + Api.SENSOR_CLUSTER
        + " { kubeconfig = \""
        + kubeconfig
        + "\", allowed-actions = [\"quarantine-label\", \"deny-all-network-policy\"],"
        + " allowed-namespaces = [\"shop\"], allowed-kinds = [\"Pod\"] }\n";
  }

  @Override
  public void close() {
    server.close();
    etcd.close();
  }

  private void create(String collection, String body) {
    ApiServerProcess.Answer answer = server.admin("POST", collection, "application/json", body);
    assertTrue(answer.status() < 300, answer.toString());
  }

  private JsonNode get(String path) throws IOException {
    ApiServerProcess.Answer answer = server.admin("GET", path, "", "");
    assertEquals(200, answer.status(), answer.body());
    return JSON.readTree(answer.body());
  }

  /** Where everything is that was asked to be changed there. */
  Path auditLog() {
    return server.auditLog();
  }

  /** Another pod of the same name, as its owner makes one; its UID. */
  String replace(String pod) throws IOException {
    ApiServerProcess.Answer gone = server.admin("DELETE", pod + "?gracePeriodSeconds=0", "", "");
    assertTrue(gone.status() < 300, gone.toString());
    pod(pod.substring(pod.lastIndexOf('/') + 1));
    return uid(pod);
  }

  String uid(String pod) throws IOException {
    return get(pod).at("/metadata/uid").textValue();
  }

  /** Makes a pod; its path. */
  String pod(String name) {
    create(
        SHOP + "/pods",
        "{\"metadata\":{\"name\":\""
            + name
            + "\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    return SHOP + "/pods/" + name;
  }

  /** Whether the pod has the label that isolates it. */
  boolean quarantined(String pod) throws IOException {
    return get(pod).at("/metadata/labels").has(LABEL);
  }

  List<JsonNode> policies() throws IOException {
    List<JsonNode> policies = new ArrayList<>();
    get(POLICIES).path("items").forEach(policies::add);
    return policies;
  }

  /** The objects that the case's fences stand on, by name, with their versions. */
  Map<String, String> marked(String caseId, String pod) throws IOException {
    Map<String, String> versions = new LinkedHashMap<>();
    List<JsonNode> objects = new ArrayList<>();
    objects.add(get(pod));
    objects.addAll(policies());
    for (JsonNode object : objects) {
      if (object.at("/metadata/annotations").toString().contains(caseId)) {
        versions.put(
            object.at("/metadata/name").textValue(),
            object.at("/metadata/resourceVersion").textValue());
      }
    }
    return versions;
  }
}
