package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.AnvilProcess;
import witan.dev.CassandraProcess;
import witan.dev.ChildProcess;
import witan.dev.Ports;

/** The page for three machines, typed on three addresses of this one. */
class ThreeMachinesIT {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final List<AutoCloseable> running = new ArrayList<>();
  private final Page page = page();

  private static Page page() {
    try {
      return Page.read("three-machines.md");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
  }

  /** What a reader writes in the place of the page's own values. */
  private Map<String, String> yours(int http) {
    CassandraProcess database =
        CassandraProcess.start(CassandraProcess.Options.in(folder.resolve("cassandra")));
    running.add(database::kill9);
    AnvilProcess chain =
        AnvilProcess.start(
            AnvilProcess.Options.at(folder.resolve("chain/state.json")).withBlockTime(1));
    running.add(chain::kill9);
    Map<String, String> yours = new HashMap<>();
    for (int i = 1; i <= 3; i++) {
      yours.put("H" + i, "127.0.0." + i);
    }
    yours.put("HTTP", Integer.toString(http));
    yours.put("REMOTE", Integer.toString(Ports.free()));
    yours.put("CASSANDRA", "127.0.0.1:" + database.contactPoint().getPort());
    yours.put("REPLICATION", "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    yours.put("RPC", chain.rpcUri().toString());
    return yours;
  }

  private Map<String, String> machine(int number) throws IOException {
    Path data = Files.createDirectories(folder.resolve("var-" + number));
    Map<String, String> machine = new HashMap<>();
    machine.put("WITAN_BUILT", "1");
    machine.put("WITAN_ETC", folder.resolve("council/node-" + number).toString());
    machine.put("WITAN_VAR", data.toString());
    return machine;
  }

  private void start(int number, int http) throws IOException {
    ChildProcess node =
        ChildProcess.start(
            "node " + number,
            new ChildProcess.Options(
                List.of("bash", "-euc", "cd " + folder + "\n" + page.text("start")),
                folder.resolve("node-" + number + ".log"),
                machine(number),
                Duration.ofSeconds(30),
                true));
    running.add(node::kill9);
    node.awaitPort(new InetSocketAddress("127.0.0." + number, http), START_LIMIT);
  }

  @Test
  void whatThePageSaysMakesAClusterOfThreeThatSpeaksByTls() throws Exception {
    int http = Ports.free();
    Map<String, String> yours = yours(http);
    String script = page.text("");
    int ask = script.indexOf("export WITAN_URL");
    assertTrue(ask > 0, script);

    Page.type(folder, yours, script.substring(0, ask));
    for (int number = 1; number <= 3; number++) {
      assertFalse(Page.type(folder, machine(number), page.text("node")).isBlank());
    }
    for (int number = 1; number <= 3; number++) {
      start(number, http);
    }
    String beginning = script.substring(0, script.indexOf("mkdir -p council"));
    String said = Page.type(folder, yours, beginning + script.substring(ask));

    assertTrue(said.contains("\"name\":\"council\",\"up\":false"), said);
    assertTrue(said.contains("No council has been founded"), said);
  }
}
