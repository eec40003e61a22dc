package witan.domain.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.PlaybookStep;

/**
 * Which requests an action may send: method, path, query and the shape of the body, of reads and of
 * dry runs too. The executor's adapters send nothing else; evidence holds what is logged against
 * the same table, with the order that {@link Order#said} and {@link Order#with} make of an intent.
 *
 * <p>Where a pin is not known, as in a rehearsal, only the placeholder of one may stand.
 */
public final class RequestTable {
  /** Of a refusal by this table. */
  public static final String CODE = "request_not_in_table";

  /**
   * One row.
   *
   * @param query what each parameter may be; none is required, and there are no others
   * @param contentType null where there is no body
   */
  record Row(
      String method,
      Predicate<String> path,
      Map<String, Predicate<String>> query,
      @Nullable String contentType,
      Predicate<@Nullable Object> body) {

    static Row get(String path, Map<String, Predicate<String>> query) {
      return new Row("GET", path::equals, query, null, body -> body == null);
    }

    static Row get(String path) {
      return get(path, Map.of());
    }

    boolean allows(Request request) {
      String type = request.contentType();
      return method.equals(request.method())
          && path.test(request.path())
          && request.query().entrySet().stream()
              .allMatch(
                  e -> {
                    Predicate<String> rule = query.get(e.getKey());
                    return rule != null && rule.test(e.getValue());
                  })
          && (contentType == null ? type == null : contentType.equals(type))
          && (body.test(request.body()) || withheld(request));
    }

    /** As it is logged; what is sent is never a text. */
    private boolean withheld(Request request) {
      return contentType != null
          && request.path().contains("/secrets/")
          && request.method().equals("PATCH")
          && Request.WITHHELD.equals(request.body());
    }
  }

  static final Map<String, Predicate<String>> DRY_RUN = Map.of("dryRun", "All"::equals);
  static final Map<String, Predicate<String>> WRITE =
      Map.of("dryRun", "All"::equals, "fieldManager", "witan"::equals);
  static final Map<String, Predicate<String>> LIMIT =
      Map.of("limit", Pattern.compile("[0-9]{1,4}").asMatchPredicate());

  private RequestTable() {}

  public static boolean allows(Order order, Request request) {
    return rows(order).stream().anyMatch(row -> row.allows(request));
  }

  /** Whether the request changes something, where it is no dry run. */
  public static boolean mutates(Request request) {
    return !request.method().equals("GET") && !"All".equals(request.query().get("dryRun"));
  }

  private static List<Row> rows(Order order) {
    if (order.action().equals(PlaybookStep.HTTP)) {
      return http(order);
    }
    Optional<K8sAction> forward = K8sAction.of(order.action());
    Optional<K8sAction> action = forward.or(() -> K8sAction.inverseOf(order.action()));
    if (action.isEmpty()
        || !action.get().kinds().contains(order.target().kind())
        || ObjectPath.refuse(order.target()).isPresent()) {
      return List.of();
    }
    return switch (action.get()) {
      case DELETE_POD -> RemovalRows.delete(order);
      case EVICT_POD -> RemovalRows.evict(order);
      case REVOKE_TOKENS -> RemovalRows.revoke(order);
      case DENY_ALL_NETWORK_POLICY, BLOCK_EGRESS_CIDRS, BLOCK_INGRESS_CIDRS ->
          PolicyRows.of(action.get(), order, forward.isPresent());
      default -> PatchRows.of(action.get(), order, forward.isPresent());
    };
  }

  private static List<Row> http(Order order) {
    String content = order.parameter("content");
    // Logged before there were connections; no plan orders it any more.
    String url = order.parameter("url");
    String path =
        url.isEmpty() ? order.parameter("connection") + ":" + order.parameter("path") : url;
    return List.of(
        new Row(
            order.parameter("method"),
            path::equals,
            Map.of(),
            null,
            body -> content.equals(body == null ? "" : body)));
  }
}
