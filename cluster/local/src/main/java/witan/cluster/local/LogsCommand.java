package witan.cluster.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.DataOptions;

/** {@code witan logs}. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "The end of what a process of the local stack wrote, running or not.")
public final class LogsCommand implements Callable<Integer> {
  private static final int MOST_LINES = 10_000;

  /** Of the file's end; longer lines than that are none of ours. */
  private static final int MOST_BYTES = 8 << 20;

  private static final long LOOK_MS = 200;

  @Mixin DataOptions options = new DataOptions();

  @Parameters(
      paramLabel = "WHICH",
      defaultValue = "1",
      description = "number of a node, supervisor, database or chain (default: ${DEFAULT-VALUE})")
  String which = "1";

  @Option(
      names = {"-f", "--follow"},
      description = "stay, and show what is added")
  boolean follow;

  @Option(
      names = "--lines",
      description = "so many of the last ones, 1 to " + MOST_LINES + " (default: ${DEFAULT-VALUE})")
  int lines = 100;

  @Override
  public Integer call() throws Exception {
    if (lines < 1 || lines > MOST_LINES) {
      throw new StartException("--lines is 1 to " + MOST_LINES);
    }
    Path file = file(options.folder(), which);
    if (!Files.exists(file)) {
      throw new StartException("there is no log at " + file + "; it was never started here");
    }
    PrintStream out = System.out;
    long shown = showEnd(file, lines, out);
    while (follow) {
      Thread.sleep(LOOK_MS);
      shown = showMore(file, shown, out);
    }
    return 0;
  }

  static Path file(DataFolder folder, String which) {
    return switch (which) {
      case "supervisor" -> folder.logs().resolve("supervisor.log");
      case "database", "cassandra" -> folder.cassandra().resolve("logs/cassandra.log");
      case "chain" -> folder.chain().resolve("state.json.log");
      default -> {
        if (!which.matches("[1-9][0-9]?")) {
          throw new StartException(
              "'" + which + "' is no number of a node, nor supervisor, database or chain");
        }
        yield folder.logs().resolve("node-" + which + ".out");
      }
    };
  }

  /** Where the file ended. */
  static long showEnd(Path file, int lines, OutputStream out) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long end = log.length();
      byte[] tail = new byte[(int) Math.min(end, MOST_BYTES)];
      log.seek(end - tail.length);
      log.readFully(tail);
      int begin = tail.length;
      int left = lines;
      while (begin > 0 && (tail[begin - 1] != '\n' || begin == tail.length || --left > 0)) {
        begin--;
      }
      out.write(tail, begin, tail.length - begin);
      out.flush();
      return end;
    }
  }

  /** From there on; from the beginning where the file was begun anew. */
  private static long showMore(Path file, long from, OutputStream out) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long end = log.length();
      long begin = end < from ? 0 : from;
      byte[] more = new byte[(int) Math.min(end - begin, MOST_BYTES)];
      log.seek(begin);
      log.readFully(more);
      out.write(more);
      out.flush();
      return begin + more.length;
    }
  }
}
