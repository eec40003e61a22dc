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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.cluster.client.HttpClients;
import witan.cluster.settings.DataOptions;
import witan.cluster.settings.LocalTokens;
import witan.cluster.settings.NodeState;
import witan.cluster.settings.RunState;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.http.auth.Principal;
import witan.http.auth.Role;

/**
 * {@code witan status}: exit 0 when every node is ready, 1 when something runs but not all is, 2
 * when nothing runs.
 */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "What runs in this data folder, and how it is.")
public final class StatusCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(1);

  @Mixin DataOptions options = new DataOptions();

  @Option(names = "--json", description = "one JSON document, for programs")
  boolean json;

  @Override
  public Integer call() throws Exception {
    Optional<RunState> running = RunState.ofLiving(options.folder());
    if (running.isEmpty()) {
      System.out.println(
          json ? "{\"phase\":\"NONE\"}" : "Nothing runs on " + options.folder().root());
      return 2;
    }
    RunState state = running.get();
    ObjectNode all = describe(state);
    ArrayNode nodes = all.putArray("nodes");
    List<CompletableFuture<Optional<JsonNode>>> answers = ask(state);
    boolean ready = state.phase() == RunState.Phase.READY;
    for (int i = 0; i < answers.size(); i++) {
      NodeState node = state.nodes().get(i);
      Optional<JsonNode> status = answers.get(i).join();
      ready &= status.map(s -> s.at("/health/ready").asBoolean()).orElse(false);
      ObjectNode line = nodes.addObject();
      line.put("number", node.number());
      line.put("api", node.api(state.httpPort()).toString());
      line.put("phase", node.phase().name());
      line.put("pid", node.pid());
      line.put("starts", node.starts());
      line.set("status", status.orElse(JsonNodeFactory.instance.nullNode()));
    }
    all.put("ready", ready);
    System.out.println(json ? all.toPrettyString() : StatusTable.of(all));
    return ready ? 0 : 1;
  }

  private static ObjectNode describe(RunState state) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("phase", state.phase().name());
    all.put("detail", state.detail());
    all.put("supervisorPid", state.pid());
    all.put("databasePid", state.databasePid());
    all.put("chainPid", state.chainPid());
    return all;
  }

  /** All at once: a paused node does not answer. */
  private List<CompletableFuture<Optional<JsonNode>>> ask(RunState state) throws IOException {
    List<CompletableFuture<Optional<JsonNode>>> answers = new ArrayList<>();
    if (!Files.exists(options.folder().tokenKey())) {
      state
          .nodes()
          .forEach(node -> answers.add(CompletableFuture.completedFuture(Optional.empty())));
      return answers;
    }
    String token =
        LocalTokens.issuer(options.folder())
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
