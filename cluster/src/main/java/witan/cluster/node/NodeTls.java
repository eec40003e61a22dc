package witan.cluster.node;

import akka.actor.ActorSystem;
import akka.remote.artery.tcp.SSLEngineProvider;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import scala.Option;
import witan.secret.PemTls;

/**
 * Remoting by TLS, by {@code witan.node.tls}: both sides show a certificate of the cluster's own
 * authority, and who connects looks whether it is of the address that it asked for. It decides who
 * may connect, no more. Made by Akka.
 */
public final class NodeTls implements SSLEngineProvider {
  private static final String PATH = "witan.node.tls";

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
    return read(all).isEmpty()
        ? ConfigFactory.empty()
        : ConfigFactory.parseMap(
            Map.of(
                "akka.remote.artery.transport",
                "tls-tcp",
                "akka.remote.artery.ssl.ssl-engine-provider",
                NodeTls.class.getName()));
  }

  private static Optional<PemTls> read(Config all) {
    Config tls = all.getConfig(PATH);
    String certificate = tls.getString("certificate-file");
    String key = tls.getString("key-file");
    String authority = tls.getString("authority-file");
    boolean none = certificate.isEmpty() && key.isEmpty() && authority.isEmpty();
    if (!none && (certificate.isEmpty() || key.isEmpty() || authority.isEmpty())) {
      throw new IllegalArgumentException(
          "in " + PATH + ": certificate-file, key-file and authority-file go together");
    }
    try {
      return none
          ? Optional.empty()
          : Optional.of(
              PemTls.of(
                  Optional.of(Path.of(authority)),
                  Optional.of(new PemTls.Identity(Path.of(certificate), Path.of(key)))));
    } catch (IOException e) {
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
