package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.dev.CassandraProcess;
import witan.dev.DevAuthority;
import witan.secret.PemTls;
import witan.secret.SecretFile;

/** A Cassandra that demands TLS, a client's certificate, user and password. */
class SecuredDatabaseIT {
  private static final String PASSWORD = "a password of the test";
  private static final String CASSANDRA = "\nwitan.log.cassandra";
  private static Stack stack;
  private static DevAuthority authority;
  private static DevAuthority.Issued client;

  @BeforeAll
  static void start() throws Exception {
    stack =
        new Stack(
            Path.of("target", "it-secured"),
            """
            witan.log.cassandra {
              user = witan
              password-file = "%1$s/keys/database.password"
              tls {
                enabled = on
                trust-file = "%1$s/tls/ca.pem"
                certificate-file = "%1$s/tls/client.pem"
                key-file = "%1$s/tls/client.key"
              }
            }
            """);
    SecretFile.createIfMissing(
        stack.folder().resolve("keys/database.password"),
        () -> PASSWORD.getBytes(StandardCharsets.UTF_8));
    authority = DevAuthority.make(stack.folder().resolve("tls"));
    client = authority.issue("client");
    stack.secure(
        new CassandraProcess.Secured(
            authority.issue("database", "ip:127.0.0.1").keystore(),
            authority.truststore(),
            DevAuthority.PASSWORD));
    stack.startDatabase();
    makeUser();
  }

  private static void makeUser() throws IOException {
    try (CqlSession session = administrator()) {
      session.execute("CREATE ROLE witan WITH PASSWORD = '" + PASSWORD + "' AND LOGIN = true");
      session.execute("GRANT ALL ON ALL KEYSPACES TO witan");
    }
  }

  private static CqlSession administrator() throws IOException {
    PemTls tls =
        PemTls.of(
            Optional.of(authority.certificate()),
            Optional.of(new PemTls.Identity(client.certificate(), client.key())));
    return CqlSession.builder()
        .addContactPoint(stack.database().contactPoint())
        .withLocalDatacenter("datacenter1")
        .withAuthCredentials("cassandra", "cassandra")
        .withSslContext(tls.context())
        .build();
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void a_case_is_decided_on_it_and_what_it_refuses_is_named_by_its_setting() throws Exception {
    stack.ready();
    String caseId = stack.cases.play(Cases.Kind.URGENT);
    stack.cases.assertVotedOnce(caseId, Ballots.APPROVERS, "640");
    stack.cases.assertExecutedOnce(caseId);
    // The journal's session, too.
    try (CqlSession session = administrator()) {
      assertTrue(
          session.execute("SELECT persistence_id FROM witan_journal.messages").all().stream()
              .anyMatch(row -> String.valueOf(row.getString(0)).equals("case|" + caseId)));
    }
    stack.stopNode();

    SecretFile.createIfMissing(
        stack.folder().resolve("keys/wrong.password"),
        () -> "not-this-one".getBytes(StandardCharsets.UTF_8));
    assertRefused(
        CASSANDRA + ".password-file = \"" + stack.folder() + "/keys/wrong.password\"\n",
        "witan.log.cassandra.password-file");
    assertRefused(
        CASSANDRA + " { user = \"\", password-file = \"\" }\n", "witan.log.cassandra.user");
    assertRefused(
        CASSANDRA
            + ".tls { enabled = off, trust-file = \"\", certificate-file = \"\", key-file = \"\" }\n",
        "witan.log.cassandra.tls.enabled");
    DevAuthority other = DevAuthority.make(stack.folder().resolve("other"));
    assertRefused(
        CASSANDRA + ".tls.trust-file = \"" + other.certificate() + "\"\n",
        "witan.log.cassandra.tls");
  }

  private static void assertRefused(String settings, String setting) throws IOException {
    String said = stack.refusedNode(settings);
    assertTrue(said.contains("exit code 2"), said);
    assertTrue(said.contains("witan: Invalid value at '" + setting + "'"), said);
    assertFalse(said.contains("not-this-one"), said);
    assertEquals(-1, said.indexOf(PASSWORD), said);
  }
}
