package witan.dev;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One etcd on loopback, without TLS, for API servers on this machine; several may share it under
 * prefixes of their own. Needs the program {@code etcd} on the path (Debian: etcd-server).
 */
public final class EtcdProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final ChildProcess child;
  private final URI clientUri;

  private EtcdProcess(ChildProcess child, URI clientUri) {
    this.child = child;
    this.clientUri = clientUri;
  }

  /**
   * Starts on free ports and waits until clients are accepted.
   *
   * @param folder holds everything: data and log
   * @throws ChildProcessException if it does not get ready
   */
  public static EtcdProcess start(Path folder) {
    String client = "http://127.0.0.1:" + Ports.free();
    String peer = "http://127.0.0.1:" + Ports.free();
    List<String> command =
        List.of(
            "etcd",
            "--data-dir=" + folder.resolve("data"),
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=default=" + peer);
    ChildProcess child =
        ChildProcess.start("etcd", ChildProcess.Options.of(folder.resolve("etcd.log"), command));
    URI uri = URI.create(client);
    child.awaitPort(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()), START_TIMEOUT);
    return new EtcdProcess(child, uri);
  }

  public URI clientUri() {
    return clientUri;
  }

  @Override
  public void close() {
    child.close();
  }
}
