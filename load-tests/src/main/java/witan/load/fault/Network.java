package witan.load.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cuts connections between nodes, by nftables rules of the network namespace that this process is
 * in. A node's connections come from its own address, and Artery has one connection for each
 * direction: dropping what goes from A to B's remoting port loses A's messages to B, and B's still
 * arrive. HTTP is not touched, nor is the way to the database: both sides go on taking ballots.
 */
final class Network {
  private static final Path NAMED = Path.of("/run/netns");
  private static final String TABLE = "inet witan_torture";

  private final int remotePort;

  Network(int remotePort) {
    this.remotePort = remotePort;
  }

  /** Why nothing can be cut; empty when it can. Rules of the machine's own network are not made. */
  static Optional<String> missing() {
    try {
      if (!named()) {
        return Optional.of(
            "this is not a network namespace of its own (as root: ip netns add NAME; ip -n NAME"
                + " link set lo up; then every command with: ip netns exec NAME)");
      }
      nft("list", "ruleset");
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** Whether {@code ip netns add} made the namespace that this process is in. */
  private static boolean named() throws IOException {
    Object own = Files.getAttribute(Path.of("/proc/self/ns/net"), "unix:ino");
    if (!Files.isDirectory(NAMED)) {
      return false;
    }
    try (Stream<Path> all = Files.list(NAMED)) {
      for (Path one : all.toList()) {
        if (own.equals(Files.getAttribute(one, "unix:ino"))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Loses what each of the first sends to each of the second. */
  void cut(List<String> from, List<String> to) throws IOException, InterruptedException {
    nft("add", "table", TABLE);
    nft("add", "chain", TABLE, "cut", "{ type filter hook input priority 0; }");
    nft(
        "add",
        "rule",
        TABLE,
        "cut",
        "ip saddr { "
            + String.join(", ", from)
            + " } ip daddr { "
            + String.join(", ", to)
            + " } tcp dport "
            + remotePort
            + " drop");
  }

  /** Undoes every cut. */
  void heal() throws IOException, InterruptedException {
    nft("add", "table", TABLE);
    nft("delete", "table", TABLE);
  }

  private static void nft(String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of("nft", String.join(" ", arguments)))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("nft " + String.join(" ", arguments) + ": " + said.strip());
    }
  }
}
