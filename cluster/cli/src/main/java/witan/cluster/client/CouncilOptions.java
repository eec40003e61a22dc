package witan.cluster.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.DataOptions;
import witan.cluster.settings.LocalTokens;
import witan.cluster.settings.RunState;
import witan.http.auth.Principal;
import witan.http.auth.Role;

/**
 * Which council, and with which token: the addresses given, else the nodes that run in the data
 * folder. Every command that asks a council has these and no others for it.
 */
public final class CouncilOptions {
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);
  static final Duration LONGEST_TRY = Duration.ofSeconds(30);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int DEFAULT_PORT = 7480;

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--url",
      split = ",",
      paramLabel = "URL",
      defaultValue = "${env:WITAN_URL}",
      description =
          "the council's HTTP API; several with commas: the next is asked when one is silent"
              + " (WITAN_URL; default: the nodes that run in the data folder)")
  List<String> urls = List.of();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "${env:WITAN_HTTP_PORT}",
      description = "of a node on this machine, without --url (WITAN_HTTP_PORT; default: 7480)")
  @Nullable Integer httpPort;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:WITAN_TOKEN}",
      description =
          "a bearer token (WITAN_TOKEN; default: for nodes on this machine, made with the data"
              + " folder's key)")
  @Nullable String token;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "how long to try to reach it (default: ${DEFAULT-VALUE})")
  int waitSeconds = 30;

  public DataFolder folder() {
    return data.folder();
  }

  /** To the nodes; what a person is told meanwhile goes to standard error. */
  public ApiClient api() {
    List<URI> nodes = nodes();
    return new ApiClient(
        new Reach(
            nodes,
            client(nodes.get(0)).build(),
            Duration.ofSeconds(waitSeconds),
            LONGEST_TRY,
            CouncilOptions::tell));
  }

  static HttpClient.Builder client(URI node) {
    return HttpClients.builder(node).connectTimeout(CONNECT_LIMIT);
  }

  private static void tell(String line) {
    System.err.println("witan: " + line);
  }

  /**
   * Sends alerts; for one that can wait longer.
   *
   * @param longest time of one try
   */
  public AlertPost alerts(Duration patience, Duration longest) {
    List<URI> nodes = nodes();
    return new AlertPost(
        new Reach(
            nodes,
            client(nodes.get(0)).version(HttpClient.Version.HTTP_1_1).build(),
            patience,
            longest,
            CouncilOptions::tell));
  }

  /** Without a slash at the end. */
  List<URI> nodes() {
    if (!urls.isEmpty()) {
      List<URI> nodes = new ArrayList<>();
      urls.forEach(url -> nodes.add(address(url)));
      return nodes;
    }
    Optional<RunState> running = RunState.ofLiving(folder());
    if (running.isPresent()
        && !running.get().nodes().isEmpty()
        && (httpPort == null || httpPort == running.get().httpPort())) {
      return running.get().apis();
    }
    if (httpPort == null && running.isEmpty() && Files.exists(folder().state())) {
      throw new StartException(
          "nothing runs on "
              + folder().root()
              + "; './witan up' starts it, --url or WITAN_URL names a council elsewhere");
    }
    return List.of(URI.create("http://127.0.0.1:" + (httpPort == null ? DEFAULT_PORT : httpPort)));
  }

  private static URI address(String url) {
    String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    try {
      URI address = URI.create(bare);
      if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException malformed) {
      // Said below.
    }
    throw new StartException("--url: '" + url + "' is not like https://council.example:7480");
  }

  /** The one given, else a voter's of the local stack. */
  public String token() throws IOException {
    return token(Role.VOTER);
  }

  /** The one given, else one of that role of the local stack. */
  public String token(Role role) throws IOException {
    return token(
        role,
        () ->
            new Principal(
                "local", Set.of(role), null, Set.of(), Instant.now().plus(TOKEN_LIFETIME)));
  }

  /** The one given, else for that principal of the local stack. */
  public String token(Role role, Supplier<Principal> principal) throws IOException {
    if (token != null && !token.isEmpty()) {
      return token;
    }
    if (!ofThisMachine() || !Files.exists(folder().tokenKey())) {
      throw new StartException(
          "no token: give --token or WITAN_TOKEN; the council's operator makes one with"
              + " './witan token --role "
              + role.wire()
              + " --name YOU'");
    }
    return LocalTokens.issuer(folder()).issue(principal.get());
  }

  /** A local key makes tokens for nodes of the local stack alone: to others it is of no use. */
  private boolean ofThisMachine() {
    if (urls.isEmpty()) {
      return true;
    }
    List<URI> local = RunState.ofLiving(folder()).map(RunState::apis).orElse(List.of());
    return local.containsAll(nodes());
  }
}
