package witan.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.Alerts;
import witan.load.drive.Council;

/** {@code flood}: figures, never a pass or a fail. */
@Command(
    name = "flood",
    mixinStandardHelpOptions = true,
    description =
        "Sends one node more new alerts at once than it serves, without any pause, and tells what"
            + " came back (503 with Retry-After is the right refusal), how much memory the node"
            + " took, and how soon it answers again when the flood is over.")
final class FloodCommand implements Callable<Integer> {
  private static final int MEMBERS = 40;

  @Mixin Target target = new Target();

  @Option(
      names = "--at-once",
      defaultValue = "900",
      description = "requests under way at once (default: ${DEFAULT-VALUE})")
  int atOnce;

  @Option(
      names = "--seconds",
      defaultValue = "40",
      description = "how long (default: ${DEFAULT-VALUE})")
  int seconds;

  private final Map<String, AtomicLong> outcomes = new ConcurrentSkipListMap<>();

  @Override
  public Integer call() throws Exception {
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    var unused = Council.in(api, stack.data(), new Council.Plan(MEMBERS, Duration.ofHours(12)));
    String base = api.bases().get(0);
    ProcessHandle node = stack.nodes().values().iterator().next();
    String token = stack.token();
    System.out.println("before: " + memory(node));
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Semaphore room = new Semaphore(atOnce);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    String run = "flood-" + Long.toString(System.nanoTime(), 36);
    long number = 0;
    long nextReport = System.nanoTime();
    while (System.nanoTime() < end) {
      room.acquire();
      send(http, base, token, Alerts.falco(run + "-" + number++, "Notice"), room);
      if (System.nanoTime() > nextReport) {
        System.out.println("  " + outcomes + "  " + memory(node));
        nextReport += TimeUnit.SECONDS.toNanos(5);
      }
    }
    room.acquire(atOnce);
    System.out.println("at the end: " + outcomes + "  " + memory(node));
    long over = System.nanoTime();
    LoadClient.Answer after = api.post("/v1/alerts", Alerts.falco(run + "-after", "Notice"), null);
    System.out.printf(
        Locale.ROOT,
        "after the flood: %d after %.2f s, %d tries; ready: %s%n",
        after.status(),
        (System.nanoTime() - over) / 1e9,
        after.attempts(),
        api.get("/v1/health/ready").status());
    return 0;
  }

  private void send(HttpClient http, String base, String token, byte[] alert, Semaphore room) {
    var unused =
        http.sendAsync(
                HttpRequest.newBuilder(URI.create(base + "/v1/alerts"))
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(alert))
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .whenComplete(
                (response, failure) -> {
                  outcomes
                      .computeIfAbsent(outcome(response, failure), o -> new AtomicLong())
                      .incrementAndGet();
                  room.release();
                });
  }

  private static String outcome(@Nullable HttpResponse<?> response, @Nullable Throwable failure) {
    if (response != null) {
      boolean pause = response.headers().firstValue("Retry-After").isPresent();
      return response.statusCode() + (pause ? " with Retry-After" : "");
    }
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause);
  }

  private static String memory(ProcessHandle node) throws java.io.IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(node.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return "resident " + line.substring("VmRSS:".length()).strip();
      }
    }
    return "resident ?";
  }
}
