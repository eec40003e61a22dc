package witan.cluster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import witan.cluster.settings.DataFolder;
import witan.dev.CassandraProcess;
import witan.dev.DevAuthority;
import witan.secret.PemTls;
import witan.secret.SecretFile;

/**
 * What the development database demands when it is told to, and what the nodes show it: an
 * authority of its own, made anew at each start, and one user, whose password stays in the data
 * folder as the user stays in the database. Not thread-safe.
 */
final class SecuredDatabase {
  private static final String USER = "witan";
  private static final int PASSWORD_BYTES = 24;

  private final Path password;
  private final DevAuthority authority;
  private final DevAuthority.Issued server;
  private final DevAuthority.Issued client;

  /** Makes the certificates; takes some seconds. */
  SecuredDatabase(DataFolder data) {
    this.password = data.keys().resolve("database.password");
    this.authority = DevAuthority.make(data.keys().resolve("database"));
    this.server = authority.issue("database", "ip:127.0.0.1");
    this.client = authority.issue("client");
    try {
      SecretFile.createIfMissing(password, SecuredDatabase::random);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + password, e);
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encode(bytes);
  }

  CassandraProcess.Secured demands() {
    return new CassandraProcess.Secured(
        server.keystore(), authority.truststore(), DevAuthority.PASSWORD);
  }

  /** What a node is told. */
  Map<String, String> environment() {
    return Map.of(
        "WITAN_CASSANDRA_USER", USER,
        "WITAN_CASSANDRA_PASSWORD_FILE", password.toString(),
        "WITAN_CASSANDRA_TLS", "true",
        "WITAN_CASSANDRA_TLS_TRUST_FILE", authority.certificate().toString(),
        "WITAN_CASSANDRA_TLS_CERTIFICATE_FILE", client.certificate().toString(),
        "WITAN_CASSANDRA_TLS_KEY_FILE", client.key().toString());
  }

  /** Makes the nodes' user in a database that has just started; does nothing where it is. */
  void makeUser(InetSocketAddress contactPoint, DatabaseUsers users) {
    try {
      PemTls tls =
          PemTls.of(
              Optional.of(authority.certificate()),
              Optional.of(new PemTls.Identity(client.certificate(), client.key())));
      users.make(contactPoint, tls, USER, SecretFile.text(password, SecretFile.MOST_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the database's certificates or password", e);
    }
  }
}
