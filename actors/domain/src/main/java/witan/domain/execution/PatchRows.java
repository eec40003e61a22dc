package witan.domain.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import witan.domain.execution.RequestTable.Row;
import witan.domain.playbook.K8sAction;

/**
 * Merge patches of one object, under UID and resourceVersion: what the action sets, and the marks
 * that say who holds it.
 */
final class PatchRows {
  static final String DOMAIN = "witan.org/";
  static final String CASE = DOMAIN + "case";
  static final String MERGE = "application/merge-patch+json";

  private PatchRows() {}

  static List<Row> of(K8sAction action, Order order, boolean forward) {
    List<Row> rows = new ArrayList<>(lookups(action, order));
    List<String> paths = new ArrayList<>(List.of(ObjectPath.of(order.target())));
    if (action == K8sAction.SUSPEND_CRON_JOB) {
      paths.add(paths.get(0).replace("/apis/batch/v1/", "/apis/batch/v1beta1/"));
    }
    rows.add(Row.get(paths.get(0)));
    rows.add(
        new Row(
            "PATCH",
            paths::contains,
            RequestTable.WRITE,
            MERGE,
            forward ? applied(action, order) : undone(action, order)));
    paths.stream().skip(1).map(Row::get).forEach(rows::add);
    if (action == K8sAction.DRAIN_NODE && forward) {
      rows.addAll(RemovalRows.drain(order));
    }
    return rows;
  }

  private static List<Row> lookups(K8sAction action, Order order) {
    return switch (action) {
      case ROLL_BACK_DEPLOYMENT ->
          List.of(Row.get(ObjectPath.replicaSets(order.namespace()), RequestTable.LIMIT));
      case SUSPEND_CRON_JOB -> List.of(Row.get("/apis/batch/v1"));
      default -> List.of();
    };
  }

  private static Predicate<@Nullable Object> applied(K8sAction action, Order order) {
    RequestShape annotations = marks(action, order);
    if (action == K8sAction.SET_ANNOTATION) {
      annotations.with(order.parameter("annotation"), RequestShape.is(order.parameter("value")));
    }
    RequestShape metadata = metadata(annotations.and(holds(order.fence())));
    RequestShape body = RequestShape.object().with("metadata", metadata);
    switch (action) {
      case QUARANTINE_LABEL, SET_LABEL ->
          metadata.with("labels", one(order, "label", RequestShape.is(order.parameter("value"))));
      case SCALE_TO_ZERO ->
          body.with("spec", RequestShape.object().with("replicas", RequestShape.is(0)));
      case CORDON_NODE, DRAIN_NODE ->
          body.with("spec", RequestShape.object().with("unschedulable", RequestShape.is(true)));
      case SUSPEND_CRON_JOB ->
          body.with("spec", RequestShape.object().with("suspend", RequestShape.is(true)));
      case ROLL_BACK_DEPLOYMENT ->
          body.with("spec", RequestShape.object().with("template", RequestShape.OBJECT));
      case REMOVE_SUBJECT ->
          body.with(
              "subjects", RequestShape.list(s -> RequestShape.OBJECT.test(s) && !named(order, s)));
      case ROTATE_SECRET -> body.with("data", one(order, "key", RequestShape.TEXT));
      default -> {}
    }
    return body;
  }

  /** Restores what was before, or only lets go, where somebody has changed it since. */
  private static Predicate<@Nullable Object> undone(K8sAction action, Order order) {
    RequestShape annotations = released(action);
    if (action == K8sAction.SET_ANNOTATION) {
      annotations.maybe(order.parameter("annotation"), RequestShape.TEXT_OR_NULL);
    }
    RequestShape metadata = metadata(annotations.and(spends(order.undoes())));
    RequestShape body = RequestShape.object().with("metadata", metadata);
    Predicate<@Nullable Object> truth = value -> value == null || value instanceof Boolean;
    switch (action) {
      case QUARANTINE_LABEL, SET_LABEL ->
          metadata.maybe("labels", one(order, "label", RequestShape.TEXT_OR_NULL));
      case SCALE_TO_ZERO ->
          body.maybe(
              "spec",
              RequestShape.object()
                  .with("replicas", value -> value == null || value instanceof Number));
      case CORDON_NODE, DRAIN_NODE ->
          body.maybe("spec", RequestShape.object().with("unschedulable", truth));
      case SUSPEND_CRON_JOB -> body.maybe("spec", RequestShape.object().with("suspend", truth));
      case ROLL_BACK_DEPLOYMENT ->
          body.maybe("spec", RequestShape.object().with("template", RequestShape.OBJECT));
      case REMOVE_SUBJECT ->
          body.maybe("subjects", RequestShape.list(s -> s == null || RequestShape.OBJECT.test(s)));
      case ROTATE_SECRET -> body.maybe("data", one(order, "key", RequestShape.TEXT_OR_NULL));
      default -> {}
    }
    return body;
  }

  private static RequestShape metadata(Predicate<@Nullable Object> annotations) {
    return RequestShape.object()
        .with("uid", RequestShape.TEXT)
        .with("resourceVersion", RequestShape.TEXT)
        .with("annotations", annotations);
  }

  private static RequestShape one(Order order, String parameter, Predicate<@Nullable Object> what) {
    return RequestShape.object().with(order.parameter(parameter), what);
  }

  private static boolean named(Order order, @Nullable Object subject) {
    return subject instanceof Map<?, ?> map
        && order.parameter("subject-kind").equals(map.get("kind"))
        && order.parameter("subject").equals(map.get("name"))
        && order
            .parameter("subject-namespace")
            .equals(map.get("namespace") == null ? "" : map.get("namespace"));
  }

  /** What an effect leaves: the case, who holds it, and what was there before. */
  private static RequestShape marks(K8sAction action, Order order) {
    Pattern slot = slot(action);
    return RequestShape.object()
        .with(CASE, RequestShape.is(order.caseId().value()))
        .others(
            (name, value) ->
                (slot.matcher(name).matches() && order.fence().equals(value))
                    || (name.endsWith(".before")
                        && slot.matcher(name.substring(0, name.length() - 7)).matches()
                        && RequestShape.TEXT.test(value)));
  }

  /** What taking back leaves: nobody holds it, and the fence is spent. */
  static RequestShape released(K8sAction action) {
    Pattern slot = slot(action);
    return RequestShape.object()
        .others(
            (name, value) -> {
              int dot = name.lastIndexOf('.');
              String mark = dot < DOMAIN.length() ? "" : name.substring(dot);
              boolean ours =
                  slot.matcher(name.substring(0, name.length() - mark.length())).matches();
              return ours
                  && (mark.equals(".undone")
                      ? RequestShape.TEXT.test(value)
                      : value == null && (mark.isEmpty() || mark.equals(".before")));
            });
  }

  static Predicate<@Nullable Object> holds(String fence) {
    return annotations -> annotations instanceof Map<?, ?> map && map.containsValue(fence);
  }

  /** Fences that are spent stand in one text, with commas between. */
  static Predicate<@Nullable Object> spends(String fence) {
    return annotations ->
        annotations instanceof Map<?, ?> map
            && map.values().stream()
                .anyMatch(
                    value ->
                        value instanceof String text
                            && List.of(text.split(",", -1)).contains(fence));
  }

  /** One a kind of effect, and for some one for each thing that is changed. */
  private static Pattern slot(K8sAction action) {
    return Pattern.compile(Pattern.quote(DOMAIN + action.command()) + "(-[0-9a-f]{8})?");
  }
}
