package witan.cluster.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.NodeState;
import witan.cluster.settings.RunState;

/** Asks the supervisor of a data folder, and waits for what was asked. */
final class NodeRequests {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long LOOK_MS = 50;

  private final DataFolder folder;

  NodeRequests(DataFolder folder) {
    this.folder = folder;
  }

  /** Throws StartException when nothing runs. */
  RunState state() {
    return RunState.ofLiving(folder)
        .orElseThrow(
            () ->
                new StartException(
                    "nothing runs on " + folder.root() + "; './witan up --nodes 3' starts it"));
  }

  String ask(String request) throws IOException, InterruptedException {
    RunState state = state();
    if (state.phase() == RunState.Phase.STARTING || state.phase() == RunState.Phase.STOPPING) {
      throw new StartException("not now: " + state.phase() + ", " + state.detail());
    }
    return new Control(folder).ask(request);
  }

  /**
   * Waits for a phase.
   *
   * @throws IllegalStateException when it keeps ending before it is ready, with its own words
   */
  void await(int number, NodeState.Phase phase) throws InterruptedException {
    int first = state().node(number).map(NodeState::starts).orElse(0);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    // The supervisor may answer before it writes its state: a node that it adds may be missing.
    while (true) {
      Optional<NodeState> node = state().node(number);
      if (node.filter(is -> is.phase() == phase).isPresent()) {
        return;
      }
      if (phase == NodeState.Phase.READY
          && node.filter(is -> !is.reason().isEmpty() && is.starts() > first + 1).isPresent()) {
        throw new IllegalStateException(
            "node "
                + number
                + " keeps ending before it is ready: "
                + node.get().reason()
                + "; see "
                + folder.logs().resolve("node-" + number + ".out")
                + ". It is tried again some times by itself, then by './witan node start "
                + number
                + "'");
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "node "
                + number
                + " is not "
                + phase
                + " after "
                + LIMIT.toSeconds()
                + " s; see "
                + folder.logs());
      }
      Thread.sleep(LOOK_MS);
    }
  }
}
