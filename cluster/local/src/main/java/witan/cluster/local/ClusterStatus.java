package witan.cluster.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import witan.cluster.client.HttpClients;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.LocalTokens;
import witan.cluster.settings.NodeState;
import witan.cluster.settings.RunState;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.http.auth.Principal;
import witan.http.auth.Role;

/** What the supervisor says, and what each node answers, in one document. */
final class ClusterStatus {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(1);

  private ClusterStatus() {}

  /** Of a supervisor that is alive; a node that does not answer within five seconds has none. */
  static ObjectNode read(DataFolder folder, RunState state) throws IOException {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("phase", state.phase().name());
    all.put("detail", state.detail());
    all.put("supervisorPid", state.pid());
    all.put("databasePid", state.databasePid());
    all.put("chainPid", state.chainPid());
    ArrayNode nodes = all.putArray("nodes");
    List<CompletableFuture<Optional<JsonNode>>> answers = ask(folder, state);
    for (int i = 0; i < answers.size(); i++) {
      NodeState node = state.nodes().get(i);
      ObjectNode line = nodes.addObject();
      line.put("number", node.number());
      line.put("api", node.api(state.httpPort()).toString());
      line.put("phase", node.phase().name());
      line.put("pid", node.pid());
      line.put("starts", node.starts());
      line.put("reason", node.reason());
      line.set("status", answers.get(i).join().orElse(JsonNodeFactory.instance.nullNode()));
    }
    Headline headline = Headline.of(all);
    all.put("ready", headline.ready());
    ArrayNode reasons = all.putArray("reasons");
    headline.reasons().forEach(reasons::add);
    return all;
  }

  /** All at once: a paused node does not answer. */
  private static List<CompletableFuture<Optional<JsonNode>>> ask(DataFolder folder, RunState state)
      throws IOException {
    List<CompletableFuture<Optional<JsonNode>>> answers = new ArrayList<>();
    if (!Files.exists(folder.tokenKey())) {
      state
          .nodes()
          .forEach(node -> answers.add(CompletableFuture.completedFuture(Optional.empty())));
      return answers;
    }
    String token =
        LocalTokens.issuer(folder)
            .issue(
                new Principal(
                    "witan-status",
                    Set.of(Role.OPERATOR),
                    null,
                    Set.of(),
                    Instant.now().plus(TOKEN_LIFETIME)));
    HttpClient client = HttpClients.inTheOpen().connectTimeout(LIMIT).build();
    for (NodeState node : state.nodes()) {
      HttpRequest request =
          HttpRequest.newBuilder(node.api(state.httpPort()).resolve("/v1/status"))
              .timeout(LIMIT)
              .header("Authorization", "Bearer " + token)
              .build();
      answers.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
              .thenApply(
                  response ->
                      response.statusCode() == 200
                          ? Optional.of(Json.parse(response.body(), Limits.DEFAULT))
                          : Optional.<JsonNode>empty())
              .exceptionally(failure -> Optional.empty()));
    }
    return answers;
  }
}
