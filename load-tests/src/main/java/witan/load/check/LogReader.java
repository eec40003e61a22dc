package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import witan.load.client.LoadClient;
import witan.load.crypto.Note;

/**
 * Copies the log: the bytes from its entry tiles, the values from the event stream. Reads on where
 * it stopped. For one thread.
 */
final class LogReader {
  private static final int TILE = 256;
  private static final Duration STREAM_LIMIT = Duration.ofMinutes(2);
  private static final long PAUSE_MS = 200;

  private final LoadClient api;
  private final List<byte[]> bytes = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private String checkpoint = "";

  LogReader(LoadClient api) {
    this.api = api;
  }

  String checkpoint() {
    return checkpoint;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Reads up to the published checkpoint. */
  void read() throws IOException, InterruptedException {
    checkpoint = api.get("/checkpoint").text();
    long size = Note.parse(checkpoint).size();
    for (long tile = bytes.size() / TILE; tile * TILE < size; tile++) {
      int width = (int) Math.min(TILE, size - tile * TILE);
      readTile(tile, width);
    }
    readValues(size);
  }

  private void readTile(long tile, int width) throws IOException, InterruptedException {
    String path = "/tile/entries/" + groups(tile) + (width < TILE ? ".p/" + width : "");
    LoadClient.Answer answer = api.get(path);
    if (!answer.accepted()) {
      throw new IOException("GET " + path + ": " + answer.status());
    }
    ByteBuffer buffer = ByteBuffer.wrap(answer.body());
    for (int i = 0; i < width; i++) {
      byte[] entry = new byte[Short.toUnsignedInt(buffer.getShort())];
      buffer.get(entry);
      if (tile * TILE + i == bytes.size()) {
        bytes.add(entry);
      }
    }
  }

  /** C2SP tlog-tiles: 1234067 is x001/x234/067. */
  static String groups(long number) {
    String text = String.format("%03d", number % 1000);
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      text = String.format("x%03d/", rest % 1000) + text;
    }
    return text;
  }

  private void readValues(long size) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + STREAM_LIMIT.toNanos();
    int turn = 0;
    String last = "it ended";
    while (entries.size() < size) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the event stream stopped at " + entries.size() + " of " + size + ": " + last);
      }
      String base = api.bases().get(turn++ % api.bases().size());
      try (BufferedReader stream =
          new BufferedReader(
              new InputStreamReader(
                  api.stream(base, "/v1/events?from=" + entries.size()), StandardCharsets.UTF_8))) {
        follow(stream, size, deadline);
      } catch (IOException e) {
        last = base + ": " + e;
        Thread.sleep(PAUSE_MS);
      }
    }
  }

  private void follow(BufferedReader stream, long size, long deadline) throws IOException {
    String line;
    while (entries.size() < size
        && System.nanoTime() < deadline
        && (line = stream.readLine()) != null) {
      if (!line.startsWith("data:")) {
        continue;
      }
      JsonNode event = LoadClient.JSON.readTree(line.substring("data:".length()));
      int index = entries.size();
      Entry entry = Entry.of(index, bytes.get(index), event.path("event"));
      if (event.path("index").asLong() != index
          || !event.path("pid").asText().equals(entry.pid())
          || event.path("seq").asLong() != entry.seq()
          || !event.path("type").asText().equals(entry.type())
          || !event.path("actor").asText().equals(entry.actor())) {
        throw new IllegalStateException(
            "the event stream does not show the log: " + entry + " is shown as " + line);
      }
      entries.add(entry);
    }
  }
}
