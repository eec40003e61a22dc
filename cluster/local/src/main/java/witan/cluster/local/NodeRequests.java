package witan.cluster.local;

import java.io.IOException;
import java.time.Duration;
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

  void await(int number, NodeState.Phase phase) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    // The supervisor may answer before it writes its state: a node that it adds may be missing.
    while (state().node(number).map(node -> node.phase() != phase).orElse(true)) {
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
