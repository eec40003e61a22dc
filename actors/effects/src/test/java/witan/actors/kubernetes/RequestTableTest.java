package witan.actors.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.CaseId;
import witan.domain.execution.Order;
import witan.domain.execution.Request;
import witan.domain.execution.RequestTable;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.ParameterType;

/** Every action sends what the table has for it, and the table has nothing else. */
class RequestTableTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final KubernetesSettings SETTINGS =
      new KubernetesSettings(
          Duration.ofSeconds(1), Duration.ofSeconds(1), Set.of("kube-system"), Map.of());
  private static final List<String> CLUSTER_WIDE =
      List.of("Namespace", "Node", "ClusterRoleBinding");

  static Stream<Order> orders() {
    return Arrays.stream(K8sAction.values())
        .flatMap(
            action ->
                Stream.concat(
                    Stream.of(order(action, action.command(), "")),
                    action.inverse().stream().map(inverse -> order(action, inverse, "c-1/step"))));
  }

  static Order order(K8sAction action, String command, String undoes) {
    String kind = action.kinds().stream().sorted().findFirst().orElseThrow();
    Map<String, String> parameters = new TreeMap<>();
    action.parameters().forEach((name, type) -> parameters.put(name, value(type)));
    if (!undoes.isEmpty()) {
      parameters.put(Order.UNDOES, undoes);
    }
    return new Order(
        CASE,
        "step",
        command,
        new Target("eu-1", CLUSTER_WIDE.contains(kind) ? null : "shop", kind, "web-1"),
        parameters,
        undoes.isEmpty() ? "c-1/step" : "c-1/undo:step");
  }

  private static String value(ParameterType type) {
    return switch (type) {
      case CIDRS -> "10.0.0.0/8,fd00::/8";
      case SUBJECT_KIND -> "User";
      case REVISION -> "previous";
      case LABEL -> "example.org/held";
      default -> "some";
    };
  }

  private static List<Request> rendered(Order order) {
    RehearsalActions rehearsal = new RehearsalActions(SETTINGS);
    ActionResult result = rehearsal.perform(order);
    assertTrue(result instanceof ActionResult.Rehearsed, order + ": " + result);
    Object tree =
        Json.toTree(Json.parse(result.requests().getBytes(StandardCharsets.UTF_8), Limits.DEFAULT));
    return ((List<?>) tree).stream().map(e -> Request.logged(e).orElseThrow()).toList();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void whatAnActionRendersIsInTheTable(Order order) {
    List<Request> requests = rendered(order);
    assertTrue(requests.stream().anyMatch(RequestTable::mutates), "there is something to see");
    for (Request request : requests) {
      assertTrue(RequestTable.allows(order, request), () -> order.action() + ": " + request);
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void whatIsNotTheOrdersIsNot(Order order) {
    for (Request request : rendered(order)) {
      for (String path :
          List.of("/api/v1/namespaces/shop", "/api/v1/namespaces/payments/pods/web-1")) {
        Request elsewhere =
            new Request("DELETE", path, request.query(), request.contentType(), request.body());
        boolean own =
            order.action().equals("delete-pod") && path.endsWith("/namespaces/shop/pods/web-1");
        assertEquals(own, RequestTable.allows(order, elsewhere), path);
      }
      if (RequestTable.mutates(request)) {
        assertFalse(RequestTable.allows(order, with(request, "extra", "x")), "a field more");
        assertFalse(
            RequestTable.allows(
                order,
                new Request(
                    request.method(),
                    request.path(),
                    Map.of("propagationPolicy", "Foreground"),
                    request.contentType(),
                    request.body())),
            "a parameter more");
      }
    }
  }

  private static Request with(Request request, String field, Object value) {
    Map<Object, Object> body = new LinkedHashMap<>();
    if (request.body() instanceof Map<?, ?> map) {
      body.putAll(map);
    }
    body.put(field, value);
    return new Request(
        request.method(), request.path(), request.query(), request.contentType(), body);
  }

  @Test
  void aBodyThatSaysSomethingElseIsNotInTheTable() {
    Order scale = order(K8sAction.SCALE_TO_ZERO, "scale-to-zero", "");
    Request patch =
        rendered(scale).stream().filter(RequestTable::mutates).findFirst().orElseThrow();
    assertFalse(RequestTable.allows(scale, with(patch, "spec", Map.of("replicas", 900))));
    Order label = order(K8sAction.SET_LABEL, "set-label", "");
    Order other =
        new Order(
            CASE,
            label.step(),
            label.action(),
            label.target(),
            Map.of("label", "example.org/held", "value", "other"),
            label.fence());
    for (Request request : rendered(other)) {
      assertEquals(!RequestTable.mutates(request), RequestTable.allows(label, request));
    }
  }

  @Test
  void aPodIsDeletedByTheUidThatWasPinned() {
    Order order = order(K8sAction.DELETE_POD, "delete-pod", "");
    Order pinned = order.with(Map.of(K8sAction.PIN_UID, "u-1"));
    Request delete =
        rendered(pinned).stream().filter(RequestTable::mutates).findFirst().orElseThrow();
    Map<String, Object> preconditions = Map.of("uid", "u-2");
    assertFalse(RequestTable.allows(pinned, with(delete, "preconditions", preconditions)));
    assertTrue(RequestTable.allows(pinned, with(delete, "preconditions", Map.of("uid", "u-1"))));
  }
}
