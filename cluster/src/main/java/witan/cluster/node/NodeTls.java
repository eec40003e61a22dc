package witan.cluster.node;

import akka.actor.ActorSystem;
import akka.remote.artery.tcp.SSLEngineProvider;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import scala.Option;
import witan.actors.peer.NodeIdentity;
import witan.secret.Pem;
import witan.secret.PemTls;

/**
 * Remoting by TLS, by {@code witan.node.tls}: both sides show a certificate of the cluster's own
 * authority, and who connects looks whether it is of the address that it asked for. It decides who
 * may connect, no more. Made by Akka.
 */
public final class NodeTls implements SSLEngineProvider {
  private static final String PATH = "witan.node.tls";

  /** Where its certificates and its key are. */
  private record Files(Path certificate, Path key, Path authority) {}

  private final PemTls tls;
  private final boolean verifyHost;

  public NodeTls(ActorSystem system) {
    this(system.settings().config());
  }

  private NodeTls(Config all) {
    this.tls = read(all).orElseThrow();
    this.verifyHost = all.getBoolean(PATH + ".verify-host");
  }

  /**
   * What Akka is told for it; nothing where no certificate is named.
   *
   * @throws IllegalArgumentException naming the setting, or the file that is not taken
   */
  static Config remoting(Config all) {
    identity(all).ifPresent(own -> requireRoles(own, all.getStringList("akka.cluster.roles")));
    return read(all).isEmpty()
        ? ConfigFactory.empty()
        : ConfigFactory.parseMap(
            Map.of(
                "akka.remote.artery.transport",
                "tls-tcp",
                "akka.remote.artery.ssl.ssl-engine-provider",
                NodeTls.class.getName()));
  }

  private static void requireRoles(NodeIdentity own, List<String> configured) {
    Set<String> lacking = new TreeSet<>(configured);
    lacking.removeAll(own.roles());
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "witan.node.roles has "
              + lacking
              + ", which the certificate in "
              + PATH
              + ".certificate-file does not carry (it has "
              + own.roles()
              + "): issue one with a name URI:witan:role:<role> for each role, or set fewer roles");
    }
  }

  /**
   * What the node signs its messages with; nothing where no certificate is named.
   *
   * @throws IllegalArgumentException naming the setting, or the file that is not taken
   */
  static Optional<NodeIdentity> identity(Config all) {
    try {
      Optional<Files> files = files(all);
      return files.isEmpty()
          ? Optional.empty()
          : Optional.of(
              NodeIdentity.of(
                  Pem.certificates(files.get().certificate()),
                  Pem.privateKey(files.get().key()),
                  Pem.certificates(files.get().authority())));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("in " + PATH + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Files> files(Config all) {
    Config tls = all.getConfig(PATH);
    String certificate = tls.getString("certificate-file");
    String key = tls.getString("key-file");
    String authority = tls.getString("authority-file");
    boolean none = certificate.isEmpty() && key.isEmpty() && authority.isEmpty();
    if (!none && (certificate.isEmpty() || key.isEmpty() || authority.isEmpty())) {
      throw new IllegalArgumentException(
          "certificate-file, key-file and authority-file go together");
    }
    return none
        ? Optional.empty()
        : Optional.of(new Files(Path.of(certificate), Path.of(key), Path.of(authority)));
  }

  private static Optional<PemTls> read(Config all) {
    try {
      Optional<Files> files = files(all);
      return files.isEmpty()
          ? Optional.empty()
          : Optional.of(
              PemTls.of(
                  Optional.of(files.get().authority()),
                  Optional.of(new PemTls.Identity(files.get().certificate(), files.get().key()))));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("in " + PATH + ": " + e.getMessage(), e);
    }
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    return tls.server(true);
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    return tls.client(hostname, port, verifyHost);
  }

  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }
}
