package witan.codec.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.common.Flaw;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/** Conditions, parallel branches, calls and manual: what is accepted, and what it means. */
class WorkflowPlanTest {
  private static final String EXTENSION =
      "extension-definition--5e1b7c0a-3d0f-4b6e-9c57-2f4a8d1e6b90";
  private static final Target POD = new Target("eu-1", "shop", "Pod", "web-1");

  private static String book(String steps) {
    return """
        {"type":"playbook","spec_version":"cacao-2.0","name":"t","modified":"2026-01-01T00:00:00.123456Z",
         "id":"playbook--11111111-1111-4111-8111-111111111111","workflow_start":"start--1",
         "playbook_variables":{"__mode__":{"type":"string","external":true},
                               "__url__":{"type":"string","value":"x","external":true}},
         "workflow":{"start--1":{"type":"start","on_completion":"%s"},%s,"end--1":{"type":"end"}},
         "agent_definitions":{"kubernetes--1":{"type":"kubernetes"}},
         "target_definitions":{"kubernetes--2":{"type":"kubernetes"}}}
        """
        .formatted(steps.substring(1, steps.indexOf('"', 1)), steps);
  }

  private static String action(String id, String next) {
    return "\"action--"
        + id
        + "\":{\"type\":\"action\","
        + next
        + ",\"agent\":\"kubernetes--1\",\"targets\":[\"kubernetes--2\"],\"commands\":[{\"type\":"
        + "\"k8s-action\",\"command\":\"delete-pod\",\"parameters\":{}}]}";
  }

  private static String on(String field, String id) {
    return "\"on_" + field + "\":\"" + id + "\"";
  }

  private static Parsed parse(String text) {
    return PlaybookParser.parse(Json.toTree(Json.parse(Hashes.utf8(text), Limits.DEFAULT)));
  }

  private static Playbook accepted(String text) {
    Parsed parsed = parse(text);
    return assertInstanceOf(Parsed.Accepted.class, parsed, parsed::toString).playbook();
  }

  private static void refused(String code, String pointer, String text) {
    List<Flaw> problems = assertInstanceOf(Parsed.Refused.class, parse(text), text).problems();
    assertTrue(
        problems.stream().anyMatch(p -> p.code().equals(code) && p.pointer().equals(pointer)),
        code + " at " + pointer + " in " + problems);
  }

  private static ResponseOption option(Map<String, String> parameters) {
    return new ResponseOption("t", new Digest("00".repeat(32)), 0, List.of(POD), parameters);
  }

  private static PlannedWorkflow plan(Playbook playbook, Map<String, String> parameters) {
    ExecutionPlan plan = ExecutionPlan.of(playbook, option(parameters));
    return assertInstanceOf(ExecutionPlan.Planned.class, plan, plan::toString).workflow();
  }

  private static String ifElse(String condition) {
    return "\"if-condition--1\":{\"type\":\"if-condition\",\"condition\":\""
        + condition
        + "\",\"on_true\":\"action--a\",\"on_false\":\"action--b\",\"on_completion\":\"action--c\"},"
        + action("a", on("completion", "end--2"))
        + ","
        + action("b", on("completion", "end--2"))
        + ","
        + action("c", on("completion", "end--1"))
        + ",\"end--2\":{\"type\":\"end\"}";
  }

  @ParameterizedTest
  @CsvSource({
    "__mode__:value = 'hard',hard,a",
    "__mode__:value = 'hard',soft,b",
    "__mode__:value != 'hard',soft,a",
    "__mode__:value = 'x' OR __mode__:value = 'hard',hard,a",
    "__mode__:value = 'hard' AND __url__:value = 'y',hard,b",
    "__mode__:value='hard' AND __url__:value='x',hard,a"
  })
  void aConditionIsDecidedByWhatIsVotedOn(String condition, String mode, String branch) {
    PlannedWorkflow plan = plan(accepted(book(ifElse(condition))), Map.of("__mode__", mode));
    assertEquals(List.of("action--" + branch, "action--c"), plan.order());
  }

  @ParameterizedTest
  @CsvSource({
    "__mode__:value > '1'",
    "true",
    "__mode__:value = 'a' AND __mode__:value = 'b' OR __mode__:value = 'c'"
  })
  void otherConditionsAreRefused(String condition) {
    refused(
        "condition_not_supported", "/workflow/if-condition--1/condition", book(ifElse(condition)));
  }

  @Test
  void aConditionOnNothingIsRefused() {
    refused(
        "variable_undefined",
        "/workflow/if-condition--1/condition",
        book(ifElse("__no__:value = 'a'")));
    ExecutionPlan plan =
        ExecutionPlan.of(accepted(book(ifElse("__mode__:value = 'a'"))), option(Map.of()));
    assertEquals(
        "plan_unbound_variable",
        assertInstanceOf(ExecutionPlan.Refused.class, plan).refusal().code());
  }

  private static String parallel(String endOfA) {
    return "\"parallel--1\":{\"type\":\"parallel\",\"next_steps\":[\"action--a\",\"action--b\"],"
        + "\"delay\":250,\"on_success\":\"action--c\",\"on_failure\":\"action--d\"},"
        + action("a", on("completion", endOfA))
        + ","
        + action("b", on("completion", "end--1"))
        + ","
        + action("c", on("completion", "end--1"))
        + ","
        + action("d", on("completion", "end--1"));
  }

