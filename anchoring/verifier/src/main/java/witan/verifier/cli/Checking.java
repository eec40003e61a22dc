package witan.verifier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import witan.codec.json.JsonRefused;
import witan.verifier.Trust;
import witan.verifier.report.CouldNotCheck;
import witan.verifier.report.Report;

/** What the commands share: reading files within limits, the report and its exit code. */
abstract class Checking implements Callable<Integer> {
  private static final int MAX_TRUST = 1 << 16;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the report as one JSON document.")
  private boolean json;

  /**
   * Adds checks to the report.
   *
   * @throws CouldNotCheck if a file cannot be used
   */
  abstract void check(Report report);

  /** What is looked at. */
  abstract String subject();

  @Override
  public final Integer call() {
    Report report = new Report(subject());
    try {
      check(report);
    } catch (CouldNotCheck e) {
      report.check(
          "files",
          () -> {
            throw e;
          });
    }
    spec.commandLine().getOut().print(json ? report.json() : report.text());
    spec.commandLine().getOut().flush();
    return report.verdict().exitCode();
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
