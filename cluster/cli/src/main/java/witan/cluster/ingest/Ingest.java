package witan.cluster.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import witan.cluster.StartException;
import witan.cluster.client.AlertPost;
import witan.cluster.client.ApiRefusedException;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/**
 * Posts a file in parts of whole lines, each part again until it is answered: 429 and 503 say when,
 * and without an answer nobody knows what was taken, but what was taken is a duplicate then. After
 * five minutes of that it gives up.
 */
final class Ingest {
  private static final int PART = 1 << 19;
  private static final int LIMIT = 8 << 20;
  static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AlertPost council;
  private final String query;
  private final String token;
  private final ProgressBar progress;
  private final UnaryOperator<byte[]> made;
  private final Map<String, Long> outcomes = new TreeMap<>();
  private long accepted;
  private long refused;

  /**
   * Posts what is made of the file's lines.
   *
   * @param made lines of lines; called once for each part
   */
  Ingest(
      AlertPost council,
      String token,
      @Nullable String format,
      ProgressBar progress,
      UnaryOperator<byte[]> made) {
    this.council = council;
    this.query =
        format == null ? "" : "?format=" + URLEncoder.encode(format, StandardCharsets.UTF_8);
    this.token = token;
    this.progress = progress;
    this.made = made;
  }

  /** What became of the lines. */
  record Counts(long accepted, long refused, Map<String, Long> outcomes) {}

  /**
   * Returns at the end of the file.
   *
   * @param follow never returns, but waits for more; a last line without an end is waited for
   */
  Counts run(Path path, boolean follow) throws IOException, InterruptedException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long at = 0;
      while (true) {
        byte[] part = part(file, at, follow);
        if (part.length > 0) {
          post(made.apply(part));
          at += part.length;
          progress.show(at, file.length(), accepted, refused);
        } else if (follow) {
          Thread.sleep(PAUSE.toMillis());
        } else {
          progress.end();
          return new Counts(accepted, refused, Map.copyOf(outcomes));
        }
      }
    }
  }

  /** Whole lines from there; of a file that is not followed, the last line may lack its end. */
  static byte[] part(RandomAccessFile file, long at, boolean follow) throws IOException {
    for (int size = PART; ; size *= 2) {
      long left = file.length() - at;
      byte[] bytes = new byte[(int) Math.max(0, Math.min(size, left))];
      file.seek(at);
      file.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      if (end > 0) {
        return Arrays.copyOf(bytes, end);
      }
      if (bytes.length == left) {
        return follow ? new byte[0] : bytes;
      }
      if (size >= LIMIT) {
        throw new StartException("a line of the file has more than " + LIMIT + " bytes");
      }
    }
  }

  private void post(byte[] lines) throws IOException, InterruptedException {
    Instant begin = Instant.now();
    while (true) {
      HttpResponse<byte[]> answer = council.post(query, token, lines);
      if (answer.statusCode() == 202) {
        count(answer.body());
        return;
      }
      boolean patient = Instant.now().isBefore(begin.plus(PATIENCE));
      if ((answer.statusCode() != 429 && answer.statusCode() != 503) || !patient) {
        throw ApiRefusedException.of(answer);
      }
      long seconds = answer.headers().firstValueAsLong("retry-after").orElse(1);
      Thread.sleep(Duration.ofSeconds(Math.min(60, Math.max(1, seconds))).toMillis());
    }
  }

  private void count(byte[] body) {
    JsonNode json = Json.parse(body, Limits.ofBytes(64 << 20));
    accepted += json.path("accepted").asLong();
    refused += json.path("refused").asLong();
    json.path("outcomes")
        .properties()
        .forEach(e -> outcomes.merge(e.getKey(), e.getValue().asLong(), Long::sum));
  }
}
