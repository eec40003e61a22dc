package witan.cluster.vote;

import java.io.IOException;
import java.nio.file.Files;
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
public final class VoteOptions {
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
          "a voter's bearer token (WITAN_TOKEN; default: made with the data folder's token key)")
  @Nullable String token;

  public ApiClient api() {
    return new ApiClient(url == null ? "http://127.0.0.1:" + local.httpPort() : url);
  }

  /** The one given, else a voter's of the local stack. */
  public String token() throws IOException {
    return token(Role.VOTER);
  }

  /** The one given, else one of the local stack with that role. */
  public String token(Role role) throws IOException {
    if (token != null) {
      return token;
    }
    if (url != null || !Files.exists(local.folder().tokenKey())) {
      throw new StartException(
          "no token: give --token or WITAN_TOKEN; the council's operator makes one with"
              + " './witan token --role "
              + role.wire()
              + " --name YOU'");
    }
    return LocalTokens.issuer(local.folder())
        .issue(
            new Principal(
                "witan-vote", Set.of(role), null, Set.of(), Instant.now().plus(LIFETIME)));
  }
}
