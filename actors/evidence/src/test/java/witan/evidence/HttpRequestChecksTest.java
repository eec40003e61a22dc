package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.codec.entry.Entry;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;

/** What is logged of a connection is the step's request, by connection, method and path. */
class HttpRequestChecksTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final Instant AT = Instant.parse("2026-12-01T10:00:00Z");
  private static final String ANSWER =
      ",\"answer\":{\"bytes\":0,\"sha256\":\"" + "ab".repeat(32) + "\",\"status\":201}";

  private static String request(String connection, String method, String path, String content) {
    return "{\"connection\":\""
        + connection
        + "\",\"content\":\""
        + content
        + "\",\"method\":\""
        + method
        + "\",\"path\":\""
        + path
        + "\"";
  }

  private static String check(StepOutcome outcome, String requests) {
    CaseEvent.StepIntended intent =
        new CaseEvent.StepIntended(
            "s1",
            1,
            "http-api",
            new Target("", null, "Connection", "tickets"),
            Map.of(
                "connection",
                "tickets",
                "method",
                "POST",
                "path",
                "/api/t?x=1",
                "content",
                "hello"),
            "c-1/s1",
            AT,
            AT,
            null);
    CaseEvent.StepObserved seen =
        new CaseEvent.StepObserved("s1", 1, outcome, "", requests, AT, null);
    return RequestChecks.check(new CaseFile(CASE, List.of(logged(1, intent), logged(2, seen))));
  }

  private static Logged<CaseEvent> logged(long seq, CaseEvent event) {
    Entry entry =
        new Entry(
            Entry.VERSION,
            event.getClass().getSimpleName(),
            CASE,
            "case|c-1",
            seq,
            Digest.ZERO,
            AT,
            "council",
            Digest.ZERO,
            null);
    return new Logged<>(seq, entry, Digest.ZERO, event, List.of());
  }

  @Test
  void theRequestOfTheStepIsHeldToBeOne() {
    String own = request("tickets", "POST", "/api/t?x=1", "hello");
    assertTrue(check(StepOutcome.DONE, "[" + own + ANSWER + "}]").startsWith("1 requests"));
    assertTrue(check(StepOutcome.REHEARSED, "[" + own + "}]").startsWith("1 requests"));
    assertTrue(check(StepOutcome.UNKNOWN, "[" + own + "}]").startsWith("1 requests"));
    assertTrue(check(StepOutcome.FAILED, "[]").startsWith("0 requests"));
  }

  @ParameterizedTest
  @CsvSource({
    "other, POST, /api/t?x=1, hello",
    "tickets, DELETE, /api/t?x=1, hello",
    "tickets, POST, /api/t, hello",
    "tickets, POST, /api/t?x=1&admin=1, hello",
    "tickets, POST, /admin, hello",
    "tickets, POST, /api/t?x=1, other",
    "tickets, POST, /api/t?x=1, <withheld>"
  })
  void anotherRequestIsSeen(String connection, String method, String path, String content) {
    String other = request(connection, method, path, content);
    CheckFailed failed =
        assertThrows(CheckFailed.class, () -> check(StepOutcome.DONE, "[" + other + ANSWER + "}]"));
    assertTrue(failed.getMessage().contains("no request of http-api"), failed.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        ",\"answer\":{\"status\":500,\"sha256\":\"abababababababababababababababababababababababababababababababab\"}",
        ",\"answer\":{\"status\":200,\"sha256\":\"\"}"
      })
  void whatIsLoggedAsDoneHasAnAnswerThatSaysSo(String answer) {
    String own = request("tickets", "POST", "/api/t?x=1", "hello");
    CheckFailed failed =
        assertThrows(CheckFailed.class, () -> check(StepOutcome.DONE, "[" + own + answer + "}]"));
    assertEquals("number 2: logged as done, and no answer says so", failed.getMessage());
  }

  @Test
  void whatWasLoggedBeforeThereWereConnectionsStaysReadable() {
    CaseEvent.StepIntended intent =
        new CaseEvent.StepIntended(
            "s1",
            1,
            "http-api",
            new Target("", null, "Url", "https://a.example:443/t"),
            Map.of("url", "https://a.example:443/t", "method", "POST", "content", "hello"),
            "c-1/s1",
            AT,
            AT,
            null);
    String request =
        "[{\"content\":\"hello\",\"method\":\"POST\",\"url\":\"https://a.example:443/t\"}]";
    CaseEvent.StepObserved seen =
        new CaseEvent.StepObserved("s1", 1, StepOutcome.DONE, "", request, AT, null);
    CaseFile file = new CaseFile(CASE, List.of(logged(1, intent), logged(2, seen)));
    assertTrue(RequestChecks.check(file).startsWith("1 requests"));
  }
}
