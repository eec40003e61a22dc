package witan.cluster.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/** Prints the event stream as it comes, and lets the story wait for an event. */
final class Timeline implements AutoCloseable {
  private static final long LOOK_MS = 20;

  private final DemoCouncil council;
  private final Instant begin;
  private final Stream<String> stream;
  private final ConcurrentLinkedQueue<JsonNode> seen = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  Timeline(DemoCouncil council, Instant begin, Stream<String> stream) {
    this.council = council;
    this.begin = begin;
    this.stream = stream;
    Thread reader = new Thread(this::follow, "timeline");
    reader.setDaemon(true);
    reader.start();
  }

  private void follow() {
    try {
      stream
          .filter(line -> line.startsWith("data:"))
          .map(line -> line.substring("data:".length()).strip())
          .filter(data -> !data.isEmpty())
          .map(data -> Json.parse(data.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT))
          .forEach(this::show);
    } catch (UncheckedIOException e) {
      if (!closed) {
        System.out.println("  (the event stream ended: " + e.getMessage() + ")");
      }
    }
  }

  private void show(JsonNode event) {
    EventLine.of(event, council)
        .ifPresent(
            text ->
                line(
                    Instant.parse(event.get("at").textValue()),
                    "log #" + event.get("index").asText(),
                    text));
    seen.add(event);
  }

  /** A line that is not from the log. */
  void say(String text) {
    line(Instant.now(), "", text);
  }

  private synchronized void line(Instant at, String where, String text) {
    double seconds = Duration.between(begin, at).toMillis() / 1000.0;
    System.out.printf("  %+8.3f s  %-9s  %s%n", seconds, where, text);
  }

  /** The first event that fits, seen already or yet to come. */
  JsonNode await(String what, Predicate<JsonNode> fits, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<JsonNode> found = seen.stream().filter(fits).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(LOOK_MS);
    }
    throw new IllegalStateException(
        what + " did not happen within " + limit.toSeconds() + " s; ./witan status tells more");
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
  }
}
