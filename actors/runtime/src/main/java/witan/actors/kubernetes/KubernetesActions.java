package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Acts on real clusters through the official client's connection handling, with requests from
 * {@link ActionRequests}.
 *
 * <p>Each attempt reads, writes with preconditions, and reads back: only what was read back with
 * our fence counts as done. A lost answer is never taken for a failure.
 */
public final class KubernetesActions implements ClusterActions {
  private static final int DETAIL_LIMIT = 1_000;

  private final Guardrails guardrails;
  private final Map<String, ClusterConnection> connections;

  /**
   * Opens no connection yet; throws {@link IllegalArgumentException} on an unreadable kubeconfig.
   */
  public static KubernetesActions connect(KubernetesSettings settings) {
    Map<String, ClusterConnection> connections = new TreeMap<>();
    settings
        .clusters()
        .forEach((name, c) -> connections.put(name, ClusterConnection.open(name, c, settings)));
    return new KubernetesActions(settings, connections);
  }

  KubernetesActions(KubernetesSettings settings, Map<String, ClusterConnection> connections) {
    this.guardrails = new Guardrails(settings);
    this.connections = Map.copyOf(connections);
  }

  @Override
  public String adapter() {
    return "kubernetes";
  }

  @Override
  public boolean knows(String action) {
    return ActionRequests.ACTIONS.contains(action);
  }

  @Override
  public boolean fences(String action) {
    return true;
  }

  @Override
  public ActionResult perform(ActionOrder order) {
    return attempt(order, true);
  }

  @Override
  public ActionResult reconcile(ActionOrder order) {
    return attempt(order, false);
  }

  private ActionResult attempt(ActionOrder order, boolean write) {
    Optional<String> refusal = guardrails.refuse(order, false);
    ClusterConnection connection = connections.get(order.target().cluster());
    if (refusal.isPresent() || connection == null) {
      return new ActionResult.Failed(refusal.orElse("cluster is not connected"), "[]");
    }
    Attempt attempt = new Attempt(order, connection);
    return write ? attempt.perform() : attempt.reconcile();
  }

  /** One pass over the objects of an order. */
  private static final class Attempt {
    private final ActionOrder order;
    private final ClusterConnection connection;
    private final List<KubernetesRequest> sent = new ArrayList<>();

    Attempt(ActionOrder order, ClusterConnection connection) {
      this.order = order;
      this.connection = connection;
    }

    ActionResult reconcile() {
      return each(this::look);
    }

    ActionResult perform() {
      return each(this::bringAbout);
    }

    /** The first object that is not done decides. */
    private ActionResult each(Function<ActionRequests.Effect, ActionResult> move) {
      ActionResult last = new ActionResult.Failed("there is nothing to do", log());
      for (ActionRequests.Effect effect : ActionRequests.effects(order)) {
        last = move.apply(effect);
        if (!(last instanceof ActionResult.Done)) {
          return last;
        }
      }
      return last;
    }

    private ActionResult look(ActionRequests.Effect effect) {
      Reply read = send(effect.read());
      if (read.status() != 200 && read.status() != 404) {
        return trouble(read, false);
      }
      return EffectCheck.applied(effect, read)
          ? new ActionResult.Done("found as intended", log())
          : new ActionResult.NotApplied("no such effect at " + effect.path(), log());
    }

    private ActionResult bringAbout(ActionRequests.Effect effect) {
      Reply read = send(effect.read());
      if (read.status() == 404 && effect.policyType().isEmpty()) {
        return new ActionResult.Failed("there is no such pod", log());
      }
      if (read.status() != 200 && read.status() != 404) {
        return trouble(read, false);
      }
      if (EffectCheck.applied(effect, read)) {
        return new ActionResult.Done("already as intended", log());
      }
      Optional<String> stale = EffectCheck.stale(effect, read);
      if (stale.isPresent()) {
        return new ActionResult.Failed(stale.get(), log());
      }
      Reply written = send(effect.write(observed(read.json())));
      if (written.status() < 200 || written.status() > 299) {
        return trouble(written, true);
      }
      return confirm(effect, send(effect.readBack()));
    }

    private ActionResult confirm(ActionRequests.Effect effect, Reply readBack) {
      if (readBack.status() != 200 && readBack.status() != 404) {
        return trouble(readBack, true);
      }
      return EffectCheck.applied(effect, readBack)
          ? new ActionResult.Done("done and read back", log())
          : new ActionResult.Retry(
              "the read-back does not show the effect", log(), Optional.empty(), true);
    }

    private static ActionRequests.Observed observed(JsonNode object) {
      JsonNode metadata = object.path("metadata");
      return new ActionRequests.Observed(
          metadata.path("uid").asText(), metadata.path("resourceVersion").asText());
    }

    private Reply send(KubernetesRequest request) {
      sent.add(request);
      return connection.send(request);
    }

    /** 409: somebody changed the object; read again. 429, 5xx, no answer: later. Else: final. */
    private ActionResult trouble(Reply reply, boolean afterWrite) {
      String detail = shorten(reply.describe());
      boolean refused = reply.status() == 409 || reply.status() == 429;
      if (refused || reply.status() == 0 || reply.status() >= 500) {
        Optional<Duration> after = reply.retryAfter();
        return new ActionResult.Retry(detail, log(), after, afterWrite && !refused);
      }
      return new ActionResult.Failed(detail, log());
    }

    private String log() {
      return RequestJson.of(sent);
    }

    private static String shorten(String text) {
      return text.length() <= DETAIL_LIMIT ? text : text.substring(0, DETAIL_LIMIT);
    }
  }
}
