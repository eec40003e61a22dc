package witan.cluster.vote;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import witan.cluster.sign.KeyFile;

/** As whom a vote is looked at; nothing is signed. */
final class VoterOptions {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:WITAN_VOTER_KEY}",
      description = "file with your key: your weight and ballot are shown too (WITAN_VOTER_KEY)")
  @Nullable Path key;

  @Option(
      names = "--as",
      paramLabel = "MEMBER",
      description = "the same for that member, by name or address, without a key")
  @Nullable String member;

  /** Name or address; empty where nobody is named. */
  Optional<String> voter() throws IOException {
    if (member != null) {
      return Optional.of(member);
    }
    return key == null ? Optional.empty() : Optional.of(KeyFile.read(key).address().hex());
  }
}
