package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.cluster.client.ApiClient;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/**
 * The events of one case as they are logged. A connection that breaks or falls silent is made anew
 * from the last event on (Last-Event-ID), so that none is missed and none comes twice; where no
 * connection gives anything for the whole of {@code patience}, it fails. Not thread-safe.
 */
final class CaseFeed implements AutoCloseable {
  /** The council sends a comment every few seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int BUFFER = 64;

  private final ApiClient api;
  private final String caseId;
  private final long from;
  private final String token;
  private final Duration patience;
  private final Queue<JsonNode> ready = new ArrayDeque<>();
  private @Nullable Connection connection;
  private long last = -1;

  CaseFeed(ApiClient api, String caseId, long from, String token, Duration patience) {
    this.api = api;
    this.caseId = caseId;
    this.from = from;
    this.token = token;
    this.patience = patience;
  }

  /** Waits for the next one; empty where the council says only that it is there. */
  Optional<JsonNode> next() throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (ready.isEmpty()) {
      try {
        Connection open = connection == null ? connect() : connection;
        String line = open.line();
        giveUp = System.nanoTime() + patience.toNanos();
        if (line.startsWith(":")) {
          return Optional.empty();
        }
        take(line);
      } catch (IOException e) {
        close();
        if (System.nanoTime() > giveUp) {
          throw e;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
    return Optional.of(ready.remove());
  }

  private Connection connect() throws IOException, InterruptedException {
    Connection made = new Connection(api.events(caseId, from, last, token));
    connection = made;
    return made;
  }

  private void take(String line) {
    if (line.startsWith("data:")) {
      JsonNode event =
          Json.parse(
              line.substring("data:".length())
                  .trim()
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8),
              Limits.ofBytes(8 << 20));
      last = event.path("index").asLong();
      ready.add(event);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  /** Reads in a thread of its own, so that silence can be told from patience. */
  private static final class Connection implements AutoCloseable {
    private static final String END = "\0";

    private final Stream<String> stream;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(BUFFER);
    private final Thread reader;

    Connection(Stream<String> stream) {
      this.stream = stream;
      this.reader = new Thread(this::read, "witan-watch");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try {
        Iterator<String> each = stream.iterator();
        while (each.hasNext()) {
          lines.put(each.next());
        }
        lines.put(END);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException broken) {
        // A connection that breaks ends like one that is ended.
        while (!reader.isInterrupted() && !lines.offer(END)) {
          lines.poll();
        }
      }
    }

    String line() throws IOException, InterruptedException {
      String line = lines.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new IOException("the event stream fell silent");
      }
      if (line.equals(END)) {
        throw new IOException("the event stream ended");
      }
      return line;
    }

    @Override
    public void close() {
      reader.interrupt();
      stream.close();
    }
  }
}
