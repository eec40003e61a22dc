package witan.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a council over one or several nodes. What was not decided (503, other 5xx, a time-out,
 * a broken connection) is sent again, the same bytes with the same Idempotency-Key, to the next
 * node, until an answer comes or the budget is spent. A read shows what any answer before said is
 * written: it sends back the greatest log index of them all, and a node that has not read the log
 * so far waits, or is asked again later. Thread-safe.
 */
public final class LoadClient {
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 2_000;
  private static final String LOG_INDEX = "Witan-Log-Index";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final List<String> bases;
  private final String token;
  private final Duration attemptLimit;
  private final Duration budget;
  private final AtomicLong written = new AtomicLong(-1);

  /**
   * Limits every request twice.
   *
   * @param bases at least one, {@code http://host:port}
   * @param attemptLimit for one attempt
   * @param budget for all attempts of one request
   */
  public LoadClient(List<String> bases, String token, Duration attemptLimit, Duration budget) {
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("no base URL");
    }
    this.bases = new CopyOnWriteArrayList<>(bases);
    this.token = token;
    this.attemptLimit = attemptLimit;
    this.budget = budget;
  }

  public List<String> bases() {
    return List.copyOf(bases);
  }

  /** Asks that node, too, from now on. */
  public void add(String base) {
    bases.add(base);
  }

  /** Asks that node no longer; one must be left. */
  public void remove(String base) {
    bases.remove(base);
  }

  /**
   * What came back in the end: 2xx or a refusal (4xx).
   *
   * @param attempts 1 when the first one was answered
   * @param millis from the first attempt's begin
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Answer(int status, byte[] body, int attempts, long millis) {
    public boolean accepted() {
      return status / 100 == 2;
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException("the answer is not JSON: " + text(), e);
      }
    }

    public String text() {
      return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** No answer within the budget: it may have been logged, or not. */
  public static final class GaveUpException extends IOException {
    private static final long serialVersionUID = 1;

    GaveUpException(String message) {
      super(message);
    }
  }

  public Answer post(String path, byte[] body, @Nullable String idempotencyKey)
      throws GaveUpException, InterruptedException {
    return persist(path, base -> postRequest(base, path, body, idempotencyKey));
  }

  /** Lines of JSON. */
  public Answer postLines(String path, byte[] body) throws GaveUpException, InterruptedException {
    return persist(
        path,
        base ->
            request(base, path)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
  }

  public Answer get(String path) throws GaveUpException, InterruptedException {
    return persist(path, base -> read(base, path));
  }

  /** Reads JSON; anything but 2xx is an IllegalStateException. */
  public JsonNode json(String path) throws GaveUpException, InterruptedException {
    Answer answer = get(path);
    if (!answer.accepted()) {
      throw new IllegalStateException(
          "GET " + path + " answered " + answer.status() + ": " + answer.text());
    }
    return answer.json();
  }

  /** One attempt at one node; empty body when it was not 200. */
  public byte @Nullable [] tryGet(String base, String path)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(request(base, path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    return response.statusCode() == 200 ? response.body() : null;
  }

  /** An open stream (server-sent events); the caller closes it. */
  public InputStream stream(String base, String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .GET()
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("GET " + path + ": " + response.statusCode());
    }
    return response.body();
  }

  private interface Request {
    HttpRequest to(String base);
  }

  private Answer persist(String what, Request request)
      throws GaveUpException, InterruptedException {
    long begin = System.nanoTime();
    List<String> asked = bases();
    int first = ThreadLocalRandom.current().nextInt(asked.size());
    long pause = FIRST_PAUSE_MS;
    String last = "";
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> response =
            http.send(
                request.to(asked.get((first + attempt - 1) % asked.size())),
                HttpResponse.BodyHandlers.ofByteArray());
        response
            .headers()
            .firstValueAsLong(LOG_INDEX)
            .ifPresent(index -> written.accumulateAndGet(index, Math::max));
        if (response.statusCode() < 500) {
          return new Answer(response.statusCode(), response.body(), attempt, since(begin));
        }
        last =
            response.statusCode()
                + " "
                + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
      } catch (IOException e) {
        last = e.toString();
      }
      if (since(begin) > budget.toMillis()) {
        throw new GaveUpException(what + ": no answer in " + attempt + " attempts; last: " + last);
      }
      Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  private static long since(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private HttpRequest postRequest(
      String base, String path, byte[] body, @Nullable String idempotencyKey) {
    HttpRequest.Builder builder =
        request(base, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return (idempotencyKey == null ? builder : builder.header("Idempotency-Key", idempotencyKey))
        .build();
  }

  private HttpRequest read(String base, String path) {
    HttpRequest.Builder builder = request(base, path).GET();
    long index = written.get();
    return (index < 0 ? builder : builder.header(LOG_INDEX, Long.toString(index))).build();
  }

  private HttpRequest.Builder request(String base, String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(attemptLimit)
        .header("Authorization", "Bearer " + token);
  }
}
