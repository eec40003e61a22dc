package witan.cluster.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;

/** A council whose stream breaks after every event, as far as a watcher can tell. */
class WatchCommandTest {
  private final List<String> events = new ArrayList<>();
  private final List<String> resumedAfter = Collections.synchronizedList(new ArrayList<>());
  private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private List<String> waits = List.of("[]");
  private int shown;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void event(String type, String event) {
    events.add(
        "{\"index\":"
            + (7 + events.size())
            + ",\"type\":\""
            + type
            + "\",\"case\":\"c-1\",\"at\":\"2026-11-23T01:02:03.004Z\",\"event\":"
            + event
            + "}");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = "{}";
    int status = 200;
    if (path.equals("/v1/events")) {
      String after = exchange.getRequestHeaders().getFirst("Last-Event-ID");
      resumedAfter.add(String.valueOf(after));
      int next = after == null ? 0 : Integer.parseInt(after) - 6;
      body = next < events.size() ? ":\n\nid: x\ndata: " + events.get(next) + "\n\n" : ":\n\n";
    } else if (path.equals("/v1/cases/c-1")) {
      body =
          "{\"phase\":\"VOTING\",\"index\":7,\"events\":[{\"index\":7}],\"waits\":"
              + waits.get(Math.min(shown++, waits.size() - 1))
              + ",\"assurance\":{\"level\":\"ANCHORED\"}}";
    } else if (path.endsWith("/resolve") || path.endsWith("/pause") || path.endsWith("/resume")) {
      posted.add(
          exchange.getRequestURI().getRawPath()
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      body = "{\"index\":41}";
      status = 201;
    } else {
      status = 404;
      body = "{\"code\":\"case_not_found\",\"detail\":\"none\",\"hint\":\"list them\"}";
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int run(String... arguments) {
    CommandLine line = CouncilCommands.program().line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--token", "t"));
    return line.execute(all.toArray(String[]::new));
  }

  private void story(String outcome, String reason) {
    event(
        "VoteCast",
        "{\"signed\":{\"ballot\":{\"support\":\"FOR\",\"voter\":\"0x"
            + "ab".repeat(20)
            + "\"}},\"organisation\":\"acme\",\"weight\":\"60\",\"counted\":true}");
    event(
        "StepIntended",
        "{\"step\":\"m#2\",\"action\":\"manual\",\"deadline\":\"2026-11-23T02:00:00.000Z\","
            + "\"target\":{\"kind\":\"Pod\",\"cluster\":\"eu\",\"namespace\":\"shop\",\"name\":\"w\"}}");
    event("StepObserved", "{\"step\":\"m#2\",\"outcome\":\"DONE\",\"detail\":\"confirmed\"}");
    event(
        "ExecutionPaused",
        "{\"by\":\"p1:olga\",\"reason\":\"the right pod?\","
            + "\"until\":\"2026-11-23T02:15:00.000Z\"}");
    event("ExecutionResumed", "{\"by\":\"p1:olga\"}");
    event("ExecutionEnded", "{\"outcome\":\"" + outcome + "\",\"detail\":\"m#2: confirmed\"}");
    event("CaseClosed", "{\"reason\":\"" + reason + "\"}");
  }

  @Test
  void followsACaseOverBrokenConnectionsAndEndsWithIt() {
    story("SUCCEEDED", "executed");

    assertEquals(0, run("watch", "c-1"), err.toString());

    assertEquals(List.of("null", "7", "8", "9", "10", "11", "12"), resumedAfter);
    String text = out.toString();
    for (String shown :
        List.of(
            "of acme, weight 60",
            "WAITS",
            "./witan vote confirm c-1 'm#2'",
            "a person is asked",
            "until 2026-11-23 02:15:00 UTC by p1:olga: the right pod?",
            "resumed",
            "SUCCEEDED, carried out, every step: m#2: confirmed",
            "ANCHORED")) {
      assertTrue(text.replaceAll("\\s+", " ").contains(shown), shown + " in " + text);
    }
  }

  private static String waiting(String code, String who) {
    return "[{\"code\":\""
        + code
        + "\",\"detail\":\"It is so.\",\"since\":\"2026-11-23T01:02:03.000Z\",\"who\":\""
        + who
        + "\"}]";
  }

  @Test
  void saysWhyTheCaseWaitsAndForWhomEachTimeThatItIsForAnotherReason() {
    story("SUCCEEDED", "executed");
    String vote = waiting("voting_open", "members");
    waits = List.of(vote, vote, vote, waiting("anchor_missing", "chain"), "[]");

    assertEquals(0, run("watch", "c-1"), err.toString());

    assertEquals(
        List.of(
            "          waits for members: It is so. (since 2026-11-23 01:02:03 UTC)",
            "          waits for chain: It is so. (since 2026-11-23 01:02:03 UTC)"),
        out.toString().lines().filter(line -> line.contains("waits for")).toList());
  }

  @Test
  void programsAreToldTheReasonsAsOneLine() {
    story("SUCCEEDED", "executed");
    waits = List.of(waiting("anchor_missing", "chain"), "[]");

    assertEquals(0, run("watch", "c-1", "--json"));

    assertEquals(
        List.of("{\"waits\":" + waits.get(0) + "}", "{\"waits\":[]}"),
        out.toString().lines().filter(line -> line.startsWith("{\"waits\"")).toList());
  }

  @Test
  void whatFailedIsExitCodeOne() {
    story("ABORTED", "aborted");
    assertEquals(1, run("watch", "c-1", "--json"));
    assertEquals(events, out.toString().lines().toList(), "each event as it came");
  }

  @Test
  void whatTheCouncilDoesNotKnowCannotBeWatched() {
    assertEquals(2, run("watch", "c-9"));
    assertTrue(err.toString().contains("case_not_found"), err.toString());
  }

  @Test
  void anOperatorPausesAndResumes() {
    assertEquals(0, run("pause", "c-1", "--reason", "the right pod?"), err.toString());
    assertEquals(0, run("resume", "c-1"), err.toString());
    assertEquals(
        List.of("/v1/cases/c-1/pause {\"reason\":\"the right pod?\"}", "/v1/cases/c-1/resume {}"),
        posted);
    assertEquals(2, run("pause", "c-1"), "a pause has a reason");
  }

  @Test
  void aPersonSaysWhatBecameOfAnUnknownStep() {
    assertEquals(0, run("resolve", "c-1", "p1/m#2", "--done", "--note", "rebuilt"));
    assertEquals(
        List.of("/v1/cases/c-1/steps/p1%2Fm%232/resolve {\"did\":true,\"note\":\"rebuilt\"}"),
        posted);
    assertEquals(2, run("resolve", "c-1", "m"), "done or not done must be said");
  }
}
