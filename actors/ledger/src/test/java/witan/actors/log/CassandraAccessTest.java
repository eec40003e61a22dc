package witan.actors.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassandraAccessTest {
  private static final String PASSWORD = "nobody-knows-this";

  @TempDir Path folder;

  @Test
  void withoutSettingsItIsPlainAndNobodyIsNamed() {
    CassandraAccess access = read("");
    assertEquals("127.0.0.1:9042", CassandraAccess.hostAndPort(access.contactPoints().get(0)));
    assertTrue(access.login().isEmpty());
    assertTrue(access.tls().isEmpty());
  }

  @Test
  void thePasswordIsReadFromItsFileAndShownToNobody() throws IOException {
    Path file = secret("rw-------");
    CassandraAccess access = read("user = witan, password-file = \"" + file + "\"");
    assertEquals(PASSWORD, access.login().orElseThrow().password());
    assertFalse(access.toString().contains(PASSWORD), access.toString());
  }

  @Test
  void aPasswordThatOthersMayReadIsRefusedByItsSetting() throws IOException {
    Path file = secret("rw-r--r--");
    String said = refused("user = witan, password-file = \"" + file + "\"");
    assertTrue(said.contains("witan.log.cassandra.password-file"), said);
    assertTrue(said.contains("chmod 600 " + file), said);
    assertFalse(said.contains(PASSWORD), said);
  }

  @Test
  void whatTheDriverIsToldInTheOneConfigurationCountsForEverySession() {
    // Given what a file that WITAN_CONFIG names could hold
    Config root =
        ConfigFactory.parseString("datastax-java-driver.advanced.connection.pool.local.size = 3")
            .withFallback(config(""));
    // Then
    assertEquals(
        3, CassandraAccess.from(root).driver().getInt("advanced.connection.pool.local.size"));
    assertEquals(
        "witan.actors.node.JournalSessions",
        root.getString("akka.persistence.cassandra.session-provider"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contact-points = [nowhere] | contact-points",
        "contact-points = [\"a:99999\"] | contact-points",
        "contact-points = [] | contact-points",
        "user = witan | password-file",
        "password-file = x | user",
        "user = witan, password-file = none | password-file",
        "tls.trust-file = x | tls.enabled",
        "tls { enabled = on, trust-file = none } | tls",
        "tls { enabled = on, certificate-file = x } | tls.key-file",
        "tls { enabled = on, key-file = x } | tls.certificate-file",
      })
  void whatIsWrongIsNamedByItsPath(String settings, String key) {
    String said = refused(settings);
    assertTrue(said.contains("witan.log.cassandra." + key + "'"), said);
  }

  private static String refused(String settings) {
    return assertThrows(ConfigException.class, () -> read(settings)).getMessage();
  }

  private static CassandraAccess read(String settings) {
    return CassandraAccess.from(config(settings));
  }

  private static Config config(String settings) {
    return ConfigFactory.parseString("witan.log.cassandra { " + settings + " }")
        .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private Path secret(String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
