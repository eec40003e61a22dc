package witan.cluster.local;

import java.util.List;
import picocli.CommandLine.Option;
import witan.cluster.StartException;

/** How many nodes, and what each does. */
public final class ClusterOptions {
  /** Without these a node that is alone does not become ready. */
  private static final List<String> ALONE = List.of("case", "log");

  @Option(
      names = "--nodes",
      defaultValue = "${env:WITAN_NODES:-1}",
      description =
          "nodes, on 127.0.0.1, 127.0.0.2, ... with the same ports (WITAN_NODES; default:"
              + " ${DEFAULT-VALUE})")
  int nodes;

  @Option(
      names = "--roles",
      defaultValue = "${env:WITAN_NODE_ROLES:-}",
      description =
          "roles of each node, nodes separated by slashes, e.g. api,case,log/case,executor (of api,"
              + " case, executor, log; default: every node has all)")
  String roles = "";

  @Option(
      names = "--clock-skew",
      defaultValue = "${env:WITAN_CLOCK_SKEW:-}",
      description =
          "makes clocks of nodes wrong, e.g. 2=+2s,3=-2s, to try what that does (WITAN_CLOCK_SKEW;"
              + " needs libfaketime; default: every clock is right)")
  String clockSkew = "";

  @Option(
      names = "--secure-database",
      defaultValue = "${env:WITAN_SECURE_DATABASE:-false}",
      description =
          "the development database demands TLS, a client's certificate, user and password"
              + " (WITAN_SECURE_DATABASE; default: ${DEFAULT-VALUE})")
  boolean secureDatabase;

  /** Checks them and puts them where the stack reads them. */
  public void into(LocalOptions options) {
    if (nodes < 1 || nodes > NodeState.MOST) {
      throw new StartException("--nodes is 1 to " + NodeState.MOST);
    }
    options.nodes = nodes;
    options.roles = roles;
    options.clockSkew = clockSkew;
    options.secureDatabase = secureDatabase;
    ClockSkew.parse(clockSkew).refuseWithoutLibrary();
    List<String> first =
        options.rolesOf(1).map(roles -> List.of(roles.split(",", -1))).orElse(ALONE);
    if (!first.containsAll(ALONE)) {
      // It is ready before the others start: its sequencer opens the log, its registry answers.
      throw new StartException(
          "--roles: the first node starts alone and needs the roles "
              + String.join(" and ", ALONE));
    }
  }
}
