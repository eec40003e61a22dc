package witan.cluster.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.http.OpenApi;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.auth.TokenIssuer;
import witan.http.auth.TokenKey;

/**
 * The HTTP API as a client that knows what to do about 503, send the same again, and that reads
 * what it was told is written. Every answer is held against {@code openapi.yaml}.
 */
final class Api {
  static final String SENSOR_CLUSTER = "it-cluster";

  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Reply(int status, byte[] body) {
    JsonNode json() {
      return Json.parse(body, Limits.DEFAULT);
    }

    boolean accepted() {
      return status / 100 == 2;
    }

    @Override
    public String toString() {
      return status + " " + new String(body, UTF_8);
    }
  }

  private static final String LOG_INDEX = "Witan-Log-Index";
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;
  private final String reader;
  private final String voter;
  private final String sensor;
  private final TokenIssuer issuer;
  private final Instant expiry;
  private final AtomicLong written = new AtomicLong(-1);

  Api(int port, TokenKey key, String origin) {
    this.base = "http://127.0.0.1:" + port;
    this.issuer = new TokenIssuer(key, origin);
    this.expiry = Instant.now().plus(Duration.ofHours(2));
    this.reader =
        issuer.issue(
            new Principal("it", Set.of(Role.OPERATOR, Role.AUDITOR), null, Set.of(), expiry));
    this.voter =
        issuer.issue(new Principal("it-voter", Set.of(Role.VOTER), null, Set.of(), expiry));
    this.sensor =
        issuer.issue(
            new Principal("it-falco", Set.of(Role.SENSOR), SENSOR_CLUSTER, Set.of(), expiry));
  }

  /** What a voter's command is told. */
  List<String> access() {
    return List.of("--url", base, "--token", voter);
  }

  Reply get(String path) throws Exception {
    return send(request(path, reader).GET().build());
  }

  JsonNode json(String path) throws Exception {
    return accepted(path, () -> get(path)).json();
  }

  /** What the node says it misses, required or not. */
  Set<String> partsDown() throws Exception {
    Set<String> down = new TreeSet<>();
    for (JsonNode part : get("/v1/health").json().get("parts")) {
      if (!part.get("up").booleanValue()) {
        down.add(part.get("name").textValue());
      }
    }
    return down;
  }

  byte[] bytes(String path) throws Exception {
    return accepted(path, () -> get(path)).body();
  }

  Reply alert(byte[] json) throws Exception {
    return accepted("alert", () -> send(post("/v1/alerts", sensor, null, json)));
  }

  /** As {@link #alert}, in the name of another sensor of the same cluster. */
  Reply alertAs(String name, byte[] json) throws Exception {
    String token =
        issuer.issue(new Principal(name, Set.of(Role.SENSOR), SENSOR_CLUSTER, Set.of(), expiry));
    return accepted("alert", () -> send(post("/v1/alerts", token, null, json)));
  }

  /** Posts lines in the name of that sensor; the outcome of each, and the counts. */
  List<JsonNode> alerts(String name, byte[] lines) throws Exception {
    try (Lines outcomes = alertLines(name, lines)) {
      return outcomes.rest();
    }
  }

  /** As {@link #alerts}; the outcomes as they come. */
  Lines alertLines(String name, byte[] lines) throws Exception {
    String token =
        issuer.issue(new Principal(name, Set.of(Role.SENSOR), "corpus", Set.of(), expiry));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/v1/alerts"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-ndjson")
            .header("Accept", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(lines))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 202) {
      throw new AssertionError("alerts were answered " + response.statusCode());
    }
    return new Lines(response.body());
  }

  /** Documents, one a line. */
  static final class Lines implements AutoCloseable {
    private final BufferedReader reader;

    Lines(InputStream in) {
      this.reader = new BufferedReader(new InputStreamReader(in, UTF_8));
    }

    JsonNode next() throws IOException {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("no more lines");
      }
      return Json.parse(line.getBytes(UTF_8), Limits.DEFAULT);
    }

    /** What is left; of a connection that breaks, what came whole. */
    List<JsonNode> rest() {
      List<JsonNode> lines = new ArrayList<>();
      try {
        while (true) {
          lines.add(next());
        }
      } catch (IOException | JsonRefused end) {
        return lines;
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** The published log's events. */
  List<JsonNode> events() throws Exception {
    long size = Long.parseLong(new String(bytes("/v1/log/checkpoint"), UTF_8).split("\n", -1)[1]);
    List<JsonNode> events = new ArrayList<>();
    HttpResponse<InputStream> response =
        http.send(
            request("/v1/events?from=0", reader).GET().build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader stream =
        new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      while (events.size() < size) {
        String line = stream.readLine();
        if (line == null) {
          throw new IOException("the stream ended at " + events.size() + " of " + size);
        }
        if (line.startsWith("data: ")) {
          events.add(Json.parse(line.substring(6).getBytes(UTF_8), Limits.DEFAULT));
        }
      }
    }
    return events;
  }

  /** As an operator; once, whatever comes back. */
  Reply asOperator(String path, byte[] json) throws Exception {
    return send(post(path, reader, null, json));
  }

  /** As an operator; once, whatever comes back. */
  Reply put(String path, byte[] json) throws Exception {
    return send(
        request(path, reader)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(json))
            .build());
  }

  Reply found(byte[] json) throws Exception {
    return accepted("founding", () -> send(post("/v1/council", reader, "founding", json)));
  }

  /** Once, whatever comes back. */
  Reply asVoter(String path, byte[] json) throws Exception {
    return send(post(path, voter, null, json));
  }

  /** Once, whatever comes back. */
  Reply tryVote(Ballots.Prepared ballot) throws Exception {
    return send(vote(ballot));
  }

  /** Again while the council is busy. */
  Reply voteAccepted(Ballots.Prepared ballot) throws Exception {
    return accepted("vote", () -> tryVote(ballot));
  }

  CompletableFuture<HttpResponse<byte[]>> voteInFlight(Ballots.Prepared ballot) {
    return http.sendAsync(vote(ballot), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest vote(Ballots.Prepared ballot) {
    return post(
        "/v1/proposals/" + ballot.caseId() + "/votes", voter, ballot.key(), ballot.signed());
  }

  private interface Call {
    Reply make() throws Exception;
  }

  private static Reply accepted(String what, Call call) throws Exception {
    return Await.present(
        what,
        () -> {
          Reply reply = call.make();
          if (reply.status() == 503) {
            return Optional.empty();
          }
          if (!reply.accepted()) {
            throw new AssertionError(what + " was answered " + reply);
          }
          return Optional.of(reply);
        });
  }

  private HttpRequest post(String path, String token, String key, byte[] json) {
    HttpRequest.Builder builder =
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    return (key == null ? builder : builder.header("Idempotency-Key", key)).build();
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(REQUEST_LIMIT)
            .header("Authorization", "Bearer " + token);
    long index = written.get();
    return index < 0 ? request : request.header(LOG_INDEX, Long.toString(index));
  }

  /** All our requests may be sent twice; a pooled connection may belong to a node that is gone. */
  private Reply send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException stale) {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
    OpenApi.check(
        request.method(),
        request.uri().getRawPath(),
        response.statusCode(),
        response.headers().firstValue("content-type").orElse(""),
        response.body());
    response
        .headers()
        .firstValueAsLong(LOG_INDEX)
        .ifPresent(index -> written.accumulateAndGet(index, Math::max));
    return new Reply(response.statusCode(), response.body());
  }
}
