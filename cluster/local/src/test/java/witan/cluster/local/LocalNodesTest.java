package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.cluster.StartException;
import witan.cluster.settings.LocalOptions;

/** No process is started here: the nodes are as after their end. */
class LocalNodesTest {
  private final LocalNodes nodes =
      new LocalNodes(new StackOptions(new LocalOptions(), 1, "", "", false), number -> Map.of());

  @BeforeEach
  void three() {
    for (int i = 0; i < 3; i++) {
      nodes.add();
    }
  }

  @Test
  void whatDoesNotRunCannotBeKilledPausedResumedOrStopped() {
    for (String action : List.of("kill", "pause", "resume", "stop")) {
      String reason = refusal(action + " 2");
      assertTrue(reason.startsWith("node 2 is STOPPED and cannot be"), reason);
    }
    assertEquals("node 2 starts", nodes.request("start 2"));
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertEquals("there is no node 4; there are 1 to 3", refusal("kill 4"));
    assertEquals("there is no node x; there are 1 to 3", refusal("kill x"));
    assertEquals("not a request: kill", refusal("kill"));
    assertEquals("not a request: dance 1", refusal("dance 1"));
    assertEquals("not a request: ", refusal(""));
    assertEquals(3, nodes.states().size());
  }

  @Test
  void onlyWhoSeesNoClusterMayFoundOne() {
    assertEquals(List.of(1), LocalNodes.seeds(1, List.of(2, 3), false));
    assertEquals(List.of(3), LocalNodes.seeds(3, List.of(1, 2), false));
    assertEquals(List.of(2, 3), LocalNodes.seeds(1, List.of(2, 3), true));
  }

  private String refusal(String request) {
    return assertThrows(StartException.class, () -> nodes.request(request)).getMessage();
  }
}
