package witan.log;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

  public static List<Path> jsonFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
