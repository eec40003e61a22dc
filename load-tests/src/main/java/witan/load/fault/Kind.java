package witan.load.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What can be done to a running stack. */
public enum Kind {
  /** SIGKILL; the stack's supervisor starts the node again. */
  KILL_NODE,
  /** SIGSTOP for longer than the failure detector and the split-brain resolver need. */
  PAUSE_NODE,
  /** SIGTERM: the node hands over and leaves. */
  RESTART_NODE,
  KILL_DATABASE,
  /** SIGSTOP: it accepts connections and never answers. */
  PAUSE_DATABASE,
  /** SIGSTOP, as of the database: anchoring stops, everything else goes on. */
  PAUSE_CHAIN,
  /** Every node, one after the other. */
  ROLLING_RESTART,
  /** One node is cut off from all others, long or short; clients and database reach both sides. */
  PARTITION,
  /** What one node sends to another, or to all others, is lost; what they send arrives. */
  ONE_WAY,
  /** A further node founds a cluster of its own on the same database and takes ballots. */
  SPLIT_BRAIN;

  /** Whether the others may have given up a node that still lives. */
  boolean isGivenUp() {
    return this == PAUSE_NODE || needsNetwork();
  }

  private boolean needsNetwork() {
    return this == PARTITION || this == ONE_WAY;
  }

  private boolean needsOthers() {
    return this == ROLLING_RESTART || needsNetwork();
  }

  /** Why nodes cannot be cut off from each other here; empty when they can. */
  public static java.util.Optional<String> noPartitions() {
    return Network.missing();
  }

  /** Every kind that is possible here, once, in an order that the seed chooses. */
  public static List<Kind> schedule(long seed, int nodes) {
    boolean network = noPartitions().isEmpty();
    List<Kind> kinds = new ArrayList<>(List.of(values()));
    Collections.shuffle(kinds, new Random(seed));
    kinds.removeIf(k -> (k.needsOthers() && nodes < 2) || (k.needsNetwork() && !network));
    return kinds;
  }

  /** Throws IllegalArgumentException when one of them cannot be done here. */
  public static void require(List<Kind> kinds, int nodes) {
    for (Kind kind : kinds) {
      if (kind.needsOthers() && nodes < 2) {
        throw new IllegalArgumentException(kind + " needs several nodes; say --nodes");
      }
      if (kind.needsNetwork()) {
        noPartitions()
            .ifPresent(
                why -> {
                  throw new IllegalArgumentException(kind + " is not possible: " + why);
                });
      }
    }
  }
}
