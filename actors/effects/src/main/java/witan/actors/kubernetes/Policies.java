package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/**
 * NetworkPolicies. One is made by POST, which fails where there is one, and changed by server-side
 * apply under its UID and resourceVersion. It is taken back by letting it select nothing, not by
 * deleting it: a request that was prepared before then fails, as does a new one. What is retired
 * carries the label {@code witan.org/retired=true} and may be deleted by anybody later.
 */
final class Policies {
  /** Which policies, and what they say. */
  interface Kind {
    K8sAction action();

    /** Name of the policy and its spec. */
    List<Wanted> wanted(Order order);
  }

  record Wanted(String name, ObjectNode spec) {}

  static final Kind DENY_ALL = new DenyAll();
  static final Kind BLOCK_EGRESS = new Block(K8sAction.BLOCK_EGRESS_CIDRS, "Egress", "to");
  static final Kind BLOCK_INGRESS = new Block(K8sAction.BLOCK_INGRESS_CIDRS, "Ingress", "from");

  private Policies() {}

  private record DenyAll() implements Kind {
    @Override
    public K8sAction action() {
      return K8sAction.DENY_ALL_NETWORK_POLICY;
    }

    @Override
    public List<Wanted> wanted(Order order) {
      List<Wanted> both = new ArrayList<>();
      for (String direction : List.of("Ingress", "Egress")) {
        ObjectNode spec = Patches.object();
        spec.putObject("podSelector")
            .putObject("matchLabels")
            .put(order.parameter("label"), order.parameter("value"));
        spec.putArray("policyTypes").add(direction);
        both.add(
            new Wanted(
                order.parameter("name") + "-" + direction.toLowerCase(java.util.Locale.ROOT),
                spec));
      }
      return both;
    }
  }

  /** A policy can only allow: everything but those networks, and every pod of the cluster. */
  private record Block(K8sAction action, String direction, String peers) implements Kind {
    @Override
    public List<Wanted> wanted(Order order) {
      ObjectNode spec = Patches.object();
      spec.putObject("podSelector");
      spec.putArray("policyTypes").add(direction);
      ArrayNode allowed =
          spec.putArray(direction.toLowerCase(java.util.Locale.ROOT)).addObject().putArray(peers);
      allowed.addObject().putObject("namespaceSelector");
      for (String all : List.of("0.0.0.0/0", "::/0")) {
        ObjectNode block = allowed.addObject().putObject("ipBlock").put("cidr", all);
        List<String> except =
            Cidrs.of(order).stream().filter(c -> c.contains(":") == all.contains(":")).toList();
        if (!except.isEmpty()) {
          ArrayNode array = block.putArray("except");
          except.forEach(array::add);
        }
      }
      return List.of(new Wanted(order.parameter("name") + "-block-" + peers, spec));
    }
  }

  /** Makes them. */
  record Apply(Kind kind) implements Action {
    @Override
    public List<KubernetesRequest> lookups(Order order) {
      return kind == DENY_ALL
          ? List.of()
          : List.of(
              KubernetesRequest.get(ObjectPath.pods(order.namespace()), Map.of("limit", "500")));
    }

    @Override
    public long pods(Order order, List<Reply> found) {
      if (kind == DENY_ALL) {
        return 1;
      }
      return found.get(0).partial() ? Long.MAX_VALUE : found.get(0).json().path("items").size();
    }

    @Override
    public Optional<String> refuse(Order order) {
      return kind == DENY_ALL ? Optional.empty() : Cidrs.refuse(order);
    }

    @Override
    public List<Change> changes(Order order, List<Reply> found) {
      Marks marks = new Marks(kind.action().command());
      return kind.wanted(order).stream()
          .<Change>map(wanted -> new PolicyChange(marks, order, wanted))
          .toList();
    }
  }

  /** Retires them. */
  record Undo(Kind kind) implements Action {
    @Override
    public List<Change> changes(Order order, List<Reply> found) {
      Marks marks = new Marks(kind.action().command());
      return kind.wanted(order).stream()
          .<Change>map(wanted -> new PolicyRetirement(marks, order, wanted))
          .toList();
    }
  }

  static boolean same(JsonNode spec, JsonNode wanted) {
    for (String field : List.of("podSelector", "policyTypes", "ingress", "egress")) {
      JsonNode one = spec.path(field);
      JsonNode other = wanted.path(field);
      if (!one.equals(other) && !(one.isEmpty() && other.isEmpty())) {
        return false;
      }
    }
    return true;
  }
}
