package witan.cluster.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.StartException;

class IngestTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("alerts.ndjson"), text);
  }

  @Test
  void partsAreWholeLines() throws IOException {
    String line = "x".repeat(999) + "\n";
    try (RandomAccessFile file =
        new RandomAccessFile(file(line.repeat(1_000) + "tail").toFile(), "r")) {
      byte[] first = Ingest.part(file, 0, true);
      assertEquals(0, first.length % 1_000);
      byte[] second = Ingest.part(file, first.length, true);
      assertEquals(1_000_000, first.length + second.length);
      assertEquals(0, Ingest.part(file, 1_000_000, true).length, "the line may not be whole yet");
      assertArrayEquals(
          "tail".getBytes(StandardCharsets.UTF_8), Ingest.part(file, 1_000_000, false));
    }
  }

  @Test
  void aPartIsSentAgainUntilItIsAnswered() throws Exception {
    try (Busy council = new Busy(1)) {
      Ingest.Counts counts = council.ingest(Ingest.MOST_TRIES).run(file("a\nb\nc\n"), false);
      assertEquals(2, counts.accepted());
      assertEquals(1, counts.refused());
      assertEquals(2L, counts.outcomes().get("opened"));
      assertEquals(List.of("a\nb\nc\n", "a\nb\nc\n"), council.bodies);
    }
  }

  @Test
  void aCouncilThatIsAlwaysBusyIsGivenUp() throws Exception {
    try (Busy council = new Busy(Integer.MAX_VALUE)) {
      Ingest ingest = council.ingest(2);
      Path alerts = file("a\n");
      StartException given = assertThrows(StartException.class, () -> ingest.run(alerts, false));
      assertTrue(given.getMessage().contains("busy 2 times"), given.getMessage());
      assertEquals(2, council.bodies.size());
    }
  }

  /** Answers 429 so many times, then takes what comes. */
  private static final class Busy implements AutoCloseable {
    final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    Busy(int times) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/alerts",
          exchange -> {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean now = bodies.size() > times;
            byte[] answer =
                (now
                        ? "{\"accepted\":2,\"refused\":1,"
                            + "\"outcomes\":{\"opened\":2,\"refused\":1}}"
                        : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(now ? 202 : 429, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
    }

    Ingest ingest(int mostTries) {
      return new Ingest(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
          "t",
          "falco",
          new ProgressBar(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)),
          mostTries);
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void theBarSaysHowFarItIs() {
    assertEquals(
        "[###############...............]  50%  1,234 taken, 2 refused",
        ProgressBar.line(50, 100, 1_234, 2));
    assertEquals(
        "[##############################] 100%  0 taken, 0 refused", ProgressBar.line(0, 0, 0, 0));
  }
}
