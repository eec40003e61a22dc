package witan.actors.node;

import java.util.Set;

/** What a node of the cluster may do; Akka's cluster roles. A node has one or more. */
public final class NodeRoles {
  /** Serves the HTTP API. */
  public static final String API = "api";

  /** Cases, registry, intake and correlation. */
  public static final String CASE = "case";

  /** Carries out decisions; the only one that needs credentials of clusters. */
  public static final String EXECUTOR = "executor";

  /** Sequencer and anchorer; the only one that needs the anchor's key. */
  public static final String LOG = "log";

  public static final Set<String> ALL = Set.of(API, CASE, EXECUTOR, LOG);

  private NodeRoles() {}
}
