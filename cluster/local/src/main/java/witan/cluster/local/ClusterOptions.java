package witan.cluster.local;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.cluster.settings.LocalOptions;
import witan.cluster.settings.NodeState;

/** How many nodes, and what each does. */
public final class ClusterOptions {
  /** As nodes call them, who are not on this class path. */
  public static final Set<String> ALL_ROLES = Set.of("api", "case", "executor", "log");

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

  /** The stack that is to be started, once they are checked. */
  public StackOptions of(LocalOptions local) {
    if (nodes < 1 || nodes > NodeState.MOST) {
      throw new StartException("--nodes is 1 to " + NodeState.MOST);
    }
    ClockSkew.parse(clockSkew).refuseWithoutLibrary();
    StackOptions stack = new StackOptions(local, nodes, roles, clockSkew, secureDatabase);
    List<String> first = stack.rolesOf(1).map(names -> List.of(names.split(",", -1))).orElse(ALONE);
    if (!first.containsAll(ALONE)) {
      // It is ready before the others start: its sequencer opens the log, its registry answers.
      throw new StartException(
          "--roles: the first node starts alone and needs the roles "
              + String.join(" and ", ALONE));
    }
    return stack;
  }
}
