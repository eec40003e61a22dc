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

/** What the commands share: reading files within limits, the report and its exit code. */
abstract class Checking implements Callable<Integer> {
  private static final int MAX_TRUST = 1 << 16;

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

  private static Report report(Check check) {
    Report report = new Report(check.subject());
    try {
      check.run().accept(report);
    } catch (CouldNotCheck e) {
      report.check(
          "files",
          () -> {
            throw e;
          });
    }
    return report;
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
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new CouldNotCheck(file + " has more than " + limit + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new CouldNotCheck(file + " cannot be read: " + e);
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
