package witan.cluster.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.NodeState;
import witan.cluster.settings.RunState;

/** Where a command asks, and in whose name. */
class CouncilOptionsTest {
  @TempDir Path folder;

  @Command
  static final class Asking {
    @Mixin CouncilOptions options = new CouncilOptions();
  }

  private CouncilOptions options(String... arguments) {
    Asking asking = new Asking();
    List<String> all = new ArrayList<>(List.of("--data", folder.toString()));
    all.addAll(List.of(arguments));
    new CommandLine(asking).parseArgs(all.toArray(String[]::new));
    return asking.options;
  }

  /** What a supervisor with that process writes, of two nodes on port 9480. */
  private void stack(long pid) throws Exception {
    DataFolder data = new DataFolder(folder).create();
    Files.writeString(data.tokenKey(), "0".repeat(64));
    Files.setPosixFilePermissions(data.tokenKey(), PosixFilePermissions.fromString("rw-------"));
    new RunState(
            RunState.Phase.READY,
            "ready",
            pid,
            9480,
            1,
            1,
            List.of(
                new NodeState(1, NodeState.Phase.READY, 1, 1, ""),
                new NodeState(2, NodeState.Phase.READY, 2, 1, "")))
        .write(data.state());
  }

  private static List<URI> uris(String... uris) {
    return List.of(uris).stream().map(URI::create).toList();
  }

  @Test
  void theNodesOfTheDataFolderAreAskedWhateverTheirPort() throws Exception {
    stack(ProcessHandle.current().pid());

    assertEquals(uris("http://127.0.0.1:9480", "http://127.0.0.2:9480"), options().nodes());
  }

  @Test
  void anAddressOrAPortThatIsGivenWins() throws Exception {
    stack(ProcessHandle.current().pid());

    assertEquals(uris("http://127.0.0.1:1"), options("--http-port", "1").nodes());
    assertEquals(
        uris("https://a.example", "http://b.example:7"),
        options("--url", "https://a.example/,http://b.example:7").nodes());
  }

  @Test
  void whereTheStackOfTheFolderIsDownItIsSaidAtOnce() throws Exception {
    stack(Long.MAX_VALUE);

    StartException refused = assertThrows(StartException.class, () -> options().nodes());

    assertTrue(refused.getMessage().contains("nothing runs on " + folder), refused.getMessage());
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String url : List.of("council.example", "ftp://a.example", "http://")) {
      assertThrows(StartException.class, () -> options("--url", url).nodes(), url);
    }
  }

  @Test
  void theLocalKeySpeaksToNodesOfTheLocalStackAlone() throws Exception {
    stack(ProcessHandle.current().pid());

    assertFalse(options().token().isEmpty());
    assertFalse(options("--url", "http://127.0.0.2:9480").token().isEmpty());
    assertThrows(StartException.class, () -> options("--url", "http://127.0.0.3:9480").token());
    assertEquals("mine", options("--token", "mine").token());
  }
}
