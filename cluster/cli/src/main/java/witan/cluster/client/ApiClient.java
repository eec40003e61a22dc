package witan.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/**
 * A small blocking client of the HTTP API: what SOC automation would write. It reads what it was
 * told is written, on whichever node: it sends back the greatest log index that an answer had.
 * Thread-safe.
 */
public final class ApiClient {
  private static final int MOST_TRIES = 8;
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 1_000;
  private static final String LOG_INDEX = "Witan-Log-Index";

  private final Reach reach;
  private final AtomicLong written = new AtomicLong(-1);

  ApiClient(Reach reach) {
    this.reach = reach;
  }

  /** Speaks to {@code http://host:port} or {@code https://host:port}, and gives up at once. */
  public ApiClient(String base) {
    this(
        new Reach(
            List.of(URI.create(base)),
            CouncilOptions.client(URI.create(base)).build(),
            Duration.ZERO,
            CouncilOptions.LONGEST_TRY,
            line -> {}));
  }

  /** The node that answered last. */
  public String base() {
    return reach.node().toString();
  }

  public JsonNode get(String path, String token) throws IOException, InterruptedException {
    return Json.parse(getBytes(path, token), Limits.DEFAULT);
  }

  public byte[] getBytes(String path, String token) throws IOException, InterruptedException {
    return accepted(answer(path, token, HttpRequest.Builder::GET)).body();
  }

  /** Empty when it is not there (404). */
  public Optional<JsonNode> find(String path, String token)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = answer(path, token, HttpRequest.Builder::GET);
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    return Optional.of(Json.parse(accepted(response).body(), Limits.DEFAULT));
  }

  /** The items of all pages of a list; {@code path} has no query. */
  public List<JsonNode> items(String path, String token) throws IOException, InterruptedException {
    return items(path, token, MOST_PAGES)
        .orElseThrow(() -> new IOException(path + " has more than " + MOST_PAGES + " pages"));
  }

  /** The same; empty where there are more pages than that. */
  public Optional<List<JsonNode>> items(String path, String token, int mostPages)
      throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    for (int page = 0; page < mostPages; page++) {
      JsonNode read =
          get(
              path
                  + "?limit="
                  + PAGE
                  + "&after="
                  + URLEncoder.encode(after, StandardCharsets.UTF_8),
              token);
      read.path("items").forEach(all::add);
      if (!read.path("after").isTextual()) {
        return Optional.of(all);
      }
      after = read.path("after").asText();
    }
    return Optional.empty();
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
    // One for all tries: what was taken, and not answered, is not taken twice.
    String key = UUID.randomUUID().toString();
    return Json.parse(
        accepted(
                answer(
                    path,
                    token,
                    request ->
                        request
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(json))))
            .body(),
        Limits.DEFAULT);
  }

  /** The open event stream, line by line, from that log index on. */
  public Stream<String> events(long from, String token) throws IOException, InterruptedException {
    return stream("/v1/events?from=" + from, token, -1);
  }

  /**
   * The events of one case, line by line; the stream is to be closed.
   *
   * @param after log index of the last event that is known; -1 for all from that index on
   */
  public Stream<String> events(String caseId, long from, long after, String token)
      throws IOException, InterruptedException {
    return stream("/v1/events?case=" + caseId + "&from=" + from, token, after);
  }

  private Stream<String> stream(String path, String token, long after)
      throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        reach.send(
            path,
            request -> {
              with(request, token).header("Accept", "text/event-stream").GET();
              return after < 0 ? request : request.header("Last-Event-ID", Long.toString(after));
            },
            HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException(reach.node() + path + " answered " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder with(HttpRequest.Builder request, String token) {
    request.header("Authorization", "Bearer " + token);
    long index = written.get();
    return index < 0 ? request : request.header(LOG_INDEX, Long.toString(index));
  }

  /** The last one, where the council stays busy. */
  private HttpResponse<byte[]> answer(
      String path, String token, UnaryOperator<HttpRequest.Builder> made)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<byte[]> response =
          reach.send(
              path,
              request -> made.apply(with(request, token)),
              HttpResponse.BodyHandlers.ofByteArray());
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
