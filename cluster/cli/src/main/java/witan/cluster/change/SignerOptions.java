package witan.cluster.change;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import witan.cluster.client.CouncilOptions;
import witan.cluster.sign.Confirmation;
import witan.cluster.sign.KeyFile;
import witan.cluster.sign.Signing;

/** With which key a member signs, for which council. */
public final class SignerOptions {
  @Mixin CouncilOptions options = new CouncilOptions();

  /** Not required here: a command may have others below it that sign nothing. */
  @Option(
      names = {"--key", "--key-file"},
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key, 64 hexadecimal digits (WITAN_VOTER_KEY)")
  @Nullable Path key;

  @Option(
      names = "--trust",
      description = "trust file: it is for the council of that charter, or not signed")
  @Nullable Path trust;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  boolean yes;

  /** Reads the key and the council. */
  public Signing begin(CommandSpec spec) throws Exception {
    if (key == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--key=FILE'");
    }
    return Signing.begin(
        options.api(), options.token(), KeyFile.read(key), trust, spec.commandLine().getOut());
  }

  /** After what is signed was shown: asks, unless it was told not to. */
  public boolean confirmed(Signing signing, String question) {
    signing.out().println("It is for the council of charter");
    signing.out().println("  " + signing.charter());
    signing.out().println("signed by " + signing.address());
    signing.out().flush();
    return yes || Confirmation.confirmed(question + " [y/N] ");
  }
}
