package witan.actors.kubernetes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import witan.dev.ApiServerProcess;
import witan.domain.common.CaseId;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;

/** Objects in a namespace of their own, and an order for each action on them. */
final class Fixture {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTAINERS = "{\"containers\":[{\"name\":\"c\",\"image\":\"%s\"}]%s}";

  final String cluster;
  final String namespace;
  private final ApiServerProcess server;

  Fixture(ApiServerProcess server, String cluster, String namespace) {
    this.server = server;
    this.cluster = cluster;
    this.namespace = namespace;
    create("/api/v1/namespaces", namespace, "");
  }

  JsonNode get(String path) {
    ApiServerProcess.Answer answer = server.admin("GET", path, "", "");
    assertTrue(answer.status() == 200 || answer.status() == 404, answer.body());
    return json(answer.body());
  }

  boolean exists(String path) {
    return server.admin("GET", path, "", "").status() == 200;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  void patch(String path, String manager, String body) {
    ApiServerProcess.Answer answer =
        server.admin(
            "PATCH", path + "?fieldManager=" + manager, "application/merge-patch+json", body);
    assertTrue(answer.status() < 300, answer.body());
  }

  JsonNode create(String collection, String name, String more) {
    return createWith(collection, "\"name\":\"" + name + "\"", more);
  }

  JsonNode createWith(String collection, String metadata, String more) {
    ApiServerProcess.Answer answer =
        server.admin(
            "POST",
            collection,
            "application/json",
            "{\"metadata\":{" + metadata + "}" + (more.isEmpty() ? "" : "," + more) + "}");
    assertTrue(answer.status() < 300, answer.body());
    return json(answer.body());
  }

  void delete(String path) {
    server.admin("DELETE", path + "?gracePeriodSeconds=0", "", "");
  }

  JsonNode pod(String name, String node) {
    return createWith(
        ObjectPath.pods(namespace),
        "\"name\":\"" + name + "\",\"labels\":{\"app\":\"web\"}",
        "\"spec\":"
            + CONTAINERS.formatted("x", node.isEmpty() ? "" : ",\"nodeName\":\"" + node + "\""));
  }

  private Target target(String kind, String name) {
    boolean inCluster = kind.equals("Node") || kind.startsWith("Cluster");
    return new Target(cluster, inCluster ? null : namespace, kind, name);
  }

  Order order(K8sAction action, Target target, Map<String, String> parameters) {
    return new Order(
        new CaseId("c-" + namespace),
        "s1",
        action.command(),
        target,
        parameters,
        "c-" + namespace + "/s1");
  }

  /** Makes what the action is for. */
  Order orderFor(K8sAction action) {
    return switch (action) {
      case QUARANTINE_LABEL, SET_LABEL ->
          onPod(action, Map.of("label", "example.org/q", "value", "v"));
      case SET_ANNOTATION ->
          onPod(action, Map.of("annotation", "example.org/a", "value", "see the case"));
      case DENY_ALL_NETWORK_POLICY ->
          onPod(action, Map.of("label", "example.org/q", "value", "v", "name", "deny"));
      case BLOCK_EGRESS_CIDRS, BLOCK_INGRESS_CIDRS ->
          onPod(action, Map.of("name", "b", "cidrs", "203.0.113.0/24,2001:db8::/32"));
      case DELETE_POD, EVICT_POD -> onPod(action, Map.of());
      case SCALE_TO_ZERO -> {
        deployment();
        yield order(action, target("Deployment", "web"), Map.of());
      }
      case ROLL_BACK_DEPLOYMENT -> {
        deployment();
        yield order(action, target("Deployment", "web"), Map.of("revision", "previous"));
      }
      case CORDON_NODE -> {
        create("/api/v1/nodes", "n-" + namespace, "");
        yield order(action, target("Node", "n-" + namespace), Map.of());
      }
      case DRAIN_NODE -> drained(action);
      case REVOKE_TOKENS -> {
        createWith(
            "/api/v1/namespaces/" + namespace + "/serviceaccounts",
            "\"name\":\"robot\",\"labels\":{\"team\":\"a\"}",
            "\"imagePullSecrets\":[{\"name\":\"pull\"}]");
        yield order(action, target("ServiceAccount", "robot"), Map.of());
      }
      case REMOVE_SUBJECT -> {
        binding();
        yield order(
            action,
            target("RoleBinding", "editors"),
            Map.of("subject-kind", "User", "subject", "mallory", "subject-namespace", ""));
      }
      case ROTATE_SECRET -> {
        create(
            "/api/v1/namespaces/" + namespace + "/secrets",
            "db",
            "\"stringData\":{\"password\":\"old-one\",\"user\":\"u\"}");
        yield order(action, target("Secret", "db"), Map.of("key", "password"));
      }
      case SUSPEND_CRON_JOB -> {
        create(
            "/apis/batch/v1beta1/namespaces/" + namespace + "/cronjobs",
            "miner",
            "\"spec\":{\"schedule\":\"* * * *"
                + " *\",\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":"
                + CONTAINERS.formatted("x", ",\"restartPolicy\":\"Never\"")
                + "}}}}");
        yield order(action, target("CronJob", "miner"), Map.of());
      }
    };
  }

  private Order onPod(K8sAction action, Map<String, String> parameters) {
    pod("web-1", "");
    return order(action, target("Pod", "web-1"), parameters);
  }

  private Order drained(K8sAction action) {
    String node = "n-" + namespace;
    create("/api/v1/nodes", node, "");
    pod("a", node);
    pod("b", node);
    createWith(
        ObjectPath.pods(namespace),
        "\"name\":\"daemon\",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"DaemonSet\","
            + "\"name\":\"d\",\"uid\":\"5b2c7c36-0000-4000-8000-000000000001\"}]",
        "\"spec\":" + CONTAINERS.formatted("x", ",\"nodeName\":\"" + node + "\""));
    createWith(
        ObjectPath.pods("kube-system"),
        "\"name\":\"dns-" + namespace + "\"",
        "\"spec\":" + CONTAINERS.formatted("x", ",\"nodeName\":\"" + node + "\""));
    return order(action, target("Node", node), Map.of());
  }

  private void binding() {
    String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
    create(
        rbac + "/roles",
        "editor",
        "\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"update\"]}]");
    create(
        rbac + "/rolebindings",
        "editors",
        "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"editor\"},"
            + "\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"alice\"},"
            + "{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"mallory\"}]");
  }

  private void deployment() {
    JsonNode made =
        createWith(
            "/apis/apps/v1/namespaces/" + namespace + "/deployments",
            "\"name\":\"web\",\"annotations\":{\"deployment.kubernetes.io/revision\":\"2\"}",
            "\"spec\":{\"replicas\":3,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},"
                + template("evil", ",\"evil\":\"yes\"", "")
                + "}");
    for (int revision = 1; revision <= 2; revision++) {
      String hash = ",\"pod-template-hash\":\"h" + revision + "\"";
      createWith(
          ObjectPath.replicaSets(namespace),
          "\"name\":\"web-"
              + revision
              + "\",\"annotations\":{\"deployment.kubernetes.io/revision\":\""
              + revision
              + "\"},\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"web\",\"uid\":\""
              + made.path("metadata").path("uid").asText()
              + "\"}]",
          "\"spec\":{\"replicas\":0,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},"
              + template(
                  revision == 1 ? "good" : "evil", revision == 1 ? "" : ",\"evil\":\"yes\"", hash)
              + "}");
    }
  }

  private static String template(String image, String label, String hash) {
    return "\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\""
        + label
        + hash
        + "}},\"spec\":"
        + CONTAINERS.formatted(image, "")
        + "}";
  }
}
