package witan.cluster.playbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.cluster.settings.LocalOptions;
import witan.cluster.settings.LocalTokens;
import witan.http.auth.Principal;
import witan.http.auth.Role;

/** Which council, and with which token. */
final class PlaybookOptions {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  @Mixin LocalOptions local = new LocalOptions();

  @Option(
      names = "--url",
      defaultValue = "${env:WITAN_URL}",
      description = "the council's HTTP API (WITAN_URL; default: the local one)")
  @Nullable String url;

  @Option(
      names = "--token",
      defaultValue = "${env:WITAN_TOKEN}",
      description =
          "a bearer token, to change something an operator's (WITAN_TOKEN; default: made with the"
              + " data folder's token key)")
  @Nullable String token;

  ApiClient api() {
    return new ApiClient(url == null ? "http://127.0.0.1:" + local.httpPort() : url);
  }

  /** The one given, else an operator's of the local stack. */
  String token() throws IOException {
    if (token != null) {
      return token;
    }
    if (url != null || !Files.exists(local.folder().tokenKey())) {
      throw new StartException(
          "no token: give --token or WITAN_TOKEN; the council's operator makes one with"
              + " './witan token --role operator --name YOU'");
    }
    return LocalTokens.issuer(local.folder())
        .issue(
            new Principal(
                "witan-playbook",
                Set.of(Role.OPERATOR),
                null,
                Set.of(),
                Instant.now().plus(LIFETIME)));
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StartException("cannot read " + file + ": " + e.getMessage());
    }
  }
}
