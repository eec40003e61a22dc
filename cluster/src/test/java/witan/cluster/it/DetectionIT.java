package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.cluster.node.CrashPoints.Point;
import witan.dev.WitanRoot;

/**
 * The intake on real processes: what is sent again is there once, the counts of the log are those
 * that the senders were told, and no kill loses an alert or takes it twice. It has a database of
 * its own, because what it leaves there would make the other tests' checks of the whole log long.
 */
class DetectionIT {
  private static final int REDELIVERIES = 10;

  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    stack =
        new Stack(
            Path.of("target", "it-detection"),
            """
            witan.correlation {
              refusals-interval = 2s
              suppression-rules-file = "%s/suppression.json"
            }
            """);
    Files.writeString(
        stack.folder().resolve("suppression.json"),
        """
        {"version": 3, "rules": [{"id": "known-noise", "reason": "for the test", \
        "sensor": "corpus-elastic-ecs", "cluster": null, "namespace": null, "rule": null, \
        "resource": null, "atMost": "HIGH", "until": null}]}\
        """);
    stack.ready();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  /** What the senders were told; by outcome. */
  private static final class Told {
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int posted;

    void add(int lines, List<JsonNode> taken) {
      posted += lines;
      taken.forEach(line -> outcomes.merge(line.get("outcome").textValue(), 1, Integer::sum));
    }

    int of(String outcome) {
      return outcomes.getOrDefault(outcome, 0);
    }

    int all() {
      return outcomes.values().stream().mapToInt(i -> i).sum();
    }
  }

  @Test
  void the_corpus_sent_eleven_times_is_taken_once_and_every_count_agrees() throws Exception {
    Path corpus = WitanRoot.find().resolve("../shared/corpus");
    assumeTrue(Files.isDirectory(corpus), "SKIPPED: no corpus at " + corpus);
    Told first = deliver(corpus, 1);
    Logged before = logged();
    // A settlement is made after the answer.
    Await.until(
        "the settlements",
        () -> correlationRows().getOrDefault("AssignmentSettled:1", 0L) >= before.alerts);
    Map<String, Long> rows = correlationRows();

    Told again = deliver(corpus, REDELIVERIES);

    Logged after = logged();
    assertEquals(rows, correlationRows(), "correlation wrote for what it knew");
    assertEquals(before.taken(), after.taken(), "something was logged again");

    assertEquals(first.posted, first.all(), "told: " + first.outcomes);
    assertEquals(REDELIVERIES * first.posted, again.posted);
    assertEquals(again.posted, again.all(), "told: " + again.outcomes);
    assertEquals(
        REDELIVERIES * first.of("refused"), again.of("refused"), "told: " + again.outcomes);
    int taken = first.posted - first.of("refused");
    // Lines that the corpus holds twice: their second is a duplicate in the first round already.
    assertEquals(
        taken,
        after.alerts + after.recorded + after.suppressed + first.of("duplicate"),
        after + " of " + first.outcomes);
    assertEquals(first.of("opened") + first.of("joined"), after.alerts);
    assertEquals(first.of("opened"), after.cases);
    assertEquals(first.of("suppressed"), after.suppressed);
    assertTrue(after.suppressed > 0, "nothing was suppressed");
    int refused = first.of("refused") + again.of("refused");
    Await.until("the count of refusals", () -> logged().refused == refused);
    System.out.println("corpus: " + first.outcomes + ", again: " + again.outcomes + ", " + after);
  }

