package witan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import witan.actors.log.LogProtection;
import witan.actors.node.NodeRoles;
import witan.cluster.local.ClusterOptions;
import witan.cluster.local.StatusTable;

/** Words of nodes that commands know, which have no class of a node's to take them from. */
class SharedWordsTest {
  @Test
  void theRolesAreThoseOfNodes() {
    assertEquals(NodeRoles.ALL, ClusterOptions.ALL_ROLES);
  }

  @Test
  void theStatusShowsALogThatIsUnprotected() {
    assertEquals(LogProtection.UNPROTECTED, StatusTable.UNPROTECTED);
  }
}
