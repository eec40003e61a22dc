package witan.cluster.evidence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import witan.cluster.CommandMaker;
import witan.cluster.StartException;
import witan.cluster.client.CouncilOptions;
import witan.codec.bundle.TrustFile;
import witan.codec.json.JsonRefused;

/** {@code witan trust}: what an auditor trusts. */
@Command(
    name = "trust",
    mixinStandardHelpOptions = true,
    description = {
      "Trust files, which the verifier measures evidence by: 'trust export' asks a council for one,"
          + " 'trust show' reads one, 'trust check' compares one with a council.",
      "Exit codes: 0 done, or nothing differs; 1 it differs, or the council refused; 2 it could"
          + " not be tried."
    })
public final class TrustCommand implements Runnable {
  /** With what is below it. */
  public static final CommandMaker MAKER =
      CommandMaker.group(TrustCommand::new, List.of(Export.class, Show.class, Check.class));

  private static final String PATH = "/v1/trust";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "an action is missing");
  }

  /** {@code witan trust export}. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description =
          "Writes what a running council claims of itself as a trust file, and prints what to"
              + " compare with another copy.")
  static final class Export implements Callable<Integer> {
    @Mixin private CouncilOptions options = new CouncilOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", description = "the file to write (default: standard output)")
    private @Nullable Path out;

    @Option(
        names = "--executor",
        paramLabel = "KEY",
        description =
            "verifier key of one that may act, as its operator tells it; without any the verifier"
                + " names 'executors' as open where something was done")
    private List<String> executors = List.of();

    @Override
    public Integer call() throws Exception {
      TrustFile claimed = claimed(options);
      TrustFile file =
          new TrustFile(
              claimed.origin(),
              claimed.logKey(),
              claimed.witnesses(),
              claimed.chain(),
              claimed.charterHash(),
              null,
              executors.isEmpty() ? null : executors);
      PrintWriter err = spec.commandLine().getErr();
      Path target = out;
      if (target == null) {
        spec.commandLine().getOut().println(new String(file.bytes(), StandardCharsets.UTF_8));
      } else {
        Files.write(target, file.bytes());
        err.println("Written to " + target + ".");
      }
      err.println(TrustLines.WARNING);
      err.print(TrustLines.text(file));
      err.flush();
      return 0;
    }
  }

  /** {@code witan trust show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints what a trust file names; asks no council.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "trust file")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      out.print(TrustLines.text(read(file)));
      out.println(TrustLines.WARNING);
      out.flush();
      return 0;
    }
  }

  /** {@code witan trust check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Compares a trust file with what a running council claims of itself, and says what"
              + " differs. Witnesses and executors are the auditor's own, and not compared.")
  static final class Check implements Callable<Integer> {
    private static final List<String> COMPARED =
        List.of("log", "log key", "charter", "chain", "genesis", "contract");

    @Mixin private CouncilOptions options = new CouncilOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "trust file")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
      Map<String, String> trusted = TrustLines.of(read(file));
      Map<String, String> claimed = TrustLines.of(claimed(options));
      PrintWriter out = spec.commandLine().getOut();
      int differ = 0;
      for (String name : COMPARED) {
        String mine = trusted.getOrDefault(name, "none");
        String theirs = claimed.getOrDefault(name, "none");
        if (mine.equals(theirs)) {
          out.println(TrustLines.line(name, "same: " + mine));
        } else {
          differ++;
          out.println(TrustLines.line(name, "DIFFERS"));
          out.println(TrustLines.line("", "  the file says    " + mine));
          out.println(TrustLines.line("", "  the council says " + theirs));
        }
      }
      out.println(
          differ == 0
              ? "The council claims what the file says."
              : "They differ. Believe neither before you have asked the members.");
      out.flush();
      return differ == 0 ? 0 : 1;
    }
  }

  private static TrustFile claimed(CouncilOptions options)
      throws IOException, InterruptedException {
    return parsed("the council's answer", options.api().getBytes(PATH, options.token()));
  }

  static TrustFile read(Path file) {
    try {
      return parsed(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new StartException(file + " cannot be read");
    }
  }

  private static TrustFile parsed(String what, byte[] bytes) {
    try {
      return TrustFile.parse(bytes);
    } catch (JsonRefused | IllegalArgumentException e) {
      throw new StartException(what + " is no trust file: " + e.getMessage());
    }
  }
}
