package witan.cluster.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import witan.cluster.StartException;
import witan.cluster.client.CouncilOptions;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.log.checkpoint.NoteSigner;

/**
 * {@code witan ingest}: exit 0 when every line was taken, 1 when some were refused, 2 when it could
 * not begin.
 */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description =
        "Posts a file of alerts, one per line, to a council; interrupted, it may be run again:"
            + " what was taken is a duplicate then.")
public final class IngestCommand implements Callable<Integer> {
  private static final String LOCAL = "local";
  private static final Duration LIFETIME = Duration.ofHours(24);

  @Mixin CouncilOptions options = new CouncilOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "NDJSON")
  Path file = Path.of("");

  @Option(names = "--format", description = "of the alerts (default: told from each)")
  @Nullable String format;

  @Option(names = "--follow", description = "stay, and post what is appended")
  boolean follow;

  @Option(names = "--sensor", description = "in whose name (default: ${DEFAULT-VALUE})")
  String sensor = "ingest";

  @Option(
      names = "--sign-key",
      paramLabel = "KEY",
      description =
          "sign each alert with the sensor's key in this file (made where there is none; the"
              + " council counts it once a proposal has registered it, see GET /v1/sensors)")
  @Nullable Path signKey;

  @Option(
      names = "--council",
      defaultValue = "${env:WITAN_COUNCIL:-witan}",
      description =
          "id of the council that alerts are signed for (WITAN_COUNCIL; default:"
              + " ${DEFAULT-VALUE})")
  String council = "";

  @Option(
      names = "--cluster",
      description =
          "that the alerts are of, where a token is made for them (default: "
              + LOCAL
              + ", which is said)")
  @Nullable String cluster;

  private UnaryOperator<byte[]> signing(Path file) throws IOException {
    NoteSigner signer = SensorKey.read(file, sensor);
    System.err.println("signed with " + signer.key().vkey());
    return new SignedLines(signer, council, InstantSource.system())::of;
  }

  /** A cluster that does not exist must not be claimed in silence. */
  private String claimed() {
    if (cluster != null) {
      return cluster;
    }
    System.err.println(
        "The alerts are said to be of cluster '" + LOCAL + "'; --cluster NAME says another.");
    return LOCAL;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isReadable(file)) {
      throw new StartException("cannot read " + file);
    }
    String bearer =
        options.token(
            Role.SENSOR,
            () ->
                new Principal(
                    sensor,
                    Set.of(Role.SENSOR),
                    claimed(),
                    Set.of(),
                    Instant.now().plus(LIFETIME)));
    Ingest ingest =
        new Ingest(
            options.alerts(Ingest.PATIENCE, Ingest.PATIENCE),
            bearer,
            format,
            new ProgressBar(System.err),
            signKey == null ? UnaryOperator.identity() : signing(signKey));
    Ingest.Counts counts = ingest.run(file, follow);
    System.out.println(
        counts.accepted() + " taken " + counts.outcomes() + ", " + counts.refused() + " refused");
    return counts.refused() == 0 ? 0 : 1;
  }
}
