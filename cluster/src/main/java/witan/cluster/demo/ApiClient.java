package witan.cluster.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/** A small client of the HTTP API: what SOC automation would write. */
final class ApiClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final int MOST_TRIES = 8;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
  private final String base;

  ApiClient(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  String base() {
    return base;
  }

  JsonNode get(String path, String token) throws IOException, InterruptedException {
    return Json.parse(getBytes(path, token), Limits.DEFAULT);
  }

  byte[] getBytes(String path, String token) throws IOException, InterruptedException {
    return send(request(path, token).GET().build()).body();
  }

  /** Empty when it is not there (404). */
  Optional<JsonNode> find(String path, String token) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(request(path, token).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    return Optional.of(Json.parse(accepted(response).body(), Limits.DEFAULT));
  }

  /** Posts; sends the same again while the council says that it is busy. */
  JsonNode post(String path, String token, byte[] json) throws IOException, InterruptedException {
    HttpRequest request =
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build();
    return Json.parse(send(request).body(), Limits.DEFAULT);
  }

  /** The open event stream, line by line, from that log index on. */
  Stream<String> events(long from, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/v1/events?from=" + from))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream")
            .GET()
            .build();
    HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IOException("GET /v1/events: " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(REQUEST_LIMIT)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 503 || attempt == MOST_TRIES) {
        return accepted(response);
      }
      long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
      Thread.sleep(Math.min(seconds, 10) * 1000);
    }
  }

  private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          response.request().method()
              + " "
              + response.request().uri().getPath()
              + " answered "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }
}
