package witan.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import witan.load.client.LoadClient;
import witan.load.drive.Alerts;
import witan.load.drive.Council;

/** What one node acknowledged, another one shows to whoever brings the index: at once. */
class ReadAfterWriteIT {
  private static final int CASES = 30;

  @Test
  @Timeout(600)
  void whatOneNodeAcknowledgedTheOtherShows() throws IOException, InterruptedException {
    try (TestStack stack = TestStack.up(List.of(), Map.of(), "--nodes", "2")) {
      LoadClient first = client(stack, 1);
      LoadClient second = client(stack, 2);
      // The second node has looked a moment ago, and found nothing.
      assertEquals(404, second.get("/v1/council").status());

      LoadClient.Answer founded =
          first.post("/v1/council", founding(stack, first), "read-after-write");
      assertEquals(201, founded.status(), founded.text());
      assertShows(second, "/v1/council", founded.json().path("index").asLong());
      assertShows(second, "/v1/members", founded.json().path("index").asLong());

      for (int i = 0; i < CASES; i++) {
        String id = "read-after-write-" + i;
        LoadClient.Answer taken = first.post("/v1/alerts", Alerts.falco(id, "Critical"), null);
        assertEquals(202, taken.status(), taken.text());
        String caseId = taken.json().at("/alerts/0/caseId").asText();
        long index = taken.json().path("index").asLong();
        String list = assertShows(second, "/v1/cases?limit=" + (i + 1), index);
        assertEquals(1, list.split("\"" + caseId + "\"", -1).length - 1, list);
        assertShows(second, "/v1/cases/" + caseId, index);
      }
    }
  }

  private static LoadClient client(TestStack stack, int node)
      throws IOException, InterruptedException {
    return new LoadClient(
        List.of("http://127.0.0." + node + ":" + stack.httpPort()),
        stack.stack().token(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(90));
  }

  private static byte[] founding(TestStack stack, LoadClient api)
      throws IOException, InterruptedException {
    Path keys = stack.stack().data().resolve("load");
    return Council.founding(api, keys, new Council.Plan(3, Duration.ofMinutes(5)));
  }

  private static String assertShows(LoadClient api, String path, long index)
      throws IOException, InterruptedException {
    LoadClient.Answer answer =
        api.get(path + (path.contains("?") ? "&" : "?") + "minIndex=" + index);
    assertEquals(200, answer.status(), answer.text());
    return answer.text();
  }
}
