package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/**
 * Effects that change fields of one object and can put them back: merge patches under UID and
 * resourceVersion, so that a request prepared before any other change of the object, its release
 * for one, gets 409.
 */
final class Marked {
  private Marked() {}

  /** What one kind of effect does to the object; a new one per order. */
  interface Effect {
    /** Reads that it needs besides the object. */
    default List<KubernetesRequest> lookups(Order order) {
      return List.of();
    }

    default void found(List<Reply> replies) {}

    default String path(Order order) {
      return ObjectPath.of(order.target());
    }

    /** What distinguishes effects of this kind on one object; empty where there is only one. */
    default String what(Order order) {
      return "";
    }

    default Optional<String> refuse(Order order, JsonNode object) {
      return Optional.empty();
    }

    /** What the change will overwrite. */
    JsonNode before(Order order, JsonNode object);

    /** A merge patch (RFC 7396). */
    ObjectNode change(Order order, JsonNode object);

    boolean changed(Order order, JsonNode object, JsonNode before);

    /** Why what the mark says was before is not put back: others may have written the mark. */
    default Optional<String> refuseRestore(Order order, JsonNode before) {
      return Optional.empty();
    }

    /** A merge patch that puts back what was before. */
    ObjectNode restore(Order order, JsonNode object, JsonNode before);

    default long pods(Order order, List<Reply> found) {
      return order.target().kind().equals("Pod") ? 1 : 0;
    }
  }

  /** Brings the effect about. */
  record Apply(K8sAction action, Effect effect) implements Action {
    @Override
    public List<KubernetesRequest> lookups(Order order) {
      return effect.lookups(order);
    }

    @Override
    public List<Change> changes(Order order, List<Reply> found) {
      effect.found(found);
      return List.of(change(action, effect, order));
    }

    @Override
    public long pods(Order order, List<Reply> found) {
      return effect.pods(order, found);
    }
  }

  /** Takes it back: restores what nobody else has changed since, and leaves a mark. */
  record Undo(K8sAction action, Effect effect) implements Action {
    @Override
    public List<KubernetesRequest> lookups(Order order) {
      return effect.lookups(order);
    }

    @Override
    public List<Change> changes(Order order, List<Reply> found) {
      effect.found(found);
      Marks marks = Marks.of(action.command(), effect.what(order));
      return List.of(new UndoChange(marks, effect, order, effect.path(order)));
    }
  }

  static Change change(K8sAction action, Effect effect, Order order) {
    Marks marks = Marks.of(action.command(), effect.what(order));
    return new ApplyChange(marks, effect, order, effect.path(order));
  }

  private record ApplyChange(Marks marks, Effect effect, Order order, String path)
      implements Change {
    @Override
    public boolean applied(Reply read) {
      return read.status() == 200
          && marks.holder(read.json()).equals(order.fence())
          && effect.changed(order, read.json(), marks.before(read.json()));
    }

    @Override
    public Optional<String> refuse(Reply read) {
      JsonNode object = read.json();
      String holder = marks.holder(object);
      if (read.status() == 404) {
        return Optional.of("there is no such " + order.target().kind());
      }
      if (marks.undone(object, order.fence())) {
        return Optional.of("stale fence: this effect was taken back");
      }
      if (!holder.isEmpty() && !holder.equals(order.fence())) {
        return Optional.of("it is held by " + holder);
      }
      if (Marks.text(effect.before(order, object)).length() > Marks.MAX_BEFORE) {
        return Optional.of("what would be overwritten is too large to be kept");
      }
      return effect.refuse(order, object);
    }

    @Override
    public KubernetesRequest write(Reply read) {
      boolean ours = marks.holder(read.json()).equals(order.fence());
      JsonNode before = ours ? marks.before(read.json()) : effect.before(order, read.json());
      ObjectNode patch = effect.change(order, read.json());
      marks.hold(annotations(patch, read), order, before);
      return patch(path, patch);
    }
  }

  private record UndoChange(Marks marks, Effect effect, Order order, String path)
      implements Change {
    @Override
    public boolean applied(Reply read) {
      return read.status() == 404 || marks.undone(read.json(), order.undoes());
    }

    @Override
    public Optional<String> refuse(Reply read) {
      if (order.undoes().isEmpty()) {
        return Optional.of("it is not said which effect is to be taken back");
      }
      return marks.holder(read.json()).equals(order.undoes())
          ? effect.refuseRestore(order, marks.before(read.json()))
          : Optional.empty();
    }

    @Override
    public KubernetesRequest write(Reply read) {
      JsonNode object = read.json();
      JsonNode before = marks.before(object);
      boolean restores =
          marks.holder(object).equals(order.undoes()) && effect.changed(order, object, before);
      ObjectNode patch =
          restores ? effect.restore(order, object, before) : JsonNodeFactory.instance.objectNode();
      marks.release(annotations(patch, read), object, order.undoes());
      return patch(path, patch);
    }
  }

  private static ObjectNode annotations(ObjectNode patch, Reply read) {
    ObjectNode metadata = patch.withObjectProperty("metadata");
    metadata.put("uid", read.uid());
    metadata.put("resourceVersion", read.resourceVersion());
    return metadata.withObjectProperty("annotations");
  }

  private static KubernetesRequest patch(String path, ObjectNode patch) {
    return KubernetesRequest.send(
        "PATCH",
        path,
        Map.of("fieldManager", Marks.FIELD_MANAGER),
        "application/merge-patch+json",
        patch);
  }
}
