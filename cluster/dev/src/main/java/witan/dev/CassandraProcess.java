package witan.dev;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * One Cassandra node as a child JVM, on loopback, without authentication unless {@link Secured}:
 * for development and tests. A write that was acknowledged survives {@link #kill9()} (batch commit
 * log); start again on the same data directory with {@code start(process.options())}. Thread-safe.
 */
public final class CassandraProcess implements AutoCloseable {
  /**
   * How to start a node.
   *
   * @param dataDirectory holds everything: data, commit log, configuration, logs, temporary files
   * @param address loopback address to listen on
   * @param nativePort CQL; 0 = pick a free one
   * @param storagePort internode; 0 = pick a free one
   * @param heap for {@code -Xmx}; "320m" is the least that works
   * @param javaHome a JDK 11 or 17; null = the running one if it is 11 or 17, else a 17 of
   *     /usr/lib/jvm
   * @param libDirectory Cassandra's jars; null = system property {@code witan.cassandra.lib}, else
   *     {@code <witan.root>/cluster/dev/target/cassandra-lib}, which a build of module cluster/dev
   *     fills
   * @param startTimeout until CQL answers
   * @param dieWithParent see {@link ChildProcess.Options#dieWithParent()}
   * @param secured null = plain connections, and nobody is asked who they are
   */
  public record Options(
      Path dataDirectory,
      String address,
      int nativePort,
      int storagePort,
      String heap,
      @Nullable Path javaHome,
      @Nullable Path libDirectory,
      Duration startTimeout,
      boolean dieWithParent,
      @Nullable Secured secured) {
    /** 127.0.0.1, free ports, 512 MB of heap, three minutes to start, dies with its parent. */
    public static Options in(Path dataDirectory) {
      return new Options(
          dataDirectory, "127.0.0.1", 0, 0, "512m", null, null, Duration.ofMinutes(3), true, null);
    }

    public Options withPorts(int nativePort, int storagePort) {
      return new Options(
          dataDirectory,
          address,
          nativePort,
          storagePort,
          heap,
          javaHome,
          libDirectory,
          startTimeout,
          dieWithParent,
          secured);
    }

    public Options withHeap(String heap) {
      return new Options(
          dataDirectory,
          address,
          nativePort,
          storagePort,
          heap,
          javaHome,
          libDirectory,
          startTimeout,
          dieWithParent,
          secured);
    }

    public Options withSecurity(Secured security) {
      return new Options(
          dataDirectory,
          address,
          nativePort,
          storagePort,
          heap,
          javaHome,
          libDirectory,
          startTimeout,
          dieWithParent,
          security);
    }

    private Options resolved() {
      int cql = nativePort == 0 ? Ports.free(address) : nativePort;
      int storage = storagePort == 0 ? Ports.free(address) : storagePort;
      return new Options(
          dataDirectory.toAbsolutePath().normalize(),
          address,
          cql,
          storage,
          heap,
          javaHome,
          libDirectory,
          startTimeout,
          dieWithParent,
          secured);
    }
  }

  /**
   * Clients come by TLS, show a certificate, and name user and password; the first user is {@code
   * cassandra}, with that password.
   *
   * @param keystore PKCS#12 with the node's certificate and key
   * @param truststore PKCS#12 with the authority of clients' certificates, and of the node's own
   * @param password of both
   */
  public record Secured(Path keystore, Path truststore, String password) {
    SSLSocketFactory sockets() {
      try {
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
            KeyStore.getInstance(keystore.toFile(), password.toCharArray()),
            password.toCharArray());
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(truststore.toFile(), password.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context.getSocketFactory();
      } catch (GeneralSecurityException | IOException e) {
        throw new ChildProcessException("cannot use " + keystore + " and " + truststore, e);
      }
    }
  }

  private final Options options;
  private final ChildProcess child;

  private CassandraProcess(Options options, ChildProcess child) {
    this.options = options;
    this.child = child;
  }

  /**
   * Starts Cassandra and waits until it answers CQL (9-12 s fresh on a quiet machine).
   *
   * @throws ChildProcessException if the data directory is in use, jars or a JDK are missing, or it
   *     does not get ready (with the tail of its log)
   */
  public static CassandraProcess start(Options requested) {
    Options options = requested.resolved();
    Path data = options.dataDirectory();
    ChildProcess child =
        Claim.start(
            data.resolve("cassandra.pid"),
            "Cassandra's data directory " + data,
            () -> launch(options));
    var address = new InetSocketAddress(options.address(), options.nativePort());
    Secured secured = options.secured();
    SocketFactory sockets = secured == null ? SocketFactory.getDefault() : secured.sockets();
    child.awaitReady(() -> answersCql(address, sockets), options.startTimeout());
    return new CassandraProcess(options, child);
  }

  /** Where a driver connects. The data centre is {@code datacenter1}. */
  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(options.address(), options.nativePort());
  }

  /** With the ports in use, to start again on the same data and ports. */
  public Options options() {
    return options;
  }

  public long pid() {
    return child.pid();
  }

  public boolean isAlive() {
    return child.isAlive();
  }

  public String logTail() {
    return child.logTail();
  }

  public void kill9() {
    child.kill9();
  }

  public void pause() {
    child.pause();
  }

  public void resume() {
    child.resume();
  }

  @Override
  public void close() {
    child.close();
  }

  private static ChildProcess launch(Options options) {
    Path data = options.dataDirectory();
    try {
      deleteTree(data.resolve("tmp"));
      Files.createDirectories(data.resolve("tmp"));
      Files.createDirectories(data.resolve("conf"));
      Files.writeString(data.resolve("conf/cassandra.yaml"), CassandraConfig.yaml(options));
      Files.writeString(data.resolve("conf/logback.xml"), CassandraConfig.LOGBACK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = CassandraConfig.command(options);
    return ChildProcess.start(
        "Cassandra",
        ChildProcess.Options.of(data.resolve("logs/cassandra.log"), command)
            .withStopTimeout(Duration.ofSeconds(30))
            .withDieWithParent(options.dieWithParent()));
  }

  /**
   * Sends OPTIONS of the native protocol v4 and expects SUPPORTED: an open port alone may be a
   * server still starting.
   */
  static boolean answersCql(InetSocketAddress address, SocketFactory sockets) {
    try (Socket socket = sockets.createSocket()) {
      socket.connect(address, 1_000);
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(new byte[] {0x04, 0, 0, 0, 0x05, 0, 0, 0, 0});
      byte[] header = new byte[9];
      new DataInputStream(socket.getInputStream()).readFully(header);
      return header[0] == (byte) 0x84 && header[4] == 0x06;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Native libraries are unpacked there at each start, and a killed node leaves them. */
  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
