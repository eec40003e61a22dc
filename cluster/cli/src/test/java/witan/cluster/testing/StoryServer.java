package witan.cluster.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import witan.cluster.client.ApiClient;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.registry.Guardians;
import witan.domain.stake.StakeProfile;

/** A council behind HTTP on loopback that answers what the story has come to. */
public final class StoryServer implements AutoCloseable {
  private final HttpServer server;
  private final Story story;

  /** Answers that replace the story's, by path: what a council may lie about. */
  public final Map<String, JsonNode> lies = new ConcurrentHashMap<>();

  public StoryServer(Story story) throws IOException {
    this.story = story;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public ApiClient api() {
    return new ApiClient(url());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/v1/events")) {
      feed(exchange);
      return;
    }
    Optional<JsonNode> body = Optional.ofNullable(lies.get(path)).or(() -> of(story, path));
    byte[] bytes =
        Json.canonical(
            body.orElseGet(
                () ->
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("code", "not_found")
                        .put("detail", path)
                        .put("hint", "")));
    exchange.sendResponseHeaders(body.isPresent() ? 200 : 404, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** All of it at once, whatever is known. */
  private void feed(HttpExchange exchange) throws IOException {
    StringBuilder lines = new StringBuilder();
    story.feed().forEach(event -> lines.append("data: ").append(event).append("\n\n"));
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** What a node answers; empty where it has no such thing. */
  public static Optional<JsonNode> of(Story story, String path) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (path.equals("/v1/proposals")) {
      object.putArray("items").addObject().put("caseId", story.caseId.value());
      return Optional.of(object);
    } else if (path.equals("/v1/proposals/" + story.caseId)) {
      return Optional.of(story.proposal());
    } else if (path.equals("/v1/cases/" + story.caseId)) {
      return Optional.of(story.caseAnswer());
    } else if (path.startsWith("/v1/electorates/")) {
      boolean there =
          path.endsWith(new JcsContentHasher().electorate(story.electorate()).toString());
      object.set("electorate", Json.node(story.electorate()));
      return there ? Optional.of(object) : Optional.empty();
    } else if (path.startsWith("/v1/playbook-documents/")) {
      return ShippedPlaybooks.all().stream()
          .filter(shipped -> path.endsWith(shipped.digest().hex()))
          .map(ShippedPlaybooks.Shipped::document)
          .findFirst();
    } else if (path.equals("/v1/members")) {
      object
          .putArray("items")
          .addObject()
          .put("member", "robot")
          .put("organisation", "acme")
          .put("role", "automation")
          .put("tokens", "40")
          .put("bonded", "10");
      return Optional.of(object);
    }
    return council(path, object);
  }

  private static Optional<JsonNode> council(String path, ObjectNode object) {
    switch (path) {
      case "/v1/council" -> {
        object.put("councilId", "council");
        object.putArray("policies").addObject().set("policy", Json.node(Story.policy(true)));
      }
      case "/v1/guardians" -> {
        Guardians guardians = Guardians.NONE;
        object.putArray("guardians");
        object.put("perGuardian", guardians.perGuardian());
        object.put("guardianWindow", guardians.guardianWindow().toString());
        object.put("perCouncil", guardians.perCouncil());
        object.put("councilWindow", guardians.councilWindow().toString());
      }
      case "/v1/sensors" -> object.putArray("sensors");
      case "/v1/stakes" -> {
        object.put("treasury", "0");
        object.set("profile", Json.node(StakeProfile.DEFAULT));
      }
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(object);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
