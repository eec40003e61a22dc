package witan.cluster.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where the data is and which ports are used; a flag wins over the environment. */
public final class LocalOptions {
  @Option(
      names = "--data",
      defaultValue = "${env:WITAN_DATA:-.witan}",
      description = "data folder (WITAN_DATA; default: ${DEFAULT-VALUE})")
  Path data;

  @Option(
      names = "--http-port",
      defaultValue = "${env:WITAN_HTTP_PORT:-7480}",
      description = "port of the HTTP API (WITAN_HTTP_PORT; default: ${DEFAULT-VALUE})")
  int httpPort;

  @Option(
      names = "--chain-port",
      defaultValue = "${env:WITAN_CHAIN_PORT:-7485}",
      description = "port of the development chain (WITAN_CHAIN_PORT; default: ${DEFAULT-VALUE})")
  int chainPort;

  @Option(
      names = "--cassandra-port",
      defaultValue = "${env:WITAN_CASSANDRA_PORT:-7442}",
      description =
          "port of the development database (WITAN_CASSANDRA_PORT; default: ${DEFAULT-VALUE}); the"
              + " next one is used for its storage port")
  int cassandraPort;

  @Option(
      names = "--remote-port",
      defaultValue = "${env:WITAN_REMOTE_PORT:-7420}",
      description = "port of Akka remoting (WITAN_REMOTE_PORT; default: ${DEFAULT-VALUE})")
  int remotePort;

  @Option(
      names = "--block-time",
      defaultValue = "${env:WITAN_BLOCK_TIME:-2}",
      description =
          "seconds between blocks of the development chain (WITAN_BLOCK_TIME; default:"
              + " ${DEFAULT-VALUE})")
  int blockTimeSeconds;

  /** Set by the commands that start nodes. */
  int nodes = 1;

  /** Roles of each node, the nodes separated by slashes; the rest have all roles. */
  String roles = "";

  /** As {@link ClockSkew#parse} reads it. */
  String clockSkew = "";

  /** The database demands TLS, a certificate, user and password. */
  boolean secureDatabase;

  public DataFolder folder() {
    return new DataFolder(data.toAbsolutePath().normalize());
  }

  public int httpPort() {
    return httpPort;
  }

  /** Of the development chain. */
  public String rpc() {
    return "http://127.0.0.1:" + chainPort;
  }

  /** The same settings as environment variables, for child processes. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("WITAN_DATA", folder().root().toString());
    environment.put("WITAN_HTTP_PORT", Integer.toString(httpPort));
    environment.put("WITAN_CHAIN_PORT", Integer.toString(chainPort));
    environment.put("WITAN_CASSANDRA_PORT", Integer.toString(cassandraPort));
    environment.put("WITAN_REMOTE_PORT", Integer.toString(remotePort));
    environment.put("WITAN_NODES", Integer.toString(nodes));
    environment.put("WITAN_NODE_ROLES", roles);
    environment.put("WITAN_CLOCK_SKEW", clockSkew);
    environment.put("WITAN_SECURE_DATABASE", Boolean.toString(secureDatabase));
    environment.put("WITAN_BLOCK_TIME", Integer.toString(blockTimeSeconds));
    environment.put("WITAN_CASSANDRA_CONTACT_POINT", "127.0.0.1:" + cassandraPort);
    environment.put("WITAN_LOG_ORIGIN", Tokens.origin());
    environment.put("WITAN_LOG_KEY_FILE", folder().logKey().toString());
    environment.put("WITAN_LOG_PUBLIC_KEY_FILE", folder().logPublicKey().toString());
    environment.put("WITAN_EXECUTOR_KEY_FILE", folder().executorKey().toString());
    environment.put("WITAN_TOKEN_KEY_FILE", folder().tokenKey().toString());
    environment.put("WITAN_PSEUDONYM_KEY_FILE", folder().pseudonymKey().toString());
    environment.put("WITAN_CREATE_KEYS", "true");
    environment.put("WITAN_ANCHOR_RPC", rpc());
    environment.put("WITAN_ANCHOR_KEY_FILE", folder().anchorKey().toString());
    // The development chain may be wiped, and is then adopted anew.
    environment.put("WITAN_ANCHOR_REDEPLOY_ON_NEW_CHAIN", "true");
    return environment;
  }

  /** What node {@code number} is told to be; empty: everything. */
  Optional<String> rolesOf(int number) {
    List<String> perNode = List.of(roles.split("/", -1));
    return number > perNode.size() || perNode.get(number - 1).isEmpty()
        ? Optional.empty()
        : Optional.of(perNode.get(number - 1));
  }

  /** Of that node; the first one's address also carries chain and database. */
  Map<String, Integer> ports(int node) {
    Map<String, Integer> ports = new TreeMap<>();
    ports.put("--http-port", httpPort);
    ports.put("--remote-port", remotePort);
    if (node == 1) {
      ports.put("--chain-port", chainPort);
      ports.put("--cassandra-port", cassandraPort);
    }
    return ports;
  }
}
