package witan.verifier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.codec.json.JsonRefused;
import witan.evidence.CouldNotCheck;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.verifier.log.Unreadable;

/** What the commands share: reading files within limits, the report and its exit code. */
abstract class Checking implements Callable<Integer> {
  private static final int MAX_TRUST = 1 << 16;

  /** What a document of many small values takes when it is read and written again. */
  private static final int MEMORY_PER_BYTE = 16;

  private static final int MIN_BYTES = 1 << 20;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print each report as one JSON document, on a line.")
  private boolean json;

  /**
   * A report to make.
   *
   * @param subject what is looked at
   * @param run adds checks to the report; throws CouldNotCheck if a file cannot be used
   */
  record Check(String subject, Consumer<Report> run) {}

  /** At least one; each gets a report of its own. */
  abstract List<Check> checks();

  /** Each report is printed when it is made; the exit code is the worst. */
  @Override
  public final Integer call() {
    Verdict worst = Verdict.PROVEN;
    for (Check check : checks()) {
      Report report = report(check);
      spec.commandLine().getOut().print(json ? report.json() : report.text());
      spec.commandLine().getOut().flush();
      worst = worst.and(report.verdict());
    }
    return worst.exitCode();
  }

  /** Whatever goes wrong is an answer: an end without one would read as a disproof. */
  private static Report report(Check check) {
    Report report = new Report(check.subject());
    try {
      check.run().accept(report);
    } catch (CouldNotCheck e) {
      report.check("files", () -> raise(e));
    } catch (OutOfMemoryError e) {
      report.check("memory", () -> raise(new CouldNotCheck("the memory is too small: " + e)));
    } catch (RuntimeException | StackOverflowError e) {
      report.check("program", () -> raise(new CouldNotCheck("it could not go on: " + e)));
    }
    return report;
  }

  private static String raise(CouldNotCheck e) {
    throw e;
  }

  /** Parses a file's bytes. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(byte[] bytes);
  }

  static <T> T read(Path file, int limit, Parser<T> parser) {
    byte[] bytes = bytes(file, limit);
    try {
      return parser.parse(bytes);
    } catch (JsonRefused | IllegalArgumentException e) {
      throw new CouldNotCheck(file + " cannot be read: " + e.getMessage());
    }
  }

  static byte[] bytes(Path file, int limit) {
    long fits = Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE;
    int most = (int) Math.min(limit, Math.max(MIN_BYTES, fits));
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new CouldNotCheck(
            file
                + " has more than "
                + most
                + " bytes"
                + (most < limit ? ", too many for this memory: give java a larger -Xmx" : ""));
      }
      return bytes;
    } catch (IOException e) {
      throw new CouldNotCheck(Unreadable.words(file, e));
    }
  }

  static Trust trust(Path file) {
    return read(file, MAX_TRUST, Trust::parse);
  }

  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    }
  }
}
