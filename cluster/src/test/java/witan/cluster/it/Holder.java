package witan.cluster.it;

import java.util.Optional;
import java.util.Set;
import witan.dev.DevAuthority;

/** What the traitor has of a node: the certificate with that node's role, and no other. */
enum Holder {
  CASE("case"),
  API("api"),
  EXECUTOR("executor"),
  /** Whoever reaches the nodes' port, with a certificate of an authority of its own. */
  STRANGER("case"),
  /** A node of before. */
  EXPIRED("case");

  private static final String HERE = "ip:127.0.0.1";

  private final String role;

  Holder(String role) {
    this.role = role;
  }

  /** Of whose node the act is; empty where the database or a key of files is enough. */
  static Optional<Holder> of(String act) {
    return switch (act) {
      case "swap", "contain", "open-vote", "forge-ballots", "pretend", "swap-pin" ->
          Optional.of(CASE);
      // The registry and the leases live on a case node.
      case "admit", "slash", "move-reputation", "abort", "switch-on" -> Optional.of(CASE);
      case "record-alert", "cast" -> Optional.of(API);
      case "grant", "release" -> Optional.of(EXECUTOR);
      default -> Optional.empty();
    };
  }

  DevAuthority.Issued certificate(DevAuthority cluster, DevAuthority another) {
    Set<String> roles = Set.of(role);
    String name = "traitor-" + name().toLowerCase(java.util.Locale.ROOT);
    return switch (this) {
      case STRANGER -> another.issueNode(name, roles, HERE);
      case EXPIRED -> cluster.issueExpired(name, roles, HERE);
      default -> cluster.issueNode(name, roles, HERE);
    };
  }
}
