package witan.domain.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import witan.domain.execution.RequestTable.Row;
import witan.domain.playbook.K8sAction;

/** NetworkPolicies, whose whole spec follows from the order; and what retires them. */
final class PolicyRows {
  private static final String RETIRED = PatchRows.DOMAIN + "retired";
  private static final Map<String, Predicate<String>> APPLY =
      Map.of(
          "dryRun",
          "All"::equals,
          "fieldManager",
          "witan"::equals,
          "force",
          force -> force.equals("true") || force.equals("false"));

  private PolicyRows() {}

  static List<Row> of(K8sAction action, Order order, boolean forward) {
    String collection = ObjectPath.networkPolicies(order.namespace());
    List<Row> rows = new ArrayList<>();
    rows.add(Row.get(ObjectPath.pods(order.namespace()), RequestTable.LIMIT));
    specs(action, order)
        .forEach(
            (name, spec) -> {
              String path = collection + "/" + name;
              rows.add(Row.get(path));
              rows.addAll(
                  forward
                      ? List.of(
                          post(collection, made(action, order, name, spec)),
                          new Row(
                              "PATCH",
                              path::equals,
                              APPLY,
                              "application/apply-patch+yaml",
                              made(action, order, name, spec)
                                  .with("metadata", read(holding(action, order, name)))))
                      : List.of(
                          post(collection, retiredFromTheStart(action, order, name, spec)),
                          new Row(
                              "PATCH",
                              path::equals,
                              RequestTable.WRITE,
                              PatchRows.MERGE,
                              retired(read(retirement(action, order)), RequestShape.object()))));
            });
    return rows;
  }

  private static Row post(String collection, Predicate<@Nullable Object> body) {
    return new Row("POST", collection::equals, RequestTable.WRITE, "application/json", body);
  }

  private static RequestShape read(RequestShape metadata) {
    return metadata.with("uid", RequestShape.TEXT).with("resourceVersion", RequestShape.TEXT);
  }

  private static RequestShape policy() {
    return RequestShape.object()
        .with("apiVersion", RequestShape.is("networking.k8s.io/v1"))
        .with("kind", RequestShape.is("NetworkPolicy"));
  }

  private static RequestShape made(
      K8sAction action, Order order, String name, Map<String, Object> spec) {
    return policy()
        .with("spec", RequestShape.is(spec))
        .with("metadata", holding(action, order, name));
  }

  private static RequestShape holding(K8sAction action, Order order, String name) {
    return RequestShape.object()
        .with("name", RequestShape.is(name))
        .with("namespace", RequestShape.is(order.namespace()))
        .with(
            "annotations",
            RequestShape.object()
                .with(PatchRows.CASE, RequestShape.is(order.caseId().value()))
                .with(PatchRows.DOMAIN + action.command(), RequestShape.is(order.fence())));
  }

  private static RequestShape retirement(K8sAction action, Order order) {
    return RequestShape.object()
        .with("labels", RequestShape.object().with(RETIRED, RequestShape.is("true")))
        .with(
            "annotations",
            PatchRows.released(action)
                .with(PatchRows.CASE, RequestShape.is(order.caseId().value()))
                .and(PatchRows.spends(order.undoes())));
  }

  /** What was selected before is taken out of the selector. */
  private static RequestShape retired(RequestShape metadata, RequestShape spec) {
    RequestShape labels =
        RequestShape.object()
            .with(RETIRED, RequestShape.is("nothing"))
            .others((label, value) -> value == null);
    return RequestShape.object()
        .with("metadata", metadata)
        .with("spec", spec.with("podSelector", RequestShape.object().with("matchLabels", labels)));
  }

  private static RequestShape retiredFromTheStart(
      K8sAction action, Order order, String name, Map<String, Object> spec) {
    return retired(
            retirement(action, order).with("name", RequestShape.is(name)),
            RequestShape.object().with("policyTypes", RequestShape.is(spec.get("policyTypes"))))
        .with("apiVersion", RequestShape.is("networking.k8s.io/v1"))
        .with("kind", RequestShape.is("NetworkPolicy"));
  }

  private static Map<String, Map<String, Object>> specs(K8sAction action, Order order) {
    Map<String, Map<String, Object>> specs = new LinkedHashMap<>();
    String name = order.parameter("name");
    switch (action) {
      case DENY_ALL_NETWORK_POLICY -> {
        for (String direction : List.of("Ingress", "Egress")) {
          Map<String, Object> pods = Map.of(order.parameter("label"), order.parameter("value"));
          specs.put(
              name + "-" + direction.toLowerCase(Locale.ROOT),
              Map.of(
                  "podSelector", Map.of("matchLabels", pods), "policyTypes", List.of(direction)));
        }
      }
      case BLOCK_EGRESS_CIDRS -> specs.put(name + "-block-to", block(order, "Egress", "to"));
      default -> specs.put(name + "-block-from", block(order, "Ingress", "from"));
    }
    return specs;
  }

  /** A policy can only allow: every pod, and all networks but those. */
  private static Map<String, Object> block(Order order, String direction, String peers) {
    List<Object> allowed = new ArrayList<>();
    allowed.add(Map.of("namespaceSelector", Map.of()));
    for (String all : List.of("0.0.0.0/0", "::/0")) {
      List<String> except =
          List.of(order.parameter("cidrs").split(",", -1)).stream()
              .filter(cidr -> cidr.contains(":") == all.contains(":"))
              .toList();
      Map<String, Object> network = new LinkedHashMap<>(Map.of("cidr", all));
      if (!except.isEmpty()) {
        network.put("except", except);
      }
      allowed.add(Map.of("ipBlock", network));
    }
    return Map.of(
        "podSelector",
        Map.of(),
        "policyTypes",
        List.of(direction),
        direction.toLowerCase(Locale.ROOT),
        List.of(Map.of(peers, allowed)));
  }
}