  @Test
  void parallelBranchesEndAndThenTheGroupGoesOn() {
    PlannedWorkflow plan = plan(accepted(book(parallel("end--1"))), Map.of());
    PlannedWorkflow.PlanNode group = plan.nodes().get("parallel--1");
    assertEquals(List.of("action--a", "action--b"), group.branches());
    assertEquals(Duration.ofMillis(250), group.delay());
    assertEquals("action--c", group.next());
    assertEquals("action--d", group.failure());
  }

  @Test
  void branchesThatRunIntoEachOtherAreRefused() {
    refused("step_shared", "/workflow/parallel--1", book(parallel("action--b")));
    refused("step_shared", "/workflow/parallel--1", book(parallel("action--c")));
  }

  @Test
  void aPlaybookThatIsCalledIsNamedByItsDigest() {
    String inner = book(action("i", on("completion", "end--1")));
    Digest digest = PlaybookDigest.of(Json.parse(Hashes.utf8(inner), Limits.DEFAULT));
    Playbook outer =
        accepted(
            book(
                "\"playbook-action--1\":{\"type\":\"playbook-action\",\"playbook_id\":\"p\","
                    + on("completion", "action--z")
                    + ",\"step_extensions\":{\""
                    + EXTENSION
                    + "\":{\"playbook_digest\":\""
                    + digest
                    + "\"}}},"
                    + action("z", on("completion", "end--1"))));
    ExecutionPlan plan = ExecutionPlan.of(outer, option(Map.of()), Map.of(digest, accepted(inner)));
    assertEquals(
        List.of("p1/action--i", "action--z"),
        assertInstanceOf(ExecutionPlan.Planned.class, plan).workflow().order());
    assertEquals(
        "plan_missing_playbook",
        assertInstanceOf(ExecutionPlan.Refused.class, ExecutionPlan.of(outer, option(Map.of())))
            .refusal()
            .code());
  }

  @Test
  void whatCannotBeTakenBackIsNotCalledReversible() {
    String place = "/workflow/action--a/step_extensions/" + EXTENSION;
    String reversible =
        "\"on_completion\":\"end--1\",\"step_extensions\":{\"" + EXTENSION + "\":{%s}}";
    refused(
        "step_not_reversible",
        place + "/reversible",
        book(action("a", reversible.formatted("\"reversible\":true"))));
    refused(
        "step_not_supported",
        place + "/inverse_step",
        book(action("a", reversible.formatted("\"inverse_step\":\"action--a\""))));
  }

  @Test
  void theExceptionStepMustExistAndCountsAsReachable() {
    String steps =
        action("a", on("completion", "end--1")) + "," + action("x", on("completion", "end--1"));
    String with =
        book(steps)
            .replace(
                "\"workflow_start\"", "\"workflow_exception\":\"action--x\",\"workflow_start\"");
    assertEquals("action--x", accepted(with).workflow().exception());
    refused("step_unreachable", "/workflow/action--x", book(steps));
    refused(
        "step_missing",
        "/workflow_exception",
        with.replace("\"workflow_exception\":\"action--x", "\"workflow_exception\":\"action--y"));
  }

  /** What each needs: targets of the kinds that its description names, and its variables. */
  @Test
  void everyShippedPlaybookCanBePlanned() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("Isolate workload", List.of("Pod"));
    kinds.put("Hold off a flood", List.of("Deployment"));
    kinds.put("Stop lateral movement", List.of("Pod", "ServiceAccount"));
    kinds.put("Stop exfiltration", List.of("Pod"));
    kinds.put("Stop a miner", List.of("Deployment"));
    kinds.put("Contain a stolen credential", List.of("Secret", "ServiceAccount"));
    kinds.put("Contain a container escape", List.of("Pod", "Node"));
    Map<String, String> values =
        Map.of(
            "__case_id__", "c-1",
            "__source_cidrs__", "203.0.113.0/24",
            "__destination_cidrs__", "198.51.100.0/24,2001:db8::/32",
            "__secret_key__", "password");
    List<String> seen = new ArrayList<>();
    for (ShippedPlaybooks.Shipped shipped : ShippedPlaybooks.all()) {
      Playbook playbook = shipped.playbook();
      seen.add(playbook.name());
      List<Target> targets =
          kinds.get(playbook.name()).stream()
              .map(kind -> new Target("eu-1", kind.equals("Node") ? null : "shop", kind, "x"))
              .toList();
      Map<String, String> own = new LinkedHashMap<>(values);
      own.keySet().retainAll(playbook.variables().keySet());
      ExecutionPlan plan =
          ExecutionPlan.of(
              playbook, new ResponseOption(playbook.name(), shipped.digest(), 0, targets, own));
      PlannedWorkflow workflow =
          assertInstanceOf(ExecutionPlan.Planned.class, plan, plan::toString).workflow();
      assertEquals(playbook.actions().size(), workflow.steps().size());
      workflow
          .steps()
          .values()
          .forEach(
              step ->
                  assertTrue(
                      step.command().equals("manual") || K8sAction.of(step.command()).isPresent()));
    }
    assertEquals(List.copyOf(kinds.keySet()), seen);
  }
}
