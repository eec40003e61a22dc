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
        eviction((path + "/eviction")::equals, RequestShape.is(order.target().name()), uid(order)));
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
            RequestShape.TEXT,
            RequestShape.TEXT));
  }

  static List<Row> revoke(Order order) {
    String path = ObjectPath.of(order.target());
    RequestShape annotations =
        RequestShape.object()
            .with(PatchRows.CASE, RequestShape.is(order.caseId().value()))
            .with(
                PatchRows.DOMAIN + K8sAction.REVOKE_TOKENS.command(),
                RequestShape.is(order.fence()))
            .others((name, value) -> value instanceof String);
    RequestShape labels = RequestShape.object().others((name, value) -> value instanceof String);
    RequestShape account =
        RequestShape.object()
            .with("apiVersion", RequestShape.is("v1"))
            .with("kind", RequestShape.is("ServiceAccount"))
            .with(
                "metadata",
                RequestShape.object()
                    .with("name", RequestShape.is(order.target().name()))
                    .with("annotations", annotations)
                    .maybe("labels", labels))
            .maybe("imagePullSecrets", RequestShape.list(RequestShape.OBJECT))
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
    return RequestShape.is(order.parameters().getOrDefault(K8sAction.PIN_UID, UNREAD));
  }

  private static Row deletion(String path, Order order) {
    return new Row("DELETE", path::equals, RequestTable.DRY_RUN, JSON, options(uid(order), true));
  }

  private static RequestShape options(Predicate<@Nullable Object> uid, boolean alone) {
    RequestShape options =
        RequestShape.object()
            .with("preconditions", RequestShape.object().with("uid", uid))
            .maybe("dryRun", RequestShape.is(List.of("All")));
    return alone
        ? options
            .with("apiVersion", RequestShape.is("v1"))
            .with("kind", RequestShape.is("DeleteOptions"))
        : options;
  }

  private static Row eviction(
      Predicate<String> path, Predicate<@Nullable Object> name, Predicate<@Nullable Object> uid) {
    RequestShape body =
        RequestShape.object()
            .with(
                "apiVersion",
                version -> "policy/v1".equals(version) || "policy/v1beta1".equals(version))
            .with("kind", RequestShape.is("Eviction"))
            .with("metadata", RequestShape.object().with("name", name))
            .with("deleteOptions", options(uid, false));
    return new Row("POST", path, RequestTable.DRY_RUN, JSON, body);
  }
}
