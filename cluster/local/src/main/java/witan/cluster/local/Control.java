package witan.cluster.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;

/**
 * Requests to the supervisor: files in the run folder, so that who may write there may ask, and
 * nobody else. A request is one line in {@code <id>.ask}; the answer {@code <id>.answer} begins
 * with {@code ok} or {@code refused}. Both are renamed into place, so nobody reads half of one.
 */
final class Control {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final long LOOK_MS = 50;
  private static final String OK = "ok ";
  private static final String REFUSED = "refused ";

  private final Path folder;

  Control(DataFolder data) {
    this.folder = data.control();
  }

  /**
   * Asks the supervisor and waits for its answer.
   *
   * @throws StartException with the supervisor's reason, or when it does not answer
   */
  String ask(String request) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String id = UUID.randomUUID().toString();
    Path ask = folder.resolve(id + ".ask");
    Path answer = folder.resolve(id + ".answer");
    write(ask, request);
    long deadline = System.nanoTime() + ANSWER_LIMIT.toNanos();
    while (!Files.exists(answer)) {
      if (System.nanoTime() > deadline) {
        Files.deleteIfExists(ask);
        throw new StartException(
            "the supervisor did not answer within " + ANSWER_LIMIT.toSeconds() + " s");
      }
      Thread.sleep(LOOK_MS);
    }
    String text = Files.readString(answer);
    Files.delete(answer);
    if (text.startsWith(OK)) {
      return text.substring(OK.length());
    }
    throw new StartException(text.substring(REFUSED.length()));
  }

  /** Answers what was asked; a request whose asker gave up is gone. */
  void answer(Function<String, String> handler) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> asked;
    try (Stream<Path> files = Files.list(folder)) {
      asked = files.filter(file -> file.toString().endsWith(".ask")).sorted().toList();
    }
    for (Path ask : asked) {
      String request = Files.readString(ask);
      Files.delete(ask);
      String id = ask.getFileName().toString().replace(".ask", "");
      String answer;
      try {
        answer = OK + handler.apply(request);
      } catch (RuntimeException e) {
        answer = REFUSED + e.getMessage();
      }
      System.out.println(java.time.Instant.now() + " asked: " + request + ": " + answer);
      write(folder.resolve(id + ".answer"), answer);
    }
  }

  /** What was asked of an earlier supervisor is not asked of this one. */
  void clear() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, text);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
