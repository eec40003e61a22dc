package witan.verifier;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.verifier.cli.WitanVerifier;

/** {@code java -jar witan-verifier.jar COMMAND}. */
public final class Main {
  /** Set where {@code ./witan verify} calls {@code bundle}. */
  private static final String CALLED_VERIFY = "witan.verifier.called-verify";

  private Main() {}

  public static void main(String[] args) {
    // The platform's charset may have no dash of a signed note.
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** The exit code: see {@link Verdict}; 2 also for wrong usage. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new WitanVerifier());
    if (Boolean.getBoolean(CALLED_VERIFY)) {
      // What the usage says must be what can be typed again.
      line.setCommandName("witan");
      Objects.requireNonNull(line.getSubcommands().get("bundle")).setCommandName("verify");
    }
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          err.println(Report.line("could not check: " + e));
          return 2;
        });
    line.setParameterExceptionHandler(
        (e, given) -> {
          err.println(Report.line(String.valueOf(e.getMessage())));
          e.getCommandLine().usage(err);
          return 2;
        });
    try {
      return line.execute(args);
    } catch (OutOfMemoryError | StackOverflowError e) {
      err.println("could not check: " + e);
      return 2;
    }
  }
}
