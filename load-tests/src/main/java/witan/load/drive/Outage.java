package witan.load.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import witan.load.client.LoadClient;

/**
 * Looks from outside at an outage from its first moment on: every request is sent again, to the
 * living nodes in turn, until it is answered; what is measured is when.
 */
public final class Outage {
  private static final Duration TRY_LIMIT = Duration.ofSeconds(2);
  private static final Duration STATUS_LIMIT = Duration.ofSeconds(6);
  private static final long PAUSE_MS = 500;
  private static final long LOOK_MS = 200;

  /** In place of a time, of what was not answered within the limit, or refused. */
  public static final long NEVER = Long.MAX_VALUE;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TRY_LIMIT)
          .build();
  private final List<String> living;
  private final String token;
  private final long begin;
  private final Duration limit;
  private final AtomicLong tries = new AtomicLong();
  private final ConcurrentMap<Integer, AtomicLong> refusals = new ConcurrentHashMap<>();

  /**
   * Begins now.
   *
   * @param living base URLs
   * @param begin of the outage, as {@link System#nanoTime}
   * @param limit after which what was not answered counts as never
   */
  public Outage(List<String> living, String token, long begin, Duration limit) {
    this.living = List.copyOf(living);
    this.token = token;
    this.begin = begin;
    this.limit = limit;
  }

  private long since() {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /** Milliseconds after the begin at which each was answered, or {@link #NEVER}; sorted. */
  public CompletableFuture<List<Long>> answered(List<OpenCases.Case> ballots) {
    List<CompletableFuture<Long>> each = new ArrayList<>();
    for (int i = 0; i < ballots.size(); i++) {
      CompletableFuture<Long> answer = new CompletableFuture<>();
      send(ballots.get(i), i, answer);
      each.add(answer);
    }
    return CompletableFuture.allOf(each.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> each.stream().map(CompletableFuture::join).sorted().toList());
  }

  private void send(OpenCases.Case ballot, int turn, CompletableFuture<Long> answer) {
    if (since() > limit.toMillis()) {
      answer.complete(NEVER);
      return;
    }
    tries.incrementAndGet();
    HttpRequest request =
        request(living.get(Math.floorMod(turn, living.size())) + ballot.path())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", ballot.digest())
            .POST(HttpRequest.BodyPublishers.ofByteArray(ballot.body()))
            .build();
    var unused =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
            .whenComplete(
                (response, failure) -> {
                  int status = failure == null ? response.statusCode() : 0;
                  if (status / 100 == 2) {
                    answer.complete(since());
                    return;
                  }
                  refusals.computeIfAbsent(status, s -> new AtomicLong()).incrementAndGet();
                  if (status / 100 == 4 && status != 429) {
                    answer.complete(NEVER);
                    return;
                  }
                  Executor later =
                      CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);
                  later.execute(() -> send(ballot, turn + 1, answer));
                });
  }

  private HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri))
        .timeout(TRY_LIMIT)
        .header("Authorization", "Bearer " + token);
  }

  /** How often was asked, and the answers that were not accepted by status (0: none). */
  public String effort() {
    return tries + " tries, not accepted " + new TreeMap<>(refusals);
  }

  /**
   * Watches a living node's view of the cluster until a new anchor is there, or the limit is over.
   *
   * @param victim host:port of the node that died
   * @param anchored entries that were anchored before
   * @return milliseconds by what was seen: suspected, removed, sequencer, anchored
   */
  public Map<String, Long> watch(String victim, long anchored) throws InterruptedException {
    Map<String, Long> seen = new TreeMap<>();
    CountDownLatch never = new CountDownLatch(1);
    while (since() < limit.toMillis() && seen.size() < 4) {
      try {
        look(victim, anchored, seen);
      } catch (IOException e) {
        seen.putIfAbsent("status did not answer", since());
      }
      var unused = never.await(LOOK_MS, TimeUnit.MILLISECONDS);
    }
    return seen;
  }

  private void look(String victim, long anchored, Map<String, Long> seen)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            request(living.get(0) + "/v1/status").timeout(STATUS_LIMIT).GET().build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      return;
    }
    JsonNode status = LoadClient.JSON.readTree(response.body());
    boolean there = false;
    for (JsonNode member : status.path("members")) {
      if (member.path("node").asText().equals(victim)) {
        there = true;
        if (!member.path("reachable").asBoolean()) {
          seen.putIfAbsent("suspected", since());
        }
      }
    }
    if (!there) {
      seen.putIfAbsent("removed", since());
    }
    String sequencer = status.path("sequencer").asText("");
    if (!sequencer.isEmpty() && !sequencer.equals("null") && !sequencer.equals(victim)) {
      seen.putIfAbsent("sequencer", since());
    }
    if (status.path("anchors").path("anchoredSize").asLong() > anchored) {
      seen.putIfAbsent("anchored", since());
    }
  }
}
