package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import witan.cluster.Main;

class ConfigCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int check(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("witan.conf"), text);
    CommandLine line = Main.program().line("config");
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute("config", "check", file.toString());
  }

  @Test
  void aFileThatANodeWouldStartWithIsRight() throws IOException {
    int code =
        check(
            """
            witan.http.max-body = 2 MiB
            witan.log.cassandra.contact-point = "db:9042"
            witan.insecure.cassandra = on
            witan.execution.dispatcher.thread-pool-executor.keep-alive-time = 30s
            witan.kubernetes.clusters.aws-eu { kubeconfig = "/etc/k", allowed-actions = [],
              allowed-namespaces = ["shop"], allowed-kinds = ["Pod"], max-pods = 3 }
            witan.http-actions.connections.tickets { base = "https://tickets.example",
              path-prefixes = ["/api"], methods = ["POST"], timeout = 5s }
            akka.loglevel = "DEBUG"
            mine = ${witan.council}
            """);

    assertEquals("", err.toString());
    assertEquals(0, code);
    assertTrue(out.toString().contains("aws-eu"), out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "witan.htpp.max-body = 1 MiB, witan.htpp.max-body is not known, did you mean witan.http.max-body?",
    "witan.http.max-bdy = 1 MiB, witan.http.max-bdy is not known, did you mean witan.http.max-body?",
    "witan.kubernetes.clusters.eu { allowed-namspaces = [] }, witan.kubernetes.clusters.eu.allowed-namspaces"
        + " is not known, did you mean witan.kubernetes.clusters.eu.allowed-namespaces?",
    "witan.notify.webhoks { ana { url = a } }, witan.notify.webhoks is not known,"
        + " did you mean witan.notify.webhooks?",
    "witan.driver.retry = soon, witan.driver, retry",
    "witan.correlation.response-rules-file = /nowhere.json, witan.correlation, /nowhere.json",
  })
  void whatNobodyReadsOrCannotBeReadIsNamed(String line, String what, String hint)
      throws IOException {
    int code = check(line);

    assertEquals(2, code);
    assertTrue(err.toString().contains(what), err.toString());
    assertTrue(err.toString().contains(hint), err.toString());
    assertTrue(err.toString().lines().allMatch(l -> !l.contains("Exception")), err.toString());
  }

  @Test
  void whatIsNearNothingGetsNoSuggestionAndEachIsNamed() throws IOException {
    assertEquals(2, check("witan.zebra = 1\nwitan.http { quagga = 2 }"));

    assertTrue(err.toString().contains("witan.zebra is not known"), err.toString());
    assertTrue(err.toString().contains("witan.http.quagga is not known"), err.toString());
    assertEquals(-1, err.toString().indexOf("did you mean"), err.toString());
  }

  @Test
  void aRuleOfAFileThatCannotBeReadIsNamedByItsPath() throws IOException {
    Path rules =
        Files.writeString(folder.resolve("rules.json"), "{\"version\": 1, \"rules\": [{}]}");

    assertEquals(2, check("witan.correlation.response-rules-file = \"" + rules + "\""));

    assertTrue(err.toString().contains(rules.toString()), err.toString());
    assertTrue(err.toString().contains("/rules/0"), err.toString());
  }
}
