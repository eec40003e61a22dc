package witan.domain.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.domain.execution.RequestTable.Row;
import witan.domain.playbook.K8sAction;

/** Pods and ServiceAccounts that are removed, by the UID that was pinned. */
final class RemovalRows {
  /** Stands in a rehearsal for what only a cluster can tell. */
  private static final String UNREAD = "<uid as read>";

  private static final String JSON = "application/json";
  private static final String GROUP = "/apis/policy";
  private static final Pattern POD =
      Pattern.compile("/api/v1/namespaces/[a-z0-9-]{1,63}/pods/[a-z0-9.-]{1,253}");

  private RemovalRows() {}

  static List<Row> delete(Order order) {
    String path = ObjectPath.of(order.target());
    return List.of(Row.get(path), deletion(path, order));
  }

  static List<Row> evict(Order order) {
    String path = ObjectPath.of(order.target());
    return List.of(
        Row.get(path),
        Row.get(GROUP),
        eviction((path + "/eviction")::equals, Shape.is(order.target().name()), uid(order)));
  }

  /** The pods that were found on the node, each by the UID that it had there. */
  static List<Row> drain(Order order) {
    String node = "spec.nodeName=" + order.target().name();
    return List.of(
        Row.get(GROUP),
        Row.get(
            "/api/v1/pods",
            Map.of(
                "fieldSelector",
                node::equals,
                "limit",
                RequestTable.LIMIT.getOrDefault("limit", limit -> false))),
        new Row("GET", POD.asMatchPredicate(), Map.of(), null, body -> body == null),
        eviction(
            path ->
                path.endsWith("/eviction")
                    && POD.matcher(path.substring(0, path.length() - "/eviction".length()))
                        .matches(),
            Shape.TEXT,
            Shape.TEXT));
  }

  static List<Row> revoke(Order order) {
    String path = ObjectPath.of(order.target());
    Shape annotations =
        Shape.object()
            .with(PatchRows.CASE, Shape.is(order.caseId().value()))
            .with(PatchRows.DOMAIN + K8sAction.REVOKE_TOKENS.command(), Shape.is(order.fence()))
            .others((name, value) -> value instanceof String);
    Shape labels = Shape.object().others((name, value) -> value instanceof String);
    Shape account =
        Shape.object()
            .with("apiVersion", Shape.is("v1"))
            .with("kind", Shape.is("ServiceAccount"))
            .with(
                "metadata",
                Shape.object()
                    .with("name", Shape.is(order.target().name()))
                    .with("annotations", annotations)
                    .maybe("labels", labels))
            .maybe("imagePullSecrets", Shape.list(Shape.OBJECT))
            .maybe("automountServiceAccountToken", value -> value instanceof Boolean);
    List<Row> rows = new ArrayList<>(List.of(Row.get(path), deletion(path, order)));
    rows.add(
        new Row(
            "POST",
            ObjectPath.collection(order.target())::equals,
            RequestTable.WRITE,
            JSON,
            account));
    return rows;
  }

  private static Predicate<@Nullable Object> uid(Order order) {
    return Shape.is(order.parameters().getOrDefault(K8sAction.PIN_UID, UNREAD));
  }

  private static Row deletion(String path, Order order) {
    return new Row("DELETE", path::equals, RequestTable.DRY_RUN, JSON, options(uid(order), true));
  }

  private static Shape options(Predicate<@Nullable Object> uid, boolean alone) {
    Shape options =
        Shape.object()
            .with("preconditions", Shape.object().with("uid", uid))
            .maybe("dryRun", Shape.is(List.of("All")));
    return alone
        ? options.with("apiVersion", Shape.is("v1")).with("kind", Shape.is("DeleteOptions"))
        : options;
  }

  private static Row eviction(
      Predicate<String> path, Predicate<@Nullable Object> name, Predicate<@Nullable Object> uid) {
    Shape body =
        Shape.object()
            .with(
                "apiVersion",
                version -> "policy/v1".equals(version) || "policy/v1beta1".equals(version))
            .with("kind", Shape.is("Eviction"))
            .with("metadata", Shape.object().with("name", name))
            .with("deleteOptions", options(uid, false));
    return new Row("POST", path, RequestTable.DRY_RUN, JSON, body);
  }
}
