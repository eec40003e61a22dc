package witan.verifier.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import witan.codec.bundle.Bundle;
import witan.evidence.BundleVerifier;
import witan.evidence.CouldNotCheck;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.verifier.chain.AnchorReader;
import witan.verifier.chain.JsonRpc;

/** {@code bundle}. */
@Command(
    name = "bundle",
    description =
        "Checks evidence bundles, each of one case: log, founding, ballots, decision, execution."
            + " The exit code is the worst: disproved, could not check, proven but for, proven.")
final class BundleCommand extends Checking {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "<case>.witan")
  private List<Path> files;

  @Option(names = "--trust", paramLabel = "TRUST", description = "Trust file; without it: exit 2.")
  private @Nullable Path trustFile;

  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description =
          "JSON-RPC of a node of the chain, to look the anchor up: without it a bundle of a council"
              + " whose trust file names a chain is proven but for its anchor.")
  private @Nullable String rpc;

  @Override
  List<Check> checks() {
    return files.stream().map(f -> new Check("bundle " + f, report -> check(f, report))).toList();
  }

  private void check(Path file, Report report) {
    Path given = trustFile;
    if (given == null) {
      throw new CouldNotCheck("no trust file was given: a bundle proves nothing by itself");
    }
    Trust trust = trust(given);
    Bundle bundle = read(file, Bundle.MAX_BYTES, Bundle::parse);
    new BundleVerifier(trust, reader()).verify(bundle, report);
  }

  private @Nullable AnchorReader reader() {
    String url = rpc;
    if (url == null) {
      return null;
    }
    try {
      return new AnchorReader(new JsonRpc(url, TIMEOUT));
    } catch (IllegalArgumentException e) {
      throw new CouldNotCheck("--rpc: " + e.getMessage());
    }
  }
}
