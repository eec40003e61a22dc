package witan.codec.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.OptionBuilder.anOption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.common.Flaw;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.PlannedStep;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.PlaybookParser;

/** Steps of type {@code http-api}: they name a connection, and a variable stays in its place. */
class HttpStepsTest {
  private static final String COMMAND = "/workflow/action--h/commands/0";
  private static final String TARGET = "/target_definitions/http-api--1";

  private static ObjectNode book(String line) {
    return (ObjectNode)
        Json.parse(
            Hashes.utf8(
                """
                {"type":"playbook","spec_version":"cacao-2.0","name":"t",
                 "id":"playbook--11111111-1111-4111-8111-111111111111","workflow_start":"start--1",
                 "playbook_variables":{"__v__":{"type":"string","value":"x","external":true}},
                 "workflow":{"start--1":{"type":"start","on_completion":"action--h"},
                   "action--h":{"type":"action","on_completion":"end--1","targets":["http-api--1"],
                     "commands":[{"type":"http-api","command":"%s"}]},
                   "end--1":{"type":"end"}},
                 "target_definitions":{
                   "http-api--1":{"type":"http-api","name":"tickets","address":{}}}}
                """
                    .formatted(line)),
            Limits.DEFAULT);
  }

  private static ObjectNode command(ObjectNode book) {
    return (ObjectNode) book.at(COMMAND);
  }

  private static Parsed parse(JsonNode book) {
    return PlaybookParser.parse(Json.toTree(book));
  }

  private static void refused(String code, String pointer, JsonNode book) {
    List<Flaw> problems =
        assertInstanceOf(Parsed.Refused.class, parse(book), book.toString()).problems();
    assertTrue(
        problems.stream().anyMatch(p -> p.code().equals(code) && p.pointer().equals(pointer)),
        code + " at " + pointer + " in " + problems);
  }

  private static ExecutionPlan plan(JsonNode book, String value) {
    Parsed parsed = parse(book);
    ResponseOption option =
        anOption()
            .titled("t")
            .playbook(new Digest("00".repeat(32)))
            .impact(0)
            .targets(new Target("eu-1", "shop", "Pod", "web-1"))
            .parameters(Map.of("__v__", value))
            .build();
    return ExecutionPlan.of(
        assertInstanceOf(Parsed.Accepted.class, parsed, parsed::toString).playbook(), option);
  }

  private static PlannedStep step(JsonNode book, String value) {
    ExecutionPlan plan = plan(book, value);
    return assertInstanceOf(ExecutionPlan.Planned.class, plan, plan::toString)
        .workflow()
        .steps()
        .get("action--h");
  }

  private static void unplannable(JsonNode book, String value) {
    ExecutionPlan plan = plan(book, value);
    assertEquals(
        "plan_bad_parameter",
        assertInstanceOf(ExecutionPlan.Refused.class, plan, plan::toString).refusal().code());
  }

