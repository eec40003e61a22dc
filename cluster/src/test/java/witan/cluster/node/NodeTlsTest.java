package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.ActorIdentity;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Identify;
import akka.actor.Props;
import akka.actor.UntypedAbstractActor;
import akka.pattern.Patterns;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.DevAuthority;
import witan.secret.PemTls;

/** On real sockets: who is let in to the remoting of a node, and whom a node connects to. */
class NodeTlsTest {
  private static final String HERE = "127.0.0.1";
  private static final int QUIET_MS = 1_000;
  private static final Set<String> ROLES = Set.of("api", "case");

  /** For what comes in the end, on a starved machine too. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static DevAuthority authority;
  private static DevAuthority.Issued own;
  private static ActorSystem node;

  @BeforeAll
  static void start() {
    authority = DevAuthority.make(folder.resolve("own"));
    own = authority.issueNode("node-1", ROLES, "ip:" + HERE);
    node = system(own, authority);
    node.actorOf(Props.create(Silent.class), "somebody");
  }

  @AfterAll
  static void stop() {
    end(node);
  }

  /**
   * Without waiting: about one in ten with a connection that is some milliseconds old never says
   * that it has terminated (akka-core issue 29162). A node ends its process, which bounds it.
   */
  private static void end(ActorSystem system) {
    system.terminate();
  }

  /** Is there, and says nothing. */
  static final class Silent extends UntypedAbstractActor {
    @Override
    public void onReceive(Object message) {}
  }

  private static Config config(DevAuthority.Issued identity, DevAuthority trusted) {
    return ConfigFactory.parseString(
            """
            akka.actor.provider = remote
            akka.remote.artery.canonical { hostname = "%s", port = 0 }
            akka.coordinated-shutdown.exit-jvm = off
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            witan.node.tls {
              certificate-file = "%s"
              key-file = "%s"
              authority-file = "%s"
              verify-host = on
            }
            """
                .formatted(HERE, identity.certificate(), identity.key(), trusted.certificate()))
        .withFallback(ConfigFactory.defaultReferenceUnresolved());
  }

  private static ActorSystem system(DevAuthority.Issued identity, DevAuthority trusted) {
    Config all = config(identity, trusted).resolve();
    return ActorSystem.create("witan", NodeTls.remoting(all).withFallback(all));
  }

  private static int port() {
    return ((ExtendedActorSystem) node).provider().getDefaultAddress().getPort().orElseThrow();
  }

  /** Whether the actor of the node answers one of that system. */
  private static Optional<ActorRef> reached(ActorSystem from) {
    var somebody = from.actorSelection("akka://witan@" + HERE + ":" + port() + "/user/somebody");
    try {
      ActorIdentity found =
          (ActorIdentity)
              Patterns.ask(somebody, new Identify(1), LIMIT)
                  .toCompletableFuture()
                  .get(LIMIT.plusSeconds(5).toSeconds(), TimeUnit.SECONDS);
      return found.getActorRef();
    } catch (java.util.concurrent.ExecutionException noAnswer) {
      return Optional.empty();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A client's handshake, then a read: an open connection is silent, and one that is refused ends.
   */
  private static void connect(Path trust, Optional<DevAuthority.Issued> identity, int limitMs)
      throws IOException {
    PemTls tls =
        PemTls.of(
            Optional.of(trust),
            identity.map(own -> new PemTls.Identity(own.certificate(), own.key())));
    try (SSLSocket socket =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(limitMs);
      socket.startHandshake();
      if (socket.getInputStream().read() < 0) {
        throw new IOException("the node ended the connection");
      }
    }
  }

  private static void refused(Path trust, Optional<DevAuthority.Issued> identity) {
    IOException e =
        assertThrows(IOException.class, () -> connect(trust, identity, (int) LIMIT.toMillis()));
    assertTrue(!(e instanceof SocketTimeoutException), "the connection stayed open");
  }

  @Test
  void aNodeWithACertificateOfTheClustersAuthorityIsAnswered() {
    ActorSystem other = system(authority.issueNode("node-2", ROLES, "ip:" + HERE), authority);
    try {
      assertTrue(reached(other).isPresent());
    } finally {
      end(other);
    }
    assertThrows(
        SocketTimeoutException.class,
        () -> connect(authority.certificate(), Optional.of(own), QUIET_MS),
        "an open connection is silent: what the refusals below are told by");
  }

  @Test
  void aStrangersCertificateIsNoConnection() {
    DevAuthority stranger = DevAuthority.make(folder.resolve("stranger"));
    refused(
        authority.certificate(), Optional.of(stranger.issueNode("node-9", ROLES, "ip:" + HERE)));
  }

  @Test
  void anExpiredCertificateIsNoConnection() {
    refused(
        authority.certificate(),
        Optional.of(authority.issueExpired("node-8", ROLES, "ip:" + HERE)));
  }

  @Test
  void withoutACertificateThereIsNoConnection() {
    refused(authority.certificate(), Optional.empty());
  }

  @Test
  void inTheOpenThereIsNoConnection() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("AKKA\1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      socket.getOutputStream().write(new byte[64]);
      // What is no TLS gets an alert, if anything, and the end.
      byte[] answer = socket.getInputStream().readAllBytes();
      assertTrue(answer.length == 0 || answer[0] == 21, () -> "not a TLS alert: " + answer[0]);
    }
  }

  /** With a certificate of the authority, but of another host than was asked for. */
  @Test
  void aNodeDoesNotTalkToOneThatHasAnotherHostsCertificate() {
    ActorSystem other = system(authority.issueNode("node-3", ROLES, "ip:127.0.0.99"), authority);
    try {
      int port = ((ExtendedActorSystem) other).provider().getDefaultAddress().getPort().get();
      other.actorOf(Props.create(Silent.class), "somebody");
      var somebody = node.actorSelection("akka://witan@" + HERE + ":" + port + "/user/somebody");
      assertThrows(
          java.util.concurrent.ExecutionException.class,
          () ->
              Patterns.ask(somebody, new Identify(1), Duration.ofSeconds(3))
                  .toCompletableFuture()
                  .get(10, TimeUnit.SECONDS));
    } finally {
      end(other);
    }
  }

  @Test
  void aCertificateWithoutItsKeyIsNamed() {
    Config half =
        ConfigFactory.parseString("witan.node.tls.key-file = \"\"")
            .withFallback(config(own, authority))
            .resolve();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NodeTls.remoting(half));
    assertTrue(e.getMessage().contains("witan.node.tls"), e.getMessage());
    assertEquals(
        "tls-tcp",
        NodeTls.remoting(config(own, authority).resolve())
            .getString("akka.remote.artery.transport"));
  }

  @Test
  void aRoleThatTheCertificateDoesNotCarryIsNamed() {
    Config all = config(own, authority).resolve();
    Config more =
        ConfigFactory.parseString("akka.cluster.roles = [api, case, log]").withFallback(all);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NodeTls.remoting(more));
    assertTrue(e.getMessage().contains("witan.node.roles has [log]"), e.getMessage());
    assertEquals(ROLES, NodeTls.identity(all).orElseThrow().roles());
    NodeTls.remoting(ConfigFactory.parseString("akka.cluster.roles = [case]").withFallback(all));
  }

  /** A key that TLS takes and that signs nothing else. */
  @Test
  void aNodesKeyIsOfEd25519() {
    Config all = config(authority.issue("server", "ip:" + HERE), authority).resolve();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NodeTls.remoting(all));
    assertTrue(
        e.getMessage().contains("witan.node.tls") && e.getMessage().contains("Ed25519"),
        e.getMessage());
  }
}
