package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Objects by path with merge patches, apply, resourceVersion and UID preconditions, and faults. It
 * is NOT an API server: no validation, no field managers, no admission.
 */
final class ApiDouble implements AutoCloseable {
  enum Fault {
    NONE,
    CONFLICT,
    TOO_MANY,
    INTERNAL,
    /** Takes effect, but the answer breaks off in the middle. */
    RESET_MID_BODY,
    /** Takes effect, but no answer ever comes. */
    SILENCE,
    FORBIDDEN
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  final Map<String, ObjectNode> objects = new TreeMap<>();
  final List<String> requests = new ArrayList<>();
  final List<String> bodies = new ArrayList<>();
  final List<String> contentTypes = new ArrayList<>();
  final Deque<Fault> faultsOfWrites = new ArrayDeque<>();
  final Deque<Fault> faultsOfReads = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private long version = 100;

  ApiDouble() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized ObjectNode put(String path, String metadata) throws IOException {
    ObjectNode object = JSON.createObjectNode();
    object.set("metadata", JSON.readTree(metadata));
    touch(object);
    objects.put(path, object);
    return object;
  }

  synchronized void touch(ObjectNode object) {
    ((ObjectNode) object.path("metadata")).put("resourceVersion", String.valueOf(++version));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Fault fault;
    synchronized (this) {
      requests.add(method + " " + exchange.getRequestURI());
      bodies.add(body);
      contentTypes.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
      Deque<Fault> faults = method.equals("GET") ? faultsOfReads : faultsOfWrites;
      fault = faults.isEmpty() ? Fault.NONE : faults.remove();
    }
    String path = exchange.getRequestURI().getPath();
    switch (fault) {
      case NONE -> reply(exchange, serve(method, path, body));
      case CONFLICT -> reply(exchange, new Answer(409, "{\"message\":\"changed meanwhile\"}"));
      case TOO_MANY -> {
        exchange.getResponseHeaders().add("Retry-After", "7");
        reply(exchange, new Answer(429, "{\"message\":\"slow down\"}"));
      }
      case INTERNAL -> reply(exchange, new Answer(500, "not even JSON"));
      case FORBIDDEN -> reply(exchange, new Answer(403, "{\"message\":\"no rights\"}"));
      case RESET_MID_BODY -> {
        Answer answer = serve(method, path, body);
        exchange.sendResponseHeaders(answer.status(), 10_000);
        exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
      }
      case SILENCE -> {
        serve(method, path, body);
        try {
          closed.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
      }
    }
  }

  private record Answer(int status, String body) {}

  private synchronized Answer serve(String method, String address, String body) throws IOException {
    String path = address;
    if (method.equals("POST")) {
      path = address + "/" + JSON.readTree(body).path("metadata").path("name").asText();
      if (objects.containsKey(path)) {
        return new Answer(409, "{\"message\":\"already exists\"}");
      }
    }
    ObjectNode object = objects.get(path);
    if (method.equals("GET")) {
      return object == null ? new Answer(404, "{}") : new Answer(200, object.toString());
    }
    if (method.equals("DELETE")) {
      String uid = JSON.readTree(body).path("preconditions").path("uid").asText();
      if (object == null || !object.path("metadata").path("uid").asText().equals(uid)) {
        return new Answer(409, "{\"message\":\"uid\"}");
      }
      objects.remove(path);
      return new Answer(200, "{}");
    }
    JsonNode patch = JSON.readTree(body);
    String wanted = patch.path("metadata").path("resourceVersion").asText();
    if (object == null && path.contains("/pods/")) {
      return new Answer(404, "{}");
    }
    if (object == null) {
      object = put(path, "{\"uid\":\"u" + version + "\"}");
    } else if (!wanted.isEmpty()
        && !wanted.equals(object.path("metadata").path("resourceVersion").asText())) {
      return new Answer(409, "{\"message\":\"the object has been modified\"}");
    }
    merge(object, patch);
    touch(object);
    return new Answer(200, object.toString());
  }

  /** RFC 7396. */
  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            e -> {
              if (e.getValue().isNull()) {
                target.remove(e.getKey());
              } else if (e.getValue().isObject()) {
                merge(target.withObjectProperty(e.getKey()), e.getValue());
              } else {
                target.set(e.getKey(), e.getValue());
              }
            });
  }

  private static void reply(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