  @Test
  void aStepSaysWhichConnectionAndWhatOfItAndNothingElse() {
    ObjectNode book = book("POST /in/%74 HTTP/1.1");
    command(book).put("content", "{}").putObject("headers").putArray("X-A").add("b");
    PlannedStep step = step(book, "x");
    assertEquals(
        Map.of(
            "connection",
            "tickets",
            "method",
            "POST",
            "path",
            "/in/t",
            "content",
            "{}",
            "header.x-a",
            "b"),
        step.parameters());
    assertEquals(new Target("", null, "Connection", "tickets"), step.target());
    assertTrue(step.inverse().isEmpty(), "nothing takes a request back");
    ObjectNode bare = book("GET /in");
    ((ObjectNode) bare.at(TARGET)).remove("address");
    assertEquals("tickets", step(bare, "x").parameters().get("connection"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"http-api\",\"name\":\"tickets\",\"address\":{\"url\":[\"https://a.example\"]}}"
            + " | /address",
        "{\"type\":\"http-api\",\"name\":\"tickets\",\"address\":{\"ipv4\":[\"169.254.169.254\"]}}"
            + " | /address",
        "{\"type\":\"http-api\",\"name\":\"tickets\",\"address\":{\"dname\":[\"__v__:value\"]}} |"
            + " /address",
        "{\"type\":\"net-address\",\"name\":\"tickets\",\"address\":{\"dname\":[\"a.example\"]}} |"
            + " /address",
        "{\"type\":\"http-api\",\"name\":\"tickets\",\"address\":{},\"port\":\"22\"} | /port",
        "{\"type\":\"http-api\",\"name\":\"tickets\",\"authentication_info\":\"http-basic--1\"} |"
            + " /authentication_info",
        "{\"type\":\"http-api\",\"name\":\"https://a.example\"} | /name",
        "{\"type\":\"http-api\",\"name\":\"__v__:value\"} | /name"
      })
  void aTargetWithAnAddressOfItsOwnIsRefused(String target, String place) {
    ObjectNode book = book("GET /in");
    ((ObjectNode) book.get("target_definitions"))
        .set("http-api--1", Json.parse(Hashes.utf8(target), Limits.DEFAULT));
    refused("unknown_connection", TARGET + place, book);
  }

  @Test
  void anAgentWithAnAddressOfItsOwnIsRefused() {
    ObjectNode book = book("GET /in");
    ((ObjectNode) book.at("/workflow/action--h")).put("agent", "net-address--1");
    ObjectNode agent = book.putObject("agent_definitions").putObject("net-address--1");
    agent.put("type", "net-address").put("name", "proxy");
    agent.putObject("address").putArray("dname").add("proxy.example");
    refused("unknown_connection", "/workflow/action--h/agent", book);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /in/../admin", "GET /in/%2e%2e/admin", "GET //a.example/", "GET /in/%zz"})
  void aPathThatCanBeReadInTwoWaysIsRefusedWhenItIsSubmitted(String line) {
    refused("command_bad_path", COMMAND + "/command", book(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET get", "CONNECT /x", "GET http://a.example/", "GET /x y"})
  void whatIsNoRequestLineIsRefused(String line) {
    refused("command_bad_request_line", COMMAND + "/command", book(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b&c=d | /in/a%20b%26c%3Dd?q=a%20b%26c%3Dd",
        "é | /in/%C3%A9?q=%C3%A9",
        "@evil.example | /in/%40evil.example?q=%40evil.example"
      })
  void aVariableStaysASegmentOfThePathAndAValueOfTheQuery(String value, String path) {
    ObjectNode book = book("GET /in/__v__:value?q=__v__:value");
    assertEquals(path, step(book, value).parameters().get("path"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", ".", "", "a/b", "a\\b", "../../admin", "%2e%2e", "x?y", "a;b", "\n"})
  void aVariableThatWouldChangeThePathIsRefusedWhenItIsPlanned(String value) {
    unplannable(book("GET /in/__v__:value"), value);
    assertEquals(
        "GET", step(book("GET /in?q=__v__:value"), value).parameters().get("method"), "in a query");
  }

  @Test
  void aVariableInContentStaysAText() {
    ObjectNode book = book("POST /in");
    command(book).put("content", "{\"note\": \"case __v__:value\", \"n\": 1}");
    String value = "\",\"admin\":true,\"x\":\"\\ \n\u2028";
    JsonNode sent =
        Json.parse(Hashes.utf8(step(book, value).parameters().get("content")), Limits.DEFAULT);
    assertEquals("case " + value, sent.path("note").asText());
    assertEquals(2, sent.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\": __v__:value}",
        "{\"n\": \"a\", __v__:value}",
        "{\"n\": \"a\\__v__:value\"}",
        "note=__v__:value",
        "<a b=\"__v__:value\"/>"
      })
  void aVariableElsewhereInContentIsRefused(String content) {
    ObjectNode book = book("POST /in");
    command(book).put("content", content);
    refused("command_bad_variable", COMMAND + "/content", book);
  }

  @Test
  void aVariableIsNotWrittenAsJsonWhereTheContentSaysItIsNone() {
    ObjectNode book = book("POST /in");
    command(book).put("content", "[\"__v__:value\"]").putObject("headers");
    ((ObjectNode) command(book).get("headers")).putArray("Content-Type").add("text/x-shell");
    refused("command_bad_variable", COMMAND + "/content", book);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Other: b", "a\nb", "a\u0000", "é"})
  void aVariableInAHeaderStaysOnItsLine(String value) {
    ObjectNode book = book("POST /in");
    command(book).putObject("headers").putArray("X-Case").add("case __v__:value");
    unplannable(book, value);
    assertEquals("case 1", step(book, "1").parameters().get("header.x-case"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Authorization", "cookie", "Host", "Transfer-Encoding", "X-Forwarded-Host"})
  void headersOfTheConnectionAreNoPlaybooks(String header) {
    ObjectNode book = book("POST /in");
    command(book).putObject("headers").putArray(header).add("x");
    refused("command_bad_header", COMMAND + "/headers/" + header, book);
  }

  @Test
  void aHeaderHasOnePlainValue() {
    ObjectNode book = book("POST /in");
    command(book).putObject("headers").putArray("X").add("a\r\nb");
    refused("command_bad_header", COMMAND + "/headers/X", book);
  }
}
