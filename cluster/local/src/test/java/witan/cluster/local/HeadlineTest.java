package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/** Nothing is called ready that is not. */
class HeadlineTest {
  private static final String FINE =
      """
      {"number":%d,"phase":"READY","starts":1,"reason":"","status":{"health":{"ready":true,"parts":[
        {"name":"cluster","up":true,"required":true,"detail":"Up"},
        {"name":"council","up":true,"required":false,"detail":"Acme"}]}}}""";
  private static final String UNFOUNDED =
      """
      {"number":%d,"phase":"READY","starts":1,"reason":"","status":{"health":{"ready":true,"parts":[
        {"name":"council","up":false,"required":false,"detail":"none has been founded"}]}}}""";
  private static final String REMOVED =
      """
      {"number":2,"phase":"READY","starts":1,"reason":"","status":{"health":{"ready":false,"parts":[
        {"name":"cluster","up":false,"required":true,"detail":"Removed"}]}}}""";
  private static final String LOOPING =
      """
      {"number":2,"phase":"STARTING","starts":4,"reason":"rules: /rules/0/when is missing","status":null}""";
  private static final String PAUSED =
      """
      {"number":2,"phase":"PAUSED","starts":1,"reason":"","status":null}""";
  private static final String SILENT =
      """
      {"number":2,"phase":"READY","starts":1,"reason":"","status":null}""";

  private static JsonNode all(String phase, String... nodes) {
    return Json.parse(
        ("{\"phase\":\""
                + phase
                + "\",\"detail\":\"ready after 58 s\",\"nodes\":["
                + String.join(",", nodes)
                + "]}")
            .getBytes(StandardCharsets.UTF_8),
        Limits.DEFAULT);
  }

  @Test
  void allIsReadyWhereEveryNodeIs() {
    JsonNode all = all("READY", FINE.formatted(1), FINE.formatted(2));

    assertEquals(new Headline(true, List.of()), Headline.of(all));
    assertEquals("READY, 2 of 2 nodes (ready after 58 s)", Headline.of(all).text(all));
  }

  @Test
  void aNodeThatIsNotReadyIsNamedWithItsReason() {
    for (String[] row :
        new String[][] {
          {REMOVED, "node 2 is not ready: cluster, Removed"},
          {
            LOOPING,
            "node 2 was started 4 times and keeps ending before it is ready:"
                + " rules: /rules/0/when is missing"
          },
          {PAUSED, "node 2 is PAUSED"},
          {SILENT, "node 2 does not answer"}
        }) {
      JsonNode all = all("READY", FINE.formatted(1), row[0]);

      assertEquals(new Headline(false, List.of(row[1])), Headline.of(all));
      assertEquals(
          "NOT READY, 1 of 2 nodes (ready after 58 s)\n  ! " + row[1], Headline.of(all).text(all));
    }
  }

  @Test
  void aCouncilThatIsNotFoundedIsReadyForItAndSaysSoOnce() {
    JsonNode all = all("READY", UNFOUNDED.formatted(1), UNFOUNDED.formatted(2));

    assertEquals(new Headline(true, List.of("council: none has been founded")), Headline.of(all));
  }

  @Test
  void whatOneNodeAloneTellsNamesIt() {
    Headline headline = Headline.of(all("READY", FINE.formatted(1), UNFOUNDED.formatted(2)));

    assertEquals(List.of("node 2: council: none has been founded"), headline.reasons());
  }

  @Test
  void whileDatabaseOrChainAreStartedAgainNothingIsReady() {
    assertFalse(Headline.of(all("RESTARTING", FINE.formatted(1))).ready());
    assertTrue(Headline.of(all("READY", FINE.formatted(1))).ready());
  }
}
