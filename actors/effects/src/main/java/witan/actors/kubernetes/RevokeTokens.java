package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.playbook.K8sAction;

/**
 * Deletes the ServiceAccount of that UID and makes it anew with what it had. Tokens name the UID,
 * so all of them are void, about nine seconds later where the server caches its checks; pods get
 * new ones by themselves.
 */
record RevokeTokens() implements Action {
  private static final String PINNED_ACCOUNT = K8sAction.PIN_ACCOUNT;
  private static final List<String> KEPT =
      List.of("imagePullSecrets", "automountServiceAccountToken");

  @Override
  public List<Change> changes(Order order, List<Reply> found) {
    String path = ObjectPath.of(order.target());
    String uid = order.parameter(RemovePod.PINNED_UID);
    return List.of(new Deletion(path, uid), new Creation(order, path, uid));
  }

  @Override
  public Optional<KubernetesRequest> pinRead(Order order) {
    return Optional.of(KubernetesRequest.get(ObjectPath.of(order.target())));
  }

  @Override
  public Map<String, String> pins(Reply read) {
    if (read.status() != 200) {
      return Map.of();
    }
    ObjectNode account = Patches.object();
    ObjectNode metadata = account.putObject("metadata");
    for (String field : List.of("labels", "annotations")) {
      JsonNode value = read.json().path("metadata").path(field);
      if (value.isObject()) {
        metadata.set(field, value);
      }
    }
    for (String field : KEPT) {
      if (read.json().has(field)) {
        account.set(field, read.json().path(field));
      }
    }
    return Map.of(RemovePod.PINNED_UID, read.uid(), PINNED_ACCOUNT, Marks.text(account));
  }

  private record Deletion(String path, String uid) implements Change {
    @Override
    public boolean applied(Reply read) {
      return !uid.isEmpty() && !read.uid().equals(uid);
    }

    @Override
    public Optional<String> refuse(Reply read) {
      return uid.isEmpty()
          ? Optional.of("there was no such ServiceAccount when the step was intended")
          : Optional.empty();
    }

    @Override
    public KubernetesRequest write(Reply read) {
      ObjectNode options = Patches.object().put("apiVersion", "v1").put("kind", "DeleteOptions");
      options.putObject("preconditions").put("uid", uid);
      return KubernetesRequest.send("DELETE", path, Map.of(), "application/json", options);
    }
  }

  /** A POST: a late one finds the account there, and gets 409. */
  private record Creation(Order order, String path, String uid) implements Change {
    @Override
    public boolean applied(Reply read) {
      return read.status() == 200 && !read.uid().equals(uid);
    }

    @Override
    public Optional<String> refuse(Reply read) {
      return Optional.empty();
    }

    @Override
    public KubernetesRequest write(Reply read) {
      ObjectNode account =
          (ObjectNode) Json.parse(Hashes.utf8(order.parameter(PINNED_ACCOUNT)), Limits.DEFAULT);
      account.put("apiVersion", "v1").put("kind", "ServiceAccount");
      ObjectNode metadata = account.withObjectProperty("metadata");
      metadata.put("name", order.target().name());
      metadata
          .withObjectProperty("annotations")
          .put(Marks.CASE, order.caseId().value())
          .put(Marks.DOMAIN + "revoke-tokens", order.fence());
      return KubernetesRequest.send(
          "POST",
          path.substring(0, path.lastIndexOf('/')),
          Map.of("fieldManager", Marks.FIELD_MANAGER),
          "application/json",
          account);
    }

    @Override
    public boolean needsEarlier() {
      return true;
    }

    @Override
    public Reply assumed() {
      return Reply.none();
    }
  }
}
