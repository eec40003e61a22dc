package witan.cluster.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.client.AlertPost;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.detection.AlertSignature;
import witan.log.checkpoint.NoteSigner;
import witan.signing.AlertSignatures;

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
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/alerts",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          boolean now = bodies.size() > 1;
          byte[] answer =
              (now
                      ? "{\"accepted\":2,\"refused\":1,\"outcomes\":{\"opened\":2,\"refused\":1}}"
                      : "{}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Retry-After", "1");
          exchange.sendResponseHeaders(now ? 202 : 429, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      URI council = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      Ingest.Counts counts =
          new Ingest(
                  AlertPost.to(council),
                  "t",
                  "falco",
                  new ProgressBar(
                      new PrintStream(
                          OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)),
                  UnaryOperator.identity())
              .run(file("a\nb\nc\n"), false);
      assertEquals(2, counts.accepted());
      assertEquals(1, counts.refused());
      assertEquals(2L, counts.outcomes().get("opened"));
      assertEquals(List.of("a\nb\nc\n", "a\nb\nc\n"), bodies);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void eachLineIsSignedAndTheSameLineIsTheSameAlert() {
    NoteSigner falco = NoteSigner.generate("falco-1", new SecureRandom());
    SignedLines lines =
        new SignedLines(falco, "acme", () -> Instant.parse("2026-11-30T17:00:00.123456Z"));

    byte[] two = lines.of("{\"a\":1}\n\n{\"a\":1}\n".getBytes(StandardCharsets.UTF_8));
    List<String> signed = new String(two, StandardCharsets.UTF_8).lines().toList();

    assertEquals(2, signed.size());
    assertEquals(signed.get(0), signed.get(1));
    JsonNode inner =
        Json.parse(signed.get(0).getBytes(StandardCharsets.UTF_8), Limits.DEFAULT)
            .get("signedAlert");
    assertEquals("{\"a\":1}", inner.get("alert").asText());
    assertEquals("2026-11-30T17:00:00.123Z", inner.get("time").asText());
    Digest raw = new JcsContentHasher().text("{\"a\":1}");
    AlertSignature expected =
        AlertSignatures.sign(
            falco, "acme", raw.hex(), Instant.parse("2026-11-30T17:00:00.123Z"), raw);
    assertEquals(expected.signature(), inner.get("signature").asText());
    assertEquals(falco.key().vkey(), inner.get("key").asText());
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
