package witan.load.drive;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.load.client.LoadClient;

/** Keeps observations in their order, and writes each to a file at once. Thread-safe. */
public final class History implements AutoCloseable {
  private final List<Observation> seen = new ArrayList<>();
  private final @Nullable BufferedWriter file;

  /** Appends to the file, if there is one. */
  public History(@Nullable Path file) throws IOException {
    this.file =
        file == null
            ? null
            : Files.newBufferedWriter(
                file,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
  }

  public static List<Observation> read(Path file) throws IOException {
    List<Observation> seen = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      seen.add(LoadClient.JSON.readValue(line, Observation.class));
    }
    return seen;
  }

  public synchronized void add(Observation observation) {
    seen.add(observation);
    if (file != null) {
      try {
        file.write(LoadClient.JSON.writeValueAsString(observation));
        file.newLine();
        // A run that is killed shall leave what it knew.
        file.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public synchronized List<Observation> all() {
    return List.copyOf(seen);
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
