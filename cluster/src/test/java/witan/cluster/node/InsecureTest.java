package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.dev.DevAuthority;

class InsecureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "witan.http.host = 0.0.0.0 | witan.http.host | http | http 0.0.0.0",
        "witan.http.host = \"::\" | witan.http.host | http | http ::",
        "witan.node.host = 10.1.2.3 | witan.node.host | remoting | remoting 10.1.2.3",
        "akka.remote.artery.bind.hostname = 0.0.0.0 | witan.node.host | remoting | remoting 0.0.0.0",
        "witan.log.cassandra.contact-points = [\"127.0.0.1:1\", \"db.example:9042\"]"
            + " | witan.log.cassandra.contact-points | cassandra | cassandra db.example",
        "witan.anchor.rpc = \"http://chain.example:8545\" | witan.anchor.rpc | rpc"
            + " | rpc chain.example",
      })
  void offThisMachineNothingIsInTheOpenUnlessASettingAllowsIt(
      String line, String setting, String way, String told) {
    // Then it is refused by the name of the setting, with the one that allows it
    String said = assertThrows(IllegalArgumentException.class, () -> settings(line)).getMessage();
    assertTrue(said.contains(setting + " is "), said);
    assertTrue(said.contains("witan.insecure." + way), said);
    // And one kind that is allowed does not allow another
    for (String other : List.of("http", "remoting", "cassandra", "rpc")) {
      String allowing = line + "\nwitan.insecure." + other + " = on";
      if (other.equals(way)) {
        assertEquals(List.of(told), settings(allowing).insecure().allowed());
        assertFalse(settings(allowing).insecure().health().up());
        assertFalse(settings(allowing).insecure().health().required());
      } else {
        assertThrows(IllegalArgumentException.class, () -> settings(allowing));
      }
    }
  }

  @Test
  void allThatIsRefusedIsSaidAtOnce() {
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> settings("witan.http.host = 10.0.0.1\nwitan.node.host = 10.0.0.1"))
            .getMessage();
    assertTrue(said.contains("witan.http.host") && said.contains("witan.node.host"), said);
  }

  @Test
  void onThisMachineNothingIsAsked() {
    Insecure nothing =
        settings(
                """
                witan.http.host = 127.0.0.3
                witan.node.host = 127.9.9.9
                witan.log.cassandra.contact-points = ["localhost:9042", "[::1]:9042"]
                witan.anchor.rpc = "http://[::1]:8545"
                """)
            .insecure();
    assertEquals(List.of(), nothing.allowed());
    assertTrue(nothing.health().up());
  }

  @Test
  void whatIsSecuredMayLeaveThisMachine(@TempDir Path folder) {
    DevAuthority authority = DevAuthority.make(folder);
    DevAuthority.Issued own = authority.issue("node", "dns:node.example");
    Insecure nothing =
        settings(
                """
                witan.http.host = 0.0.0.0
                witan.http.tls { certificate-file = "%s", key-file = "%s" }
                witan.log.cassandra.contact-points = ["db.example:9042"]
                witan.log.cassandra.tls { enabled = on, trust-file = "%s" }
                witan.anchor.rpc = "https://chain.example"
                """
                    .formatted(own.certificate(), own.key(), authority.certificate()))
            .insecure();
    assertEquals(List.of(), nothing.allowed());
  }

  @Test
  void aNodeWithoutTheLogAsksNoChain() {
    assertEquals(
        List.of(),
        settings("witan.anchor.rpc = \"http://chain.example\"\nwitan.node.roles = \"api,case\"")
            .insecure()
            .allowed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "::",
        "128.0.0.1",
        "127.0.0.1.example",
        "127.0.0",
        "127.0.0.256",
        "localhost.example",
        "10.0.0.1",
        "::2",
        "fe80::1",
        "::ffff:10.0.0.1",
        ""
      })
  void onlyLoopbackIsThisMachine(String host) {
    assertFalse(Insecure.loopback(host), host);
  }

  private static NodeSettings settings(String lines) {
    Config config =
        ConfigFactory.parseString(lines)
            .withFallback(ConfigFactory.parseResources("application.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();
    return NodeSettings.of(config);
  }
}
