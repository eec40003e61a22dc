package witan.cluster.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import witan.cluster.it.traitor.Traitor;
import witan.dev.DevAuthority;
import witan.dev.ProcessRecord;

/** The traitor of a stack, as it is spoken to. It ends with this process too: its input ends. */
final class TraitorProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 90;

  private final Process process;
  private final Writer input;
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Path log;

  private TraitorProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "traitor");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Returns when it can act.
   *
   * @param own all that it has of a node
   */
  static TraitorProcess start(Stack stack, DevAuthority.Issued own) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            TestJvm.command(
                "256m",
                Traitor.class,
                "127.0.0.1:" + stack.environment().get("WITAN_REMOTE_PORT")));
    builder.environment().putAll(stack.environmentOf(own));
    builder.redirectErrorStream(true);
    ProcessRecord.started("traitor");
    TraitorProcess traitor =
        new TraitorProcess(builder.start(), stack.folder().resolve("traitor.log"));
    try {
      traitor.answer("its start");
      return traitor;
    } catch (Exception | AssertionError e) {
      traitor.close();
      throw e;
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Traitor.ANSWER)) {
          answers.add(line.substring(Traitor.ANSWER.length()));
        }
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException ended) {
      // Whoever waits for an answer says so.
    }
  }

  private JsonNode answer(String what) throws Exception {
    String line = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("the traitor does not answer to " + what + ": " + log);
    }
    JsonNode answer = JSON.readTree(line);
    if (answer.has(Traitor.FAILED)) {
      throw new AssertionError("the traitor cannot " + what + ": " + answer);
    }
    return answer;
  }

  /** An act and its arguments. */
  static ObjectNode words(String act) {
    return JSON.createObjectNode().put("act", act);
  }

  /** What came of it; fails where it could not even be tried. */
  JsonNode act(ObjectNode words) throws Exception {
    input.write(words + "\n");
    input.flush();
    return answer(words.toString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
