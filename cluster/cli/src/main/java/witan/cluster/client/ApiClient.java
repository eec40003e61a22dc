package witan.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/**
 * A small blocking client of the HTTP API: what SOC automation would write. It reads what it was
 * told is written, on whichever node: it sends back the greatest log index that an answer had.
 * Thread-safe.
 */
public final class ApiClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final int MOST_TRIES = 8;
  private static final String LOG_INDEX = "Witan-Log-Index";

  private final HttpClient http;
  private final String base;
  private final AtomicLong written = new AtomicLong(-1);

  /** Speaks to {@code http://host:port} or {@code https://host:port}, a slash at the end or not. */
  public ApiClient(String base) {
    this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    this.http = HttpClients.builder(URI.create(this.base)).connectTimeout(CONNECT_LIMIT).build();
  }

  public String base() {
    return base;
  }

  public JsonNode get(String path, String token) throws IOException, InterruptedException {
    return Json.parse(getBytes(path, token), Limits.DEFAULT);
  }

  public byte[] getBytes(String path, String token) throws IOException, InterruptedException {
    return send(request(path, token).GET().build()).body();
  }

  /** Empty when it is not there (404). */
  public Optional<JsonNode> find(String path, String token)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = answer(request(path, token).GET().build());
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    return Optional.of(Json.parse(accepted(response).body(), Limits.DEFAULT));
  }

  /** Posts; sends the same again while the council says that it is busy. */
  public JsonNode post(String path, String token, byte[] json)
      throws IOException, InterruptedException {
    return send("POST", path, token, json);
  }

  /** As {@link #post}. */
  public JsonNode put(String path, String token, byte[] json)
      throws IOException, InterruptedException {
    return send("PUT", path, token, json);
  }

  private JsonNode send(String method, String path, String token, byte[] json)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path, token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(json))
            .build();
    return Json.parse(send(request).body(), Limits.DEFAULT);
  }

  /** The open event stream, line by line, from that log index on. */
  public Stream<String> events(long from, String token) throws IOException, InterruptedException {
    HttpRequest request =
        request("/v1/events?from=" + from, token)
            .header("Accept", "text/event-stream")
            .GET()
            .build();
    HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IOException("GET /v1/events: " + response.statusCode());
    }
    return response.body();
  }

  /**
   * The events of one case, line by line; the stream is to be closed.
   *
   * @param after log index of the last event that is known; -1 for all from that index on
   */
  public Stream<String> events(String caseId, long from, long after, String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/v1/events?case=" + caseId + "&from=" + from, token)
            .header("Accept", "text/event-stream");
    if (after >= 0) {
      request.header("Last-Event-ID", Long.toString(after));
    }
    HttpResponse<Stream<String>> response =
        http.send(request.GET().build(), HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("GET /v1/events answered " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(REQUEST_LIMIT)
            .header("Authorization", "Bearer " + token);
    long index = written.get();
    return index < 0 ? request : request.header(LOG_INDEX, Long.toString(index));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return accepted(answer(request));
  }

  /** The last one, where the council stays busy. */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      response
          .headers()
          .firstValueAsLong(LOG_INDEX)
          .ifPresent(index -> written.accumulateAndGet(index, Math::max));
      if (response.statusCode() != 503 || attempt == MOST_TRIES) {
        return response;
      }
      long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
      Thread.sleep(Math.min(seconds, 10) * 1000);
    }
  }

  private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> response)
      throws ApiRefusedException {
    if (response.statusCode() / 100 != 2) {
      throw ApiRefusedException.of(response);
    }
    return response;
  }
}
