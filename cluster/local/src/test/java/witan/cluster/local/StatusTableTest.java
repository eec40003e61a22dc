package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.codec.json.Limits;

class StatusTableTest {
  @Test
  void tellsWhereEverythingIsAndWhoDoesNotAnswer() {
    JsonNode all =
        Json.parse(
            """
            {"phase":"READY","detail":"ready","supervisorPid":7,"databasePid":8,"chainPid":-1,"ready":false,
             "nodes":[
              {"number":1,"api":"http://127.0.0.1:7480","phase":"READY","pid":9,"starts":2,"reason":"","status":{
                "node":"127.0.0.1:7420","sequencer":"127.0.0.2:7420","anchorer":null,"openCases":3,
                "waits":{"anchor_missing":2,"no_council":1},
                "members":[
                  {"node":"127.0.0.1:7420","status":"Up","roles":["api","case"],"reachable":true},
                  {"node":"127.0.0.2:7420","status":"Up","roles":["log"],"reachable":false}],
                "sharding":[{"type":"case","node":"127.0.0.1:7420","shards":21,"entities":5},
                            {"type":"witan-executor","node":"127.0.0.1:7420","shards":1,"entities":0}],
                "log":{"size":12,"published":11,"viewed":11},
                "anchors":{"state":"CHAIN_UNREACHABLE","anchoredSize":4,"detail":"refused"},
                "counts":{"writerConflicts":1,"alarms":0,"entityFailures":2,"batchesCommitted":5,"entriesCommitted":9},
                "health":{"ready":true,"parts":[{"name":"chain","up":false,"required":false,"detail":"gone"},
                  {"name":"log-memory","up":true,"detail":"UNPROTECTED: nobody knew it"},
                  {"name":"clock","up":true,"detail":"right"}]}}},
              {"number":2,"api":"http://127.0.0.2:7480","phase":"PAUSED","pid":10,"starts":1,"reason":"","status":null}]}
            """
                .getBytes(StandardCharsets.UTF_8),
            Limits.DEFAULT);
    assertEquals(
        """
        NOT READY, 1 of 2 nodes (ready)
          ! node 2 is PAUSED
          ! node 1: chain: gone
        log        12 entries, 11 published, 7 of them not anchored; 3 cases open
        sequencer  at 127.0.0.2:7420
        anchorer   at -: CHAIN_UNREACHABLE, refused
        database   runs (process 8)
        chain      DOWN
        supervisor process 7

        node 1   READY     http://127.0.0.1:7480  process 9, start 2
          member     Up, roles api case
          holds      shards (entities): case 21 (5), executor 1 (0)
          waits      2 anchor_missing, 1 no_council
          counts     1 writer conflicts, 0 alarms, 2 entity failures; committed 9
                     entries in 5 batches
          chain      DOWN: gone
          log-memory UNPROTECTED: nobody knew it

        node 2   PAUSED    http://127.0.0.2:7480  process 10, start 1
          does not answer

        127.0.0.1:7420 sees 127.0.0.2:7420 Up, unreachable""",
        StatusTable.of(all));
  }
}
