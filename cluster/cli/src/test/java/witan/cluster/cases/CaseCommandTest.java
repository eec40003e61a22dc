package witan.cluster.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;

class CaseCommandTest {
  private static final String CASE = "c-0123456789abcdef0123456789abcdef";
  private static final String WAITS =
      """
      [{"code":"proposal_missing","detail":"no rule proposes anything for this case: a member may \
      until 2026-12-01T10:00:00Z, then it is closed","since":"2026-12-01T09:00:01.000Z","who":"members"}]""";
  private static final String ALERT =
      """
      {"sensor":"aws","format":"guardduty","severity":"HIGH","title":"Credentials of an instance used elsewhere",
       "resource":{"kind":"CLOUD_RESOURCE","cluster":"aws-eu","namespace":null,"name":"i-1"},
       "at":"2026-12-01T08:59:59.000Z","rawDigest":"%s"}"""
          .formatted("ab".repeat(32));

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    answers.put("/v1/cases/" + CASE + "/notes", "{\"items\":[]}");
    answers.put("/v1/cases/" + CASE + "/related", "{\"related\":[]}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String method = exchange.getRequestMethod();
    if (!method.equals("GET")) {
      sent.add(
          method
              + " "
              + path
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
    String known = method.equals("GET") ? answers.get(path) : "{\"index\":77}";
    byte[] bytes =
        (known == null
                ? "{\"code\":\"case_not_found\",\"detail\":\"There is no such case.\",\"hint\":\"List"
                    + " them.\"}"
                : known)
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(known == null ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--token", "t"));
    String[] arguments = all.toArray(String[]::new);
    CommandLine line = CouncilCommands.program().line(arguments);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static String note(int minute, String text) {
    return "{\"type\":\"NoteAdded\",\"at\":\"2026-12-01T09:0%d:00.000Z\",\"event\":{\"by\":\"person:ab\",\"text\":\"%s\"}}"
        .formatted(minute, text);
  }

  private static String line(String phase, String caseId) {
    return """
        {"caseId":"%s","phase":"%s","severity":"HIGH","title":"%s","openedAt":"2026-12-01T09:00:00.000Z"}"""
        .formatted(caseId, phase, "Credentials of an instance used elsewhere, ".repeat(3));
  }

  private void observed() {
    answers.put(
        "/v1/cases/" + CASE,
        """
        {"caseId":"%s","phase":"OBSERVING","seq":2,"index":9,"assurance":{"level":"LOGGED"},
         "proposed":null,"proposal":null,"outcome":null,"execution":null,"closeReason":null,"follows":"c-9","next":null,
         "alerts":[%s],"waits":%s,"events":[{"at":"2026-12-01T09:00:00.000Z"}]}"""
            .formatted(CASE, ALERT, WAITS));
  }

  @Test
  void aListSaysForWhomEachWaitsAndWhoLooksAtIt() {
    observed();
    answers.put(
        "/v1/cases/" + CASE + "/notes",
        "{\"items\":["
            + String.join(",", note(1, "Assigned to bo"), note(2, "hm"), note(3, "Assigned to ana"))
            + "]}");
    answers.put(
        "/v1/cases?limit=5&phase=observing&severity=high",
        "{\"items\":["
            + line("OBSERVING", CASE)
            + ","
            + line("CLOSED", "c-2")
            + "],\"next\":null}");

    assertEquals(
        0, run("case", "list", "--limit", "5", "--phase", "Observing", "--severity", "high"));

    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(1).contains("HIGH      observing  members         " + CASE), lines.get(1));
    assertTrue(lines.get(2).endsWith("[ana]"), lines.get(2));
    assertTrue(lines.get(3).contains("closed     -"), lines.get(3));
    assertTrue(lines.stream().allMatch(l -> l.length() <= 80), out.toString());
    assertEquals(5, lines.size());
  }

  @Test
  void aCaseThatNobodyProposesAnythingForIsShownWithWhatHappenedAndForWhomItWaits() {
    observed();
    answers.put(
        "/v1/cases/" + CASE + "/notes",
        "{\"items\":[" + note(1, "Assigned to ana") + "," + note(2, "the key was rotated") + "]}");

    assertEquals(0, run("case", "show", CASE));

    String text = out.toString();
    for (String part :
        List.of(
            "Credentials of an instance",
            "HIGH from aws (guardduty)",
            "on cloud resource i-1 of cluster aws-eu",
            "members: no rule proposes anything",
            "(proposal_missing,",
            "Vote: none",
            "Executed: nothing",
            "takes up case c-9 again",
            "assigned to ana",
            "the key was rotated",
            "logged under a signed checkpoint")) {
      assertTrue(text.replaceAll("\\s+", " ").contains(part), part + " in:\n" + text);
    }
    assertTrue(text.lines().allMatch(l -> l.length() <= 80), text);
  }

  @Test
  void whatWasDecidedAndDoneIsShownInPercentAndWords() {
    answers.put(
        "/v1/cases/" + CASE,
        """
        {"caseId":"%s","phase":"CLOSED","seq":12,"index":40,"assurance":{"level":"ANCHORED"},
         "proposed":null,"proposal":"/v1/proposals/x","outcome":{"phase":"APPROVED","option":0,"at":"2026-12-01T09:05:00.000Z"},
         "execution":{"adapter":"rehearsal"},"closeReason":"executed","follows":null,"next":null,
         "alerts":[%s],"waits":[],"events":[{"at":"2026-12-01T09:00:00.000Z"}]}"""
            .formatted(CASE, ALERT));
    answers.put(
        "/v1/proposals/" + CASE,
        """
        {"policy":{"name":"normal"},"deadline":"2026-12-01T10:00:00.000Z",
         "options":[{"index":0,"noAction":false,"approvedBy":"200","option":{"title":"Isolate i-1"}},
                    {"index":1,"noAction":true,"approvedBy":"0","option":null}],
         "tally":{"total":"300","for":"200","against":"0","abstain":"100","quorum":{"reached":true}}}""");
    answers.put(
        "/v1/executions/" + CASE,
        """
        {"adapter":"rehearsal","rehearsed":true,"outcome":"REHEARSED",
         "steps":[{"step":"p1/q","state":"REHEARSED","observation":{"detail":"would label"}}]}""");

    assertEquals(0, run("case", "show", CASE));

    String text = out.toString();
    for (String part :
        List.of(
            "option 0: Isolate i-1, 66.6 % for it",
            "option 1: no action, 0 % for it",
            "for 66.6 %, against 0 %, abstained 33.3 %; quorum reached",
            "APPROVED, option 0, decided 2026-12-01 09:05:00 UTC",
            "nothing was sent anywhere: REHEARSED",
            "p1/q: REHEARSED, would label",
            "anchored on the chain")) {
      assertTrue(text.contains(part), part + " in:\n" + text);
    }
  }

  @Test
  void aNoteAndAnAssignmentArePosted() {
    assertEquals(0, run("case", "note", CASE, "looked at it"));
    assertEquals(0, run("case", "assign", CASE, "ana"));
    assertEquals(0, run("case", "pause", CASE, "--reason", "wait"));

    assertEquals(
        List.of(
            "POST /v1/cases/" + CASE + "/notes {\"text\":\"looked at it\"}",
            "POST /v1/cases/" + CASE + "/notes {\"text\":\"Assigned to ana\"}",
            "POST /v1/cases/" + CASE + "/pause {\"reason\":\"wait\"}"),
        sent);
    assertTrue(out.toString().contains("Logged as entry 77."), out.toString());
  }

  /** Titles come from sensors, reasons from whoever gave them. */
  @Test
  void whatComesFromElsewhereMovesNoCursor() {
    observed();
    String drawn = "\\u001b[2J\\u202eAll is well";
    answers.computeIfPresent(
        "/v1/cases/" + CASE, (path, json) -> json.replace("Credentials", drawn + " Credentials"));
    answers.put("/v1/cases/" + CASE + "/notes", "{\"items\":[" + note(1, drawn) + "]}");
    answers.put(
        "/v1/cases?limit=1",
        "{\"items\":["
            + line("OBSERVING", CASE).replace("Credentials", drawn)
            + "],\"next\":null}");

    assertEquals(0, run("case", "show", CASE));
    assertEquals(0, run("case", "notes", CASE));
    assertEquals(0, run("case", "list", "--limit", "1"));

    assertTrue(out.toString().contains("[2J All is well"), out.toString());
    assertFalse(out.toString().matches("(?s).*[\u001b\u202e].*"), out.toString());
  }

  @Test
  void anAssignmentToNobodyIsNotTried() {
    assertEquals(2, run("case", "assign", CASE, " "));
    assertEquals(List.of(), sent);
  }

  @Test
  void containmentSaysWhoSwitchedItWhenAndWhyAndIsSwitchedOffByAnOperator() {
    answers.put(
        "/v1/containment",
        """
        {"on":false,"lastSwitch":{"on":false,"by":"person:ab","reason":"a sensor lies","at":"2026-12-01T09:00:00.000Z"},
         "grantedWithinAnHour":2,"byCluster":{},"active":[]}""");

    assertEquals(0, run("containment"));
    assertEquals(0, run("containment", "off", "--reason", "it lies", "--revert"));

    String text = out.toString();
    assertTrue(text.contains("is OFF."), text);
    assertTrue(text.contains("switched off at 2026-12-01 09:00:00 UTC by person:ab"), text);
    assertTrue(text.contains("because: a sensor lies"), text);
    assertEquals(
        List.of("PUT /v1/containment {\"on\":false,\"reason\":\"it lies\",\"revert\":true}"), sent);
  }

  @Test
  void containmentIsSwitchedOnByTheCommandThatSigns() {
    StringWriter help = new StringWriter();
    CommandLine line = CouncilCommands.program().line("containment", "on", "--help");
    line.setOut(new PrintWriter(help, true));

    assertEquals(0, line.execute("containment", "on", "--help"));
    assertTrue(help.toString().startsWith("Usage: witan containment on "), help.toString());
    assertTrue(help.toString().contains("--key-file"), help.toString());
  }
}
