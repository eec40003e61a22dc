package witan.codec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Events that others wrote; they lie beside the checkout, not in it. */
public final class Corpus {
  private Corpus() {}

  /** One document per line; where the corpus is absent the test is skipped, loudly. */
  public static List<String> lines(String set) throws IOException {
    String root = System.getProperty("witan.root", "../..");
    Path corpus = Path.of(System.getProperty("witan.corpus", root + "/../shared/corpus"));
    Path file = corpus.resolve(set).resolve("events.ndjson");
    if (!Files.exists(file)) {
      System.err.println("SKIPPED: there is no corpus at " + file.toAbsolutePath());
    }
    assumeTrue(Files.exists(file), "no corpus at " + file);
    return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
  }
}
