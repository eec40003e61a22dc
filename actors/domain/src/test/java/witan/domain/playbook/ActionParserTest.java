package witan.domain.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.playbook.Document.AGENT;
import static witan.domain.playbook.Document.SERVICE;
import static witan.domain.playbook.Document.TARGET;
import static witan.domain.playbook.Document.document;
import static witan.domain.playbook.Document.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionParserTest {
  private static final String EXTENSION = "ACT/step_extensions/" + ActionParser.EXTENSION;
  private static final String COMMAND = "ACT/commands/0";

  private static Document manual() {
    return document().command("type", "manual", "command", "Pull the plug");
  }

  private static Document variable(Document document) {
    return document.with("playbook_variables/__a__/type", "string");
  }

  // ---- every action

  @Test
  void anActionHasOneCommandOfATypeThatIsRun() {
    document().with("ACT/commands", List.of()).refused("command_not_single", "ACT/commands");
    document().without("ACT/commands").refused("command_not_single", "ACT/commands");
    Map<String, Object> command = Map.of("type", "manual", "command", "x");
    document()
        .with("ACT/commands", List.of(command, command))
        .refused("command_not_single", "ACT/commands");
    document().andCommand("type", "bash").refused("command_unknown_type", COMMAND + "/type");
    document().andCommand("type", null).refused("playbook_missing_field", COMMAND + "/type");
    document().with("ACT/commands", List.of("text")).refused("playbook_wrong_type", COMMAND);
  }

  @Test
  void anActionIsNamedByItselfElseByItsCommand() {
    assertEquals("quarantine-label", document().action().name());
    assertEquals("Label it", document().with("ACT/name", "Label it").action().name());
  }

  @Test
  void anActionHasHalfAMinuteUnlessItSaysOtherwiseUpToAnHour() {
    assertEquals(Duration.ofSeconds(30), document().action().timeout());
    assertEquals(Duration.ofMillis(1), document().with("ACT/timeout", 1L).action().timeout());
    assertEquals(
        Duration.ofHours(1), document().with("ACT/timeout", 3_600_000L).action().timeout());
    for (long bad : List.of(0L, 3_600_001L)) {
      document().with("ACT/timeout", bad).refused("playbook_out_of_range", "ACT/timeout");
    }
  }

  @Test
  void aPersonHasAWeek() {
    assertEquals(Duration.ofDays(7), manual().with("ACT/timeout", 604_800_000L).action().timeout());
    manual().with("ACT/timeout", 604_800_001L).refused("playbook_out_of_range", "ACT/timeout");
  }

  @Test
  void onlyWhatCanBeTakenBackIsReversible() {
    assertEquals(false, document().action().reversible());
    assertEquals(true, document().with(EXTENSION + "/reversible", true).action().reversible());
    Map<String, Object> none = Map.of();
    document()
        .command("type", "k8s-action", "command", "delete-pod", "parameters", none)
        .with(EXTENSION + "/reversible", true)
        .refused("step_not_reversible", EXTENSION + "/reversible");
    for (Document other : List.of(manual(), http())) {
      other
          .with(EXTENSION + "/reversible", true)
          .refused("step_not_reversible", EXTENSION + "/reversible");
    }
    document()
        .with(EXTENSION + "/inverse_step", "action--x")
        .refused("step_not_supported", EXTENSION + "/inverse_step");
  }

  @Test
  void aReversibleStepMayLastForUpToAWeek() {
    Document reversible = document().with(EXTENSION + "/reversible", true);
    String ttl = EXTENSION + "/ttl_ms";

    assertNull(reversible.action().ttl());
    assertEquals(Duration.ofMillis(1), reversible.with(ttl, 1L).action().ttl());
    assertEquals(Duration.ofDays(7), reversible.with(ttl, 604_800_000L).action().ttl());
    reversible.with(ttl, 604_800_001L).refused("playbook_out_of_range", ttl);
    reversible.with(ttl, 0L).refused("playbook_out_of_range", ttl);
    document().with(ttl, 1L).refused("step_not_reversible", ttl);
  }

  // ---- targets and agents

  @Test
  void everythingButAPersonHasOneTarget() {
    document().with("ACT/targets", List.of()).refused("target_not_single", "ACT/targets");
    document()
        .with("ACT/targets", List.of(TARGET, TARGET))
        .refused("target_not_single", "ACT/targets");
    assertEquals("", manual().without("ACT/targets").action().targetRef());
    assertEquals(TARGET, manual().action().targetRef());
  }

  @Test
  void targetAndAgentAreDefined() {
    document().with("ACT/targets", List.of("x")).refused("definition_missing", "ACT/targets");
    document().with("ACT/agent", "x").refused("definition_missing", "ACT/agent");
    document().without("ACT/agent").refused("playbook_missing_field", "ACT/agent");
    // an agent is no target
    document().with("ACT/targets", List.of(AGENT)).refused("definition_missing", "ACT/targets");
    manual().without("ACT/agent").accepted();
    manual().with("ACT/agent", "x").refused("definition_missing", "ACT/agent");
  }

  @Test
  void anActionOfKubernetesIsForKubernetes() {
    document()
        .with("target_definitions/" + TARGET + "/type", "net-address")
        .refused("definition_not_supported", "ACT/targets");
    document()
        .with("agent_definitions/" + AGENT + "/type", "organization")
        .refused("definition_not_supported", "ACT/agent");
    manual().with("target_definitions/" + TARGET + "/type", "sector").accepted();
  }

  @Test
  void aRequestIsForAServiceAndItsAgentSaysNotWhere() {
    http().accepted();
    http()
        .with("target_definitions/" + SERVICE + "/type", "kubernetes")
        .refused("definition_not_supported", "ACT/targets");
    http()
        .with("agent_definitions/" + AGENT + "/address/url", List.of("https://x"))
        .refused("unknown_connection", "ACT/agent");
    http().with("agent_definitions/" + AGENT + "/address", Map.of()).accepted();
    http().without("ACT/agent").accepted();
  }

  // ---- Kubernetes

  @Test
  void anActionIsOneOfTheKnownWithItsParameters() {
    assertEquals(Map.of("label", "a/b", "value", "c"), document().action().parameters());
    document().andCommand("command", "run-shell").refused("action_unknown", COMMAND + "/command");
    document().andCommand("command", null).refused("playbook_missing_field", COMMAND + "/command");
    document()
        .andCommand("parameters/value", null)
        .refused("playbook_missing_field", COMMAND + "/parameters/value");
    document()
        .andCommand("parameters/force", "true")
        .refused("parameter_unknown", COMMAND + "/parameters/force");
    document()
        .andCommand("parameters/value", "not allowed!")
        .refused("parameter_bad_value", COMMAND + "/parameters/value");
  }

  @Test
  void anOptionalParameterMayBeLeftOut() {
    Document annotated =
        document()
            .command(
                "type", "k8s-action",
                "command", "set-annotation",
                "parameters", Map.of("annotation", "a/b"));
    assertEquals(Map.of("annotation", "a/b", "value", ""), annotated.action().parameters());
  }

  @Test
  void aParameterHoldsKnownVariablesAndIsCheckedOnceTheyHaveValues() {
    Document used = document().andCommand("parameters/value", "case !!! __a__:value");

    variable(used).accepted();
    used.refused("variable_undefined", COMMAND + "/parameters/value");
  }

  @Test
  void aPersonIsToldSomething() {
    assertEquals(Map.of("text", "Pull the plug"), manual().action().parameters());
    manual().andCommand("command", null).refused("playbook_missing_field", COMMAND + "/command");
    manual().andCommand("command", "__a__:value").refused("variable_undefined", COMMAND);
    variable(manual().andCommand("command", "__a__:value")).accepted();
  }

  // ---- requests

  @Test
  void aRequestHasAConnectionAMethodAndAPath() {
    assertEquals(
        Map.of("connection", "tickets", "method", "POST", "path", "/api/tickets", "content", ""),
        http().action().parameters());
    assertEquals(
        Map.of(
            "connection", "tickets",
            "method", "PUT",
            "path", "/a?b=c",
            "content", "{}",
            "header.x-a", "b"),
        http("command", "PUT /a?b=c HTTP/1.1", "content", "{}", "headers/X-A", List.of("b"))
            .action()
            .parameters());
  }

  @ParameterizedTest
  @CsvSource({
    "GET /a, true",
    "DELETE /a HTTP/2, true",
    "PATCH /a HTTP/1.0, true",
    "HEAD /a, false",
    "get /a, false",
    "GET a, false",
    "GET https://x/a, false",
    "GET /a HTTP/3, false",
    "GET  /a, false",
    "GET /a b, false",
  })
  void aRequestLineIsAMethodAndAPath(String line, boolean good) {
    if (good) {
      http("command", line).accepted();
    } else {
      http("command", line).refused("command_bad_request_line", COMMAND + "/command");
    }
  }

  @Test
  void aPathThatCouldBeReadInTwoWaysIsRefusedWhateverItsVariablesHold() {
    http("command", "GET /a/../b").refused("command_bad_path", COMMAND + "/command");
    variable(http("command", "GET /a/__a__:value/b?c=__a__:value")).accepted();
    http("command", "GET /a/__a__:value").refused("variable_undefined", COMMAND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "connection",
        "Content-Length",
        "cookie",
        "expect",
        "forwarded",
        "host",
        "HTTP2-Settings",
        "idempotency-key",
        "keep-alive",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
        "X-Forwarded-For",
        "x-forwarded"
      })
  void credentialsAndWhatSteersProxiesAreNoPlaybooksAffair(String header) {
    http("headers/" + header, List.of("x"))
        .refused("command_bad_header", COMMAND + "/headers/" + header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nHost: x", "a\u0000", "\u00e4", "\u007f"})
  void aHeadersValueIsPrintableAscii(String value) {
    http("headers/x-a", List.of(value)).refused("command_bad_header", COMMAND + "/headers/x-a");
  }

  @Test
  void aHeaderHasANameOf64CharactersAndOneValue() {
    http("headers/" + "a".repeat(64), List.of("~ x")).accepted();
    for (String bad : List.of("a".repeat(65), "a b", "a:", "a_b")) {
      http("headers/" + bad, List.of("x"))
          .refused("command_bad_header", COMMAND + "/headers/" + bad);
    }
    for (List<String> values : List.of(List.<String>of(), List.of("x", "y"))) {
      http("headers/x-a", values).refused("command_bad_header", COMMAND + "/headers/x-a");
    }
    http("headers", Map.of("X-A", List.of("x"), "x-a", List.of("y")))
        .problems()
        .forEach(problem -> assertEquals("command_bad_header", problem.code()));
  }

  @Test
  void aRequestHasTwentyHeaders() {
    Map<String, Object> headers = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      headers.put("x-" + i, List.of("y"));
    }
    http("headers", headers).accepted();
    headers.put("x-20", List.of("y"));
    http("headers", headers).refused("command_bad_header", COMMAND + "/headers/x-0");
  }

  @Test
  void aContentIsATextWhoseVariablesStandInStringsOfJson() {
    http("content_b64", "e30=").refused("command_not_supported", COMMAND + "/content_b64");
    variable(http("content", "{\"a\":\"__a__:value\"}")).accepted();
    for (String bad : List.of("{\"a\":__a__:value}", "__a__:value", "a=\"__a__:value\"")) {
      variable(http("content", bad)).refused("command_bad_variable", COMMAND + "/content");
    }
    variable(http("content", "{\"a\":\"__a__:value\"}", "headers/content-type", List.of("text/x")))
        .refused("command_bad_variable", COMMAND + "/content");
  }

  @Test
  void aTargetNamesAConnectionAndNothingElse() {
    String target = "target_definitions/" + SERVICE;
    http().without(target + "/name").refused("playbook_missing_field", target + "/name");
    http()
        .with(target + "/address/url", List.of("x"))
        .refused("unknown_connection", target + "/address");
    http().with(target + "/port", "443").refused("unknown_connection", target + "/port");
    http()
        .with(target + "/authentication_info", "x")
        .refused("unknown_connection", target + "/authentication_info");
    for (String good : List.of("a", "a-1", "a".repeat(63))) {
      http().with(target + "/name", good).accepted();
    }
    for (String bad : List.of("-a", "a-", "A", "a.b", "a".repeat(64), "../a")) {
      http().with(target + "/name", bad).refused("unknown_connection", target + "/name");
    }
  }

  @Test
  void everyActionThatIsTakenBackHasAnInverseThatIsNoCommandOfPlaybooks() {
    for (K8sAction action : K8sAction.values()) {
      assertEquals(action, K8sAction.of(action.command()).orElseThrow());
      action
          .inverse()
          .ifPresent(
              inverse -> {
                assertTrue(K8sAction.of(inverse).isEmpty(), inverse);
                assertEquals(action, K8sAction.inverseOf(inverse).orElseThrow());
              });
    }
    assertTrue(K8sAction.inverseOf("").isEmpty(), "what is not taken back has no inverse");
  }
}
