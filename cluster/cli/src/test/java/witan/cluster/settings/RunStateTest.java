package witan.cluster.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {
  @TempDir Path folder;

  @Test
  void isReadAsItWasWritten() {
    RunState state =
        new RunState(
            RunState.Phase.READY,
            "ready after 30 s",
            ProcessHandle.current().pid(),
            7480,
            11,
            -1,
            List.of(
                new NodeState(1, NodeState.Phase.READY, 12, 1, ""),
                new NodeState(2, NodeState.Phase.PAUSED, 13, 4, "witan: no key")));
    state.write(folder.resolve("state"));
    assertEquals(Optional.of(state), RunState.read(folder.resolve("state")));
    assertEquals("http://127.0.0.2:7480", state.nodes().get(1).api(7480).toString());
  }

  @Test
  void aKilledSupervisorIsNotAlive() {
    DataFolder data = new DataFolder(folder).create();
    assertEquals(Optional.empty(), RunState.ofLiving(data));
    new RunState(RunState.Phase.READY, "", Long.MAX_VALUE, 1, -1, -1, List.of())
        .write(data.state());
    assertEquals(Optional.empty(), RunState.ofLiving(data));
  }
}
