package witan.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.DevAuthority;

class PemTlsTest {
  @TempDir static Path folder;
  private static DevAuthority authority;
  private static DevAuthority.Issued server;
  private static DevAuthority.Issued client;
  private static DevAuthority.Issued stranger;

  @BeforeAll
  static void issue() {
    authority = DevAuthority.make(folder.resolve("ours"));
    server = authority.issue("server", "dns:db.example", "ip:127.0.0.1");
    client = authority.issue("client");
    stranger = DevAuthority.make(folder.resolve("theirs")).issue("stranger", "dns:db.example");
  }

  @Test
  void aServerOfTheAuthorityIsBelievedByNameAndByAddress() throws IOException {
    PemTls trusting = tls(null);
    assertEquals(
        "TLSv1.3", shake(trusting.client("db.example", 1, true), tls(server).server(false)));
    assertEquals(
        "TLSv1.3", shake(trusting.client("127.0.0.1", 1, true), tls(server).server(false)));
  }

  @Test
  void aServerOfAnotherNameIsNotUnlessNamesDoNotCount() throws IOException {
    PemTls trusting = tls(null);
    assertThrows(
        SSLException.class,
        () -> shake(trusting.client("other.example", 1, true), tls(server).server(false)));
    shake(trusting.client("other.example", 1, false), tls(server).server(false));
  }

  @Test
  void aServerOfAnotherAuthorityIsNot() {
    assertThrows(
        SSLException.class,
        () -> shake(tls(null).client("db.example", 1, false), tls(stranger).server(false)));
  }

  @Test
  void withMutualAuthenticationTheClientShowsWhoItIs() throws IOException {
    shake(tls(client).client("db.example", 1, true), tls(server).server(true));
    assertThrows(
        SSLException.class,
        () -> shake(tls(null).client("db.example", 1, true), tls(server).server(true)));
    assertThrows(
        SSLException.class,
        () -> shake(tls(stranger).client("db.example", 1, true), tls(server).server(true)));
  }

  @Test
  void aKeyThatOthersMayReadIsRefusedByName() throws IOException {
    Path open = Files.copy(server.key(), folder.resolve("open.key"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(server.certificate(), open, open + " is refused", "chmod 600");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    assertRefused(server.certificate(), client.key(), client.key() + " is refused", "not the key");
  }

  @Test
  void whatIsNoKeyOrCertificateIsRefusedByName() throws IOException {
    assertRefused(server.key(), server.key(), server.key() + " is refused", "no certificate");
    Path old = folder.resolve("rsa.key");
    SecretFile.createIfMissing(
        old,
        () ->
            "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
                .getBytes(StandardCharsets.US_ASCII));
    assertRefused(server.certificate(), old, old + " is refused", "PKCS#8");
    Path missing = folder.resolve("none.pem");
    assertRefused(missing, server.key(), "there is no file " + missing);
  }

  private static void assertRefused(Path certificate, Path key, String... parts) {
    SecretRefused refused =
        assertThrows(
            SecretRefused.class,
            () -> PemTls.of(Optional.empty(), Optional.of(new PemTls.Identity(certificate, key))));
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  private static PemTls tls(DevAuthority.Issued own) throws IOException {
    return PemTls.of(
        Optional.of(authority.certificate()),
        Optional.ofNullable(own).map(it -> new PemTls.Identity(it.certificate(), it.key())));
  }

  /** Until both have what they want; says which protocol. */
  private static String shake(SSLEngine one, SSLEngine other) throws SSLException {
    ByteBuffer toOther = ByteBuffer.allocate(1 << 16);
    ByteBuffer toOne = ByteBuffer.allocate(1 << 16);
    one.beginHandshake();
    other.beginHandshake();
    for (int round = 0; round < 50; round++) {
      step(one, toOther, toOne);
      step(other, toOne, toOther);
    }
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, one.getHandshakeStatus());
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, other.getHandshakeStatus());
    return one.getSession().getProtocol();
  }

  private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    ByteBuffer plain = ByteBuffer.allocate(1 << 16);
    for (int i = 0; i < 20; i++) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        engine.wrap(nothing, out);
      } else {
        in.flip();
        boolean any = in.hasRemaining();
        if (any) {
          engine.unwrap(in, plain);
        }
        in.compact();
        if (!any) {
          return;
        }
      }
    }
  }
}
