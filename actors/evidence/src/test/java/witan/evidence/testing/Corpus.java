package witan.evidence.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Test inputs that nobody of this project wrote. */
public final class Corpus {
  private Corpus() {}

  /** Skips the test, loudly, if the corpus is absent. */
  public static Path folder(String relative) {
    String given = System.getProperty("witan.corpus");
    Path root =
        given != null
            ? Path.of(given)
            : Path.of(System.getProperty("witan.root", "."), "..", "shared", "corpus");
    Path folder = root.resolve(relative);
    assumeTrue(Files.isDirectory(folder), () -> "SKIPPED, NOTHING PROVED: no corpus at " + folder);
    return folder;
  }
}
