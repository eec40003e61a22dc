package witan.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was started, for whom, and how long it took: a line for each in the file that {@code
 * WITAN_PROCESS_RECORD} names, nothing where it names none. Processes hand the variable down, so
 * that what a launcher starts stands there too; {@code .ci/processes} makes a table of it.
 */
public final class ProcessRecord {
  /** The file. */
  public static final String FILE = "WITAN_PROCESS_RECORD";

  /** For whom, where the one who starts it is not the test itself. */
  public static final String FOR = "WITAN_PROCESS_FOR";

  private ProcessRecord() {}

  /** It was started; what must be waited for until it can be used says so with {@link #ready}. */
  public static void started(String name) {
    write("started", name, 0, 0);
  }

  /** It can be used, so many nanoseconds after its start, and took so much of a processor. */
  static void ready(String name, Process process, long nanos) {
    long cpu = process.toHandle().info().totalCpuDuration().map(used -> used.toMillis()).orElse(0L);
    write("ready", name, nanos / 1_000_000, cpu);
  }

  /** It was waited for so long until it had ended. */
  static void stopped(String name, long nanos) {
    write("stopped", name, nanos / 1_000_000, 0);
  }

  private static void write(String what, String name, long millis, long cpuMillis) {
    String file = System.getenv(FILE);
    if (file == null || file.isEmpty()) {
      return;
    }
    String line =
        String.join(
            "\t",
            Instant.now().toString(),
            starter(),
            what,
            name.replaceAll("[0-9]+$", "").strip(),
            Long.toString(millis),
            Long.toString(cpuMillis));
    try {
      Path path = Path.of(file);
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      // One write at the end of the file: those of other processes do not tear it.
      Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The test class that the caller's thread runs, else whom the environment names. */
  private static String starter() {
    return StackWalker.getInstance()
        .walk(ProcessRecord::test)
        .or(() -> Optional.ofNullable(System.getenv(FOR)))
        .orElse("shared");
  }

  private static Optional<String> test(Stream<StackWalker.StackFrame> frames) {
    return frames
        .map(frame -> frame.getClassName().replaceAll("[$].*", ""))
        .filter(name -> name.endsWith("IT") || name.endsWith("Test"))
        .reduce((inner, outer) -> outer);
  }
}