  private static int lines(ByteArrayOutputStream body) {
    return (int)
        body.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).count();
  }

  private Told deliver(Path corpus, int rounds) throws Exception {
    Told told = new Told();
    try (var sets = Files.newDirectoryStream(corpus)) {
      for (Path set : sets) {
        Path events = set.resolve("events.ndjson");
        if (Files.exists(events)) {
          byte[] once = Files.readAllBytes(events);
          ByteArrayOutputStream body = new ByteArrayOutputStream();
          for (int round = 0; round < rounds; round++) {
            body.writeBytes(once);
            body.write('\n');
          }
          told.add(lines(body), taken("corpus-" + set.getFileName(), body.toByteArray()));
        }
      }
    }
    return told;
  }

  /** The outcome of each line; what met a busy council is sent again. */
  private static List<JsonNode> taken(String sensor, byte[] body) throws Exception {
    String[] sent = new String(body, StandardCharsets.UTF_8).split("\n", -1);
    List<JsonNode> outcomes = new ArrayList<>();
    byte[] left = body;
    while (left.length > 0) {
      StringBuilder busy = new StringBuilder();
      List<JsonNode> lines = stack.api.alerts(sensor, left);
      for (JsonNode line : lines.subList(0, lines.size() - 1)) {
        if (line.path("code").asText().equals("busy")) {
          busy.append(sent[line.get("line").intValue() - 1]).append('\n');
        } else {
          outcomes.add(line);
        }
      }
      left = busy.toString().getBytes(StandardCharsets.UTF_8);
      sent = busy.toString().split("\n", -1);
    }
    return outcomes;
  }

  @Test
  void a_kill_between_assignment_and_commit_and_one_before_the_settlement_lose_nothing()
      throws Exception {
    // Far more than the lines that wait together, so that some are not assigned yet when it is
    // armed.
    int count = 600;
    List<String> ids = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ids.add("killed-" + i);
      // Three alerts a host: some open a case, some join one.
      lines.append(alert(ids.get(i), "host-" + i / 3)).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    Map<String, JsonNode> acknowledged = new HashMap<>();

    for (Point point : List.of(Point.AFTER_ASSIGNMENT, Point.BEFORE_SETTLEMENT)) {
      try (Api.Lines stream = stack.api.alertLines("killed", body)) {
        while (acknowledged.size() < (point == Point.AFTER_ASSIGNMENT ? count / 4 : count / 2)) {
          remember(stream.next(), acknowledged);
        }
        stack.arm(point);
        stack.awaitReached(point);
        stack.killNode();
        stream.rest().forEach(line -> remember(line, acknowledged));
      }
      assertTrue(acknowledged.size() < count, "the node was killed too late to show anything");
      stack.startNode(true);
    }
    List<JsonNode> last = stack.api.alerts("killed", body);

    assertEquals(count + 1, last.size());
    for (JsonNode line : last.subList(0, count)) {
      String id = line.get("alertId").textValue();
      JsonNode before = acknowledged.get(id);
      if (before != null) {
        assertEquals("duplicate", line.get("outcome").textValue(), line.toString());
        assertEquals(before.get("caseId"), line.get("caseId"), line.toString());
        assertEquals(before.at("/receipt/index"), line.at("/receipt/index"), line.toString());
      }
    }
    Map<String, Integer> times = new HashMap<>();
    for (JsonNode event : stack.api.events()) {
      if (event.at("/event/alert/sensor").asText().equals("killed")) {
        times.merge(event.at("/event/alert/alertId").asText(), 1, Integer::sum);
      }
    }
    Map<String, Integer> once = new HashMap<>();
    ids.forEach(id -> once.put(id, 1));
    assertEquals(once, times);
  }

  private static void remember(JsonNode line, Map<String, JsonNode> acknowledged) {
    if (line.has("receipt")) {
      acknowledged.putIfAbsent(line.get("alertId").textValue(), line);
    }
  }

  private static String alert(String id, String host) {
    return """
    {"uuid":"%s","priority":"Notice","rule":"Unexpected process","source":"syscall",\
    "time":"2026-11-23T09:41:07.114Z","hostname":"%s","output":"o","output_fields":{}}\
    """
        .formatted(id, host);
  }

  /** Of the corpus' sensors, what is in the log. */
  private record Logged(int cases, int alerts, int recorded, int suppressed, long refused) {
    List<Integer> taken() {
      return List.of(cases, alerts, recorded, suppressed);
    }
  }

  private static Logged logged() throws Exception {
    Set<String> opened = new HashSet<>();
    Set<String> ofCorpus = new HashSet<>();
    int alerts = 0;
    int recorded = 0;
    int suppressed = 0;
    long refused = 0;
    for (JsonNode logged : stack.api.events()) {
      JsonNode event = logged.get("event");
      String sensor = event.path("sensor").asText(event.at("/alert/sensor").asText());
      switch (logged.get("type").textValue()) {
        case "AlertRecorded" -> {
          if (sensor.startsWith("corpus-")) {
            alerts++;
            ofCorpus.add(logged.get("case").textValue());
          }
        }
        case "NonFindingRecorded" -> recorded++;
        case "AlertsSuppressed" -> suppressed += event.get("count").intValue();
        case "RefusalsCounted" -> {
          for (JsonNode count : event.get("refused")) {
            refused += count.longValue();
          }
        }
        case "CaseOpened" -> opened.add(logged.get("case").textValue());
        default -> {}
      }
    }
    opened.retainAll(ofCorpus);
    return new Logged(opened.size(), alerts, recorded, suppressed, refused);
  }

  /**
   * What correlation wrote to its journal, by kind; but for the links, which nothing waits for and
   * duplicates never make.
   */
  private static Map<String, Long> correlationRows() {
    Map<String, Long> rows = new TreeMap<>(stack.journalRows("witan-correlation|"));
    rows.remove("CaseRelated:1");
    return rows;
  }
}
