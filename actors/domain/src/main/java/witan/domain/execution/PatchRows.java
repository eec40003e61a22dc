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
    Shape annotations = marks(action, order);
    if (action == K8sAction.SET_ANNOTATION) {
      annotations.with(order.parameter("annotation"), Shape.is(order.parameter("value")));
    }
    Shape metadata = metadata(annotations.and(holds(order.fence())));
    Shape body = Shape.object().with("metadata", metadata);
    switch (action) {
      case QUARANTINE_LABEL, SET_LABEL ->
          metadata.with("labels", one(order, "label", Shape.is(order.parameter("value"))));
      case SCALE_TO_ZERO -> body.with("spec", Shape.object().with("replicas", Shape.is(0)));
      case CORDON_NODE, DRAIN_NODE ->
          body.with("spec", Shape.object().with("unschedulable", Shape.is(true)));
      case SUSPEND_CRON_JOB -> body.with("spec", Shape.object().with("suspend", Shape.is(true)));
      case ROLL_BACK_DEPLOYMENT -> body.with("spec", Shape.object().with("template", Shape.OBJECT));
      case REMOVE_SUBJECT ->
          body.with("subjects", Shape.list(s -> Shape.OBJECT.test(s) && !named(order, s)));
      case ROTATE_SECRET -> body.with("data", one(order, "key", Shape.TEXT));
      default -> {}
    }
    return body;
  }

  /** Restores what was before, or only lets go, where somebody has changed it since. */
  private static Predicate<@Nullable Object> undone(K8sAction action, Order order) {
    Shape annotations = released(action);
    if (action == K8sAction.SET_ANNOTATION) {
      annotations.maybe(order.parameter("annotation"), Shape.TEXT_OR_NULL);
    }
    Shape metadata = metadata(annotations.and(spends(order.undoes())));
    Shape body = Shape.object().with("metadata", metadata);
    Predicate<@Nullable Object> truth = value -> value == null || value instanceof Boolean;
    switch (action) {
      case QUARANTINE_LABEL, SET_LABEL ->
          metadata.maybe("labels", one(order, "label", Shape.TEXT_OR_NULL));
      case SCALE_TO_ZERO ->
          body.maybe(
              "spec",
              Shape.object().with("replicas", value -> value == null || value instanceof Number));
      case CORDON_NODE, DRAIN_NODE ->
          body.maybe("spec", Shape.object().with("unschedulable", truth));
      case SUSPEND_CRON_JOB -> body.maybe("spec", Shape.object().with("suspend", truth));
      case ROLL_BACK_DEPLOYMENT ->
          body.maybe("spec", Shape.object().with("template", Shape.OBJECT));
      case REMOVE_SUBJECT ->
          body.maybe("subjects", Shape.list(s -> s == null || Shape.OBJECT.test(s)));
      case ROTATE_SECRET -> body.maybe("data", one(order, "key", Shape.TEXT_OR_NULL));
      default -> {}
    }
    return body;
  }

  private static Shape metadata(Predicate<@Nullable Object> annotations) {
    return Shape.object()
        .with("uid", Shape.TEXT)
        .with("resourceVersion", Shape.TEXT)
        .with("annotations", annotations);
  }

  private static Shape one(Order order, String parameter, Predicate<@Nullable Object> what) {
    return Shape.object().with(order.parameter(parameter), what);
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
  private static Shape marks(K8sAction action, Order order) {
    Pattern slot = slot(action);
    return Shape.object()
        .with(CASE, Shape.is(order.caseId().value()))
        .others(
            (name, value) ->
                (slot.matcher(name).matches() && order.fence().equals(value))
                    || (name.endsWith(".before")
                        && slot.matcher(name.substring(0, name.length() - 7)).matches()
                        && Shape.TEXT.test(value)));
  }

  /** What taking back leaves: nobody holds it, and the fence is spent. */
  static Shape released(K8sAction action) {
    Pattern slot = slot(action);
    return Shape.object()
        .others(
            (name, value) -> {
              int dot = name.lastIndexOf('.');
              String mark = dot < DOMAIN.length() ? "" : name.substring(dot);
              boolean ours =
                  slot.matcher(name.substring(0, name.length() - mark.length())).matches();
              return ours
                  && (mark.equals(".undone")
                      ? Shape.TEXT.test(value)
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
