package witan.cluster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import witan.cluster.settings.NodeState;
import witan.dev.DevAuthority;

/**
 * The local cluster's own authority, and a certificate for each of its nodes: made anew at each
 * start of the stack, whose nodes live no longer than it. For the supervisor's thread alone.
 */
final class NodeCertificates {
  private final Path folder;
  private final StackOptions options;
  private final CompletableFuture<DevAuthority> authority;

  /** Begins to make the authority and the first certificates; takes a second for each. */
  NodeCertificates(StackOptions options, int nodes) {
    this.folder = options.local().folder().keys().resolve("nodes");
    this.options = options;
    this.authority = CompletableFuture.supplyAsync(() -> make(nodes));
  }

  private DevAuthority make(int nodes) {
    delete(folder);
    DevAuthority made = DevAuthority.make(folder);
    for (int number = 1; number <= nodes; number++) {
      issue(made, number);
    }
    return made;
  }

  private DevAuthority.Issued issue(DevAuthority authority, int number) {
    Set<String> roles =
        options
            .rolesOf(number)
            .map(
                names ->
                    Arrays.stream(names.split(",", -1))
                        .map(String::strip)
                        .collect(Collectors.toSet()))
            .orElse(ClusterOptions.ALL_ROLES);
    return authority.issueNode("node-" + number, roles, "ip:" + NodeState.host(number));
  }

  /** What that node is told; a node that was added gets its certificate now. Waits. */
  Map<String, String> environment(int number) {
    DevAuthority made = authority.join();
    Path certificate = folder.resolve("node-" + number + ".pem");
    if (!Files.exists(certificate)) {
      issue(made, number);
    }
    return Map.of(
        "WITAN_NODE_CERTIFICATE_FILE", certificate.toString(),
        "WITAN_NODE_KEY_FILE", folder.resolve("node-" + number + ".key").toString(),
        "WITAN_NODE_AUTHORITY_FILE", made.certificate().toString());
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder + " anew", e);
    }
  }
}
