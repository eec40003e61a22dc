package witan.cluster.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import witan.cluster.settings.LocalOptions;
import witan.cluster.settings.LocalTokens;

/**
 * A stack to be started.
 *
 * @param local where it is
 * @param roles of each node, the nodes separated by slashes; the rest have all roles
 * @param clockSkew as {@link ClockSkew#parse} reads it
 * @param secureDatabase the database demands TLS, a certificate, user and password
 */
public record StackOptions(
    LocalOptions local, int nodes, String roles, String clockSkew, boolean secureDatabase) {

  /** The same settings as environment variables, for child processes. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("WITAN_DATA", local.folder().root().toString());
    environment.put("WITAN_HTTP_PORT", Integer.toString(local.httpPort()));
    environment.put("WITAN_CHAIN_PORT", Integer.toString(local.chainPort()));
    environment.put("WITAN_CASSANDRA_PORT", Integer.toString(local.cassandraPort()));
    environment.put("WITAN_REMOTE_PORT", Integer.toString(local.remotePort()));
    environment.put("WITAN_NODES", Integer.toString(nodes));
    environment.put("WITAN_NODE_ROLES", roles);
    environment.put("WITAN_CLOCK_SKEW", clockSkew);
    environment.put("WITAN_SECURE_DATABASE", Boolean.toString(secureDatabase));
    environment.put("WITAN_BLOCK_TIME", Integer.toString(local.blockTimeSeconds()));
    environment.put("WITAN_CASSANDRA_CONTACT_POINT", "127.0.0.1:" + local.cassandraPort());
    environment.put("WITAN_LOG_ORIGIN", LocalTokens.origin());
    environment.put("WITAN_LOG_KEY_FILE", local.folder().logKey().toString());
    environment.put("WITAN_LOG_PUBLIC_KEY_FILE", local.folder().logPublicKey().toString());
    environment.put("WITAN_EXECUTOR_KEY_FILE", local.folder().executorKey().toString());
    environment.put("WITAN_TOKEN_KEY_FILE", local.folder().tokenKey().toString());
    environment.put("WITAN_PSEUDONYM_KEY_FILE", local.folder().pseudonymKey().toString());
    environment.put("WITAN_CREATE_KEYS", "true");
    environment.put("WITAN_ANCHOR_RPC", local.rpc());
    environment.put("WITAN_ANCHOR_KEY_FILE", local.folder().anchorKey().toString());
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
    ports.put("--http-port", local.httpPort());
    ports.put("--remote-port", local.remotePort());
    if (node == 1) {
      ports.put("--chain-port", local.chainPort());
      ports.put("--cassandra-port", local.cassandraPort());
    }
    return ports;
  }
}
