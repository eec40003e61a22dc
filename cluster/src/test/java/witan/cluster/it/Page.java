package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import witan.dev.WitanRoot;

/**
 * The commands of a page of {@code docs}, as a reader would type them. A block is what stands
 * between {@code ```sh} and {@code ```}; a word after it is the block's kind, {@code ```sh node}.
 */
record Page(List<Block> blocks) {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  Page {
    blocks = List.copyOf(blocks);
  }

  /**
   * A block.
   *
   * @param kind empty for what is simply typed
   */
  record Block(String kind, String text) {}

  static Page read(String name) throws IOException {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = null;
    String kind = "";
    for (String line : Files.readAllLines(WitanRoot.find().resolve("docs").resolve(name))) {
      if (text == null && line.matches("```sh( [a-z]+)?")) {
        kind = line.substring("```sh".length()).strip();
        text = new StringBuilder();
      } else if (text != null && line.equals("```")) {
        blocks.add(new Block(kind, text.toString()));
        text = null;
      } else if (text != null) {
        text.append(line).append('\n');
      }
    }
    return new Page(blocks);
  }

  /** All of that kind, in their order. */
  String text(String kind) {
    StringBuilder text = new StringBuilder();
    blocks.stream().filter(block -> block.kind().equals(kind)).forEach(b -> text.append(b.text()));
    return text.toString();
  }

  /**
   * Types a script into a shell that ends at the first command that fails, in a folder where {@code
   * ./witan} is the launcher of this checkout.
   *
   * @return what was printed, the commands too
   */
  static String type(Path folder, Map<String, String> environment, String script)
      throws IOException, InterruptedException {
    Path link = folder.resolve("witan");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, WitanRoot.find().resolve("witan"));
    }
    Path output = Files.createTempFile(folder, "typed", ".txt");
    Path file = Files.writeString(Files.createTempFile(folder, "page", ".sh"), script);
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-x", file.toString())
            .directory(folder.toFile())
            .redirectInput(new java.io.File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().keySet().removeIf(name -> name.startsWith("WITAN_"));
    shell.environment().put("WITAN_BUILT", "1");
    shell.environment().putAll(environment);
    Process typed = shell.start();
    try {
      boolean ended = typed.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      String said = Files.readString(output);
      assertEquals(0, ended ? typed.exitValue() : -1, () -> said);
      return said;
    } finally {
      typed.descendants().forEach(ProcessHandle::destroy);
      typed.destroy();
    }
  }
}
