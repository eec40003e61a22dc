package witan.cluster.node;

import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import witan.actors.log.CassandraAccess;
import witan.actors.node.NodeRoles;
import witan.domain.api.Health;

/**
 * What a node sends or takes in the open off this machine, because {@code witan.insecure} allows
 * it.
 *
 * @param allowed one text each, of what and where; empty: nothing is
 */
record Insecure(List<String> allowed) {
  private static final String REMOTING = "akka.remote.artery.";

  Insecure {
    allowed = List.copyOf(allowed);
  }

  /**
   * Looks at addresses as they are written; names are not looked up, so that all but {@code
   * localhost} are elsewhere.
   *
   * @throws IllegalArgumentException naming the settings of all that is not allowed
   */
  static Insecure from(Config all, boolean httpTls, CassandraAccess database) {
    List<String> open = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    Config insecure = all.getConfig("witan.insecure");
    for (Way way : List.of(http(all, httpTls), remoting(all), cassandra(database), rpc(all))) {
      for (String address : way.elsewhere()) {
        if (insecure.getBoolean(way.name())) {
          open.add(way.name() + " " + address);
        } else {
          refused.add(
              "%s is %s, off this machine and in the open: %s, or allow it with witan.insecure.%s"
                  .formatted(way.setting(), address, way.instead(), way.name()));
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", refused));
    }
    return new Insecure(open);
  }

  /**
   * One kind of connection.
   *
   * @param name under {@code witan.insecure}
   * @param setting that says where
   * @param instead what makes it secure
   * @param elsewhere addresses off this machine that are reached or listened on in the open
   */
  private record Way(String name, String setting, String instead, List<String> elsewhere) {}

  private static Way http(Config all, boolean tls) {
    String host = all.getString("witan.http.host");
    return new Way(
        "http",
        "witan.http.host",
        "give witan.http.tls a certificate",
        tls || loopback(host) ? List.of() : List.of(host));
  }

  private static Way remoting(Config all) {
    boolean tls = all.getString(REMOTING + "transport").equals("tls-tcp");
    List<String> hosts =
        List.of(
            all.getString(REMOTING + "canonical.hostname"),
            all.getString(REMOTING + "bind.hostname"));
    return new Way(
        "remoting",
        "witan.node.host",
        "give witan.node.tls a certificate",
        tls
            ? List.of()
            : hosts.stream().filter(host -> !host.isEmpty() && !loopback(host)).toList());
  }

  private static Way cassandra(CassandraAccess database) {
    return new Way(
        "cassandra",
        "witan.log.cassandra.contact-points",
        "turn witan.log.cassandra.tls.enabled on",
        database.tls().isPresent()
            ? List.of()
            : database.contactPoints().stream()
                .map(InetSocketAddress::getHostString)
                .filter(host -> !loopback(host))
                .toList());
  }

  /** Only nodes with the log's role speak with the chain. */
  private static Way rpc(Config all) {
    URI rpc = URI.create(all.getString("witan.anchor.rpc"));
    boolean used =
        all.getBoolean("witan.anchor.enabled")
            && all.getStringList("akka.cluster.roles").contains(NodeRoles.LOG);
    boolean open =
        used
            && !"https".equalsIgnoreCase(rpc.getScheme())
            && (rpc.getHost() == null || !loopback(rpc.getHost()));
    return new Way(
        "rpc",
        "witan.anchor.rpc",
        "name a node that is reached by https",
        open ? List.of(rpc.getHost() == null ? rpc.toString() : rpc.getHost()) : List.of());
  }

  static boolean loopback(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return bare.equalsIgnoreCase("localhost")
        || bare.matches("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}")
        || bare.matches("(0{0,4}:){1,7}0{0,3}1");
  }

  void warn(Logger log) {
    allowed.forEach(
        way -> log.warn("IN THE OPEN: {}; whoever is on the way reads and changes it", way));
  }

  /** Told, not required. */
  Health.Part health() {
    return new Health.Part(
        "transport",
        allowed.isEmpty(),
        false,
        allowed.isEmpty()
            ? "nothing leaves this machine in the open"
            : "in the open by witan.insecure: " + String.join(", ", allowed));
  }
}
