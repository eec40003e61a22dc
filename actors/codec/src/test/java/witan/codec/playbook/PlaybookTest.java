package witan.codec.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.codec.Corpus;
import witan.codec.Samples;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.CaseId;
import witan.domain.common.Flaw;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.ResponsePlanner;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;
import witan.domain.playbook.PlaybookStep;
import witan.domain.playbook.Variable;

class PlaybookTest {
  private static final String LABEL = "action--1f7b3e9c-8a24-4d6f-b5c0-9d2e4a6c8b02";
  private static final String POLICY = "action--2e8c4d0f-9b35-4e7a-86d1-0e3f5b7d9c03";
  private static final String START = "start--0c9a2f4b-5d17-4b8e-a1f3-7e6d2c4b8a01";
  private static final String END = "end--5c1f7a3d-2e68-4bad-b9a4-3b6c8e0a2f06";

  private static String shipped() {
    return ShippedPlaybooks.isolateWorkload().document().toString();
  }

  private static Parsed parse(String text) {
    return PlaybookParser.parse(Json.toTree(Json.parse(Hashes.utf8(text), Limits.DEFAULT)));
  }

  private static List<Flaw> problems(String text) {
    return assertInstanceOf(Parsed.Refused.class, parse(text), text).problems();
  }

  private static void assertProblem(String code, String pointer, String text) {
    List<Flaw> problems = problems(text);
    assertTrue(
        problems.stream().anyMatch(p -> p.code().equals(code) && p.pointer().equals(pointer)),
        code + " at " + pointer + " in " + problems);
  }

  @Test
  void theShippedPlaybookIsolatesInTwoReversibleSteps() {
    Playbook playbook = ShippedPlaybooks.isolateWorkload().playbook();
    assertEquals("Isolate workload", playbook.name());
    assertEquals(20, playbook.impact());
    assertEquals(
        List.of("quarantine-label", "deny-all-network-policy"),
        playbook.actions().stream().map(PlaybookStep::command).toList());
    for (PlaybookStep step : playbook.actions()) {
      assertTrue(step.reversible());
      assertEquals(Duration.ofHours(1), step.ttl());
      assertEquals(Duration.ofSeconds(30), step.timeout());
    }
  }

  @Test
  void thePlanFillsInTargetsAndVariables() {
    Alert alert = Samples.alert();
    Alert host = withResource(new Resource(ResourceKind.HOST, "eu-1", null, "n1"));
    Alert second = withResource(new Resource(ResourceKind.POD, "us-1", "web", "b"));
    ShippedPlaybooks.Shipped isolate = ShippedPlaybooks.isolateWorkload();
    List<ResponseOption> options =
        ResponsePlanner.options(
            new CaseId("c-1"),
            List.of(alert, host, alert, second),
            isolate.playbook(),
            isolate.digest());
    ResponseOption option = options.get(0);
    assertEquals(
        List.of(
            new Target("eu-1", "default", "Pod", "alpine"), new Target("us-1", "web", "Pod", "b")),
        option.targets());
    assertEquals(isolate.digest(), option.playbookDigest());
    ExecutionPlan plan = ExecutionPlan.of(isolate.playbook(), option);
    List<PlannedStep> steps =
        List.copyOf(
            assertInstanceOf(ExecutionPlan.Planned.class, plan).workflow().steps().values());
    assertEquals(
        List.of(LABEL, LABEL + "#2", POLICY, POLICY + "#2"),
        steps.stream().map(PlannedStep::id).toList());
    assertEquals(
        Map.of("label", "witan.org/quarantine", "value", "c-1"), steps.get(0).parameters());
    assertEquals("witan-quarantine-c-1", steps.get(3).parameters().get("name"));
    assertEquals("us-1", steps.get(3).target().cluster());
  }

  private static Alert withResource(Resource resource) {
    Alert a = Samples.alert();
    return anAlert(a).of(resource).build();
  }

  @Test
  void alertsWithoutAPodOfferNothing() {
    ShippedPlaybooks.Shipped isolate = ShippedPlaybooks.isolateWorkload();
    for (Resource resource :
        List.of(
            new Resource(ResourceKind.HOST, "eu-1", null, "n1"),
            new Resource(ResourceKind.POD, "eu-1", null, "alpine"))) {
      assertEquals(
          List.of(),
          ResponsePlanner.options(
              Samples.CASE, List.of(withResource(resource)), isolate.playbook(), isolate.digest()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "__case_id__,c-1,''",
    "__case_id__,-bad,plan_bad_parameter",
    "__case_id__,__case_id__:value,plan_bad_parameter",
    "__other__,c-1,plan_unknown_variable",
    "'','',plan_unbound_variable"
  })
  void plansWithOpenOrWrongValuesAreRefused(String name, String value, String code) {
    Map<String, String> parameters = name.isEmpty() ? Map.of() : Map.of(name, value);
    Target target = new Target("eu-1", "default", "Pod", "alpine");
    ShippedPlaybooks.Shipped isolate = ShippedPlaybooks.isolateWorkload();
    ExecutionPlan plan =
        ExecutionPlan.of(
            isolate.playbook(),
            new ResponseOption("x", isolate.digest(), 20, List.of(target), parameters));
    assertEquals(code, plan instanceof ExecutionPlan.Refused r ? r.refusal().code() : "");
  }

  @Test
  void aPlanNeedsATargetAndHasABound() {
    ShippedPlaybooks.Shipped isolate = ShippedPlaybooks.isolateWorkload();
    List<Target> many = new ArrayList<>();
    for (int i = 0; i < 251; i++) {
      many.add(new Target("eu-1", "default", "Pod", "p" + i));
    }
    for (List<Target> targets : List.of(List.<Target>of(), many)) {
      ExecutionPlan plan =
          ExecutionPlan.of(
              isolate.playbook(),
              new ResponseOption("x", isolate.digest(), 0, targets, Map.of("__case_id__", "c")));
      assertInstanceOf(ExecutionPlan.Refused.class, plan);
    }
  }

  @Test
  void theDigestIgnoresSignaturesAndLayoutOnly() {
    ShippedPlaybooks.Shipped isolate = ShippedPlaybooks.isolateWorkload();
    ObjectNode signed = isolate.document().deepCopy();
    signed.putArray("signatures").add("x");
    assertEquals(isolate.digest(), PlaybookDigest.of(signed));
    JsonNode pretty = Json.parse(Hashes.utf8(isolate.document().toPrettyString()), Limits.DEFAULT);
    assertEquals(isolate.digest(), PlaybookDigest.of(pretty));
    signed.put("impact", 21);
    assertNotEquals(isolate.digest(), PlaybookDigest.of(signed));
  }

  @Test
  void whatCannotBeRunIsRefusedWithItsPlace() {
    String label = "/workflow/" + LABEL;
    assertProblem("playbook_not_an_object", "", "[]");
    assertProblem(
        "playbook_missing_field", "/name", shipped().replace("\"name\":\"Isolate workload\",", ""));
    assertProblem(
        "playbook_unsupported_version", "/spec_version", shipped().replace("cacao-2.0", "1.1"));
    assertProblem(
        "playbook_bad_id", "/id", shipped().replace("playbook--9b1f6d52", "playbook--9B"));
    assertProblem(
        "playbook_out_of_range", "/impact", shipped().replace("\"impact\":20", "\"impact\":101"));
    assertProblem(
        "playbook_revoked", "/revoked", shipped().replace("\"revoked\":false", "\"revoked\":true"));
    assertProblem(
        "step_missing",
        "/workflow_start",
        shipped().replace("\"workflow_start\":\"start", "\"workflow_start\":\"begin"));
    assertProblem(
        "workflow_bad_start",
        "/workflow_start",
        shipped().replace("\"workflow_start\":\"" + START, "\"workflow_start\":\"" + LABEL));
    assertProblem(
        "step_missing",
        label + "/on_completion",
        shipped().replace("\"on_completion\":\"" + POLICY, "\"on_completion\":\"action--none"));
    assertProblem(
        "step_unreachable",
        "/workflow/" + POLICY,
        shipped().replace("\"on_completion\":\"" + POLICY, "\"on_completion\":\"" + END));
    assertProblem(
        "step_cycle",
        label,
        shipped().replace("\"on_completion\":\"" + END, "\"on_completion\":\"" + LABEL));
    assertProblem(
        "step_cycle",
        label,
        shipped().replace("\"on_completion\":\"" + POLICY, "\"on_completion\":\"" + LABEL));
    assertProblem(
        "step_branch_rule",
        label,
        shipped()
            .replace(
                "\"timeout\":30000,\"commands\"", "\"on_success\":\"" + END + "\",\"commands\""));
    assertProblem(
        "step_dead_end",
        "/workflow/" + START + "/on_completion",
        shipped().replace("\"on_completion\":\"" + LABEL + "\"", "\"x\":1"));
    for (String never : List.of("while-condition", "switch-condition")) {
      assertProblem("step_rejected", label + "/type", withType(never));
    }
    assertProblem("step_bad_branches", label + "/next_steps", withType("parallel"));
    assertProblem("playbook_missing_field", label + "/on_true", withType("if-condition"));
    assertProblem(
        "playbook_missing_field",
        label
            + "/step_extensions/extension-definition--5e1b7c0a-3d0f-4b6e-9c57-2f4a8d1e6b90"
            + "/playbook_digest",
        withType("playbook-action"));
    assertProblem("step_unknown_type", label + "/type", withType("single"));
    String command = label + "/commands/0";
    assertProblem(
        "command_unknown_type", command + "/type", shipped().replace("k8s-action", "bash"));
    assertProblem(
        "action_unknown", command + "/command", shipped().replace("quarantine-label", "rm"));
    assertProblem(
        "parameter_unknown",
        command + "/parameters/lable",
        shipped().replace("\"label\":\"w", "\"lable\":\"w"));
    assertProblem(
        "playbook_missing_field",
        command + "/parameters/label",
        shipped().replace("\"label\":\"w", "\"lable\":\"w"));
    assertProblem(
        "parameter_bad_value",
        command + "/parameters/label",
        shipped().replace("witan.org/quarantine", "a b"));
    assertProblem(
        "variable_undefined",
        command + "/parameters/value",
        shipped().replace("\"__case_id__:value\"", "\"__no__:value\""));
    assertProblem(
        "definition_missing",
        label + "/agent",
        shipped().replace("\"agent\":\"kubernetes--3a", "\"agent\":\"kubernetes--4a"));
    assertProblem(
        "definition_not_supported",
        label + "/targets",
        shipped().replace("\"type\":\"kubernetes\"", "\"type\":\"ssh\""));
    assertProblem(
        "playbook_out_of_range", label + "/timeout", shipped().replace("30000", "3600001"));
    assertProblem(
        "playbook_out_of_range",
        label + "/delay",
        shipped().replace("\"timeout\":30000", "\"delay\":-5"));
    assertProblem(
        "step_not_reversible",
        label
            + "/step_extensions/extension-definition--5e1b7c0a-3d0f-4b6e-9c57-2f4a8d1e6b90/ttl_ms",
        shipped().replace("\"reversible\":true", "\"reversible\":false"));
    assertProblem(
        "variable_not_supported",
        "/playbook_variables/__case_id__/type",
        shipped().replace("\"type\":\"string\"", "\"type\":\"dictionary\""));
  }

  private static String withType(String type) {
    return shipped()
        .replaceFirst(
            "\"" + LABEL + "\":\\{\"type\":\"action\"",
            "\"" + LABEL + "\":{\"type\":\"" + type + "\"");
  }

  /** What each published playbook must at least be refused for; written from the documents. */
  private static final Map<Integer, List<String>> CORPUS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(1, List.of("step_rejected", "command_unknown_type", "unknown_connection")),
              Map.entry(2, List.of("step_unknown_type", "step_missing")),
              Map.entry(3, List.of("command_unknown_type")),
              Map.entry(4, List.of("command_bad_request_line", "unknown_connection")),
              Map.entry(5, List.of("variable_not_supported")),
              Map.entry(6, List.of("command_unknown_type")),
              Map.entry(7, List.of("command_unknown_type")),
              Map.entry(8, List.of("command_unknown_type")),
              Map.entry(9, List.of("workflow_bad_start")),
              Map.entry(10, List.of("playbook_wrong_type")),
              Map.entry(11, List.of("step_cycle")),
              Map.entry(12, List.of("workflow_bad_start")),
              Map.entry(13, List.of("workflow_bad_start")),
              Map.entry(14, List.of("step_missing")),
              Map.entry(15, List.of("workflow_bad_start")),
              Map.entry(16, List.of("workflow_bad_start"))));

  @Test
  void everyPlaybookOfTheCorpusIsJudged() throws IOException {
    List<String> lines = Corpus.lines("cacao");
    assertEquals(CORPUS.size(), lines.size());
    for (int i = 1; i <= lines.size(); i++) {
      String line = lines.get(i - 1);
      Parsed parsed = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> parse(line));
      List<Flaw> problems = parsed instanceof Parsed.Refused r ? r.problems() : List.of();
      assertEquals(CORPUS.get(i).isEmpty(), problems.isEmpty(), i + ": " + problems);
      if (problems.isEmpty()) {
        System.out.println(i + " accepted");
      }
      for (Flaw p : problems) {
        System.out.println(i + " " + p.code() + " " + p.pointer() + ": " + p.message());
      }
      List<String> codes = problems.stream().map(Flaw::code).toList();
      assertTrue(codes.containsAll(CORPUS.get(i)), i + ": " + codes);
    }
  }

  @Test
  void mutatedPlaybooksNeverDoWorseThanRefuse() throws IOException {
    List<String> lines = new ArrayList<>(Corpus.lines("cacao"));
    lines.add(shipped());
    int accepted = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      String line = lines.get(random.nextInt(3) == 0 ? random.nextInt(lines.size()) : 16);
      Object tree = Json.toTree(Json.parse(Hashes.utf8(line), Limits.DEFAULT));
      try {
        if (PlaybookParser.parse(mutated(tree, random)) instanceof Parsed.Accepted ok) {
          accepted++;
          assertTrue(!ok.playbook().actions().isEmpty(), "seed " + seed);
        }
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(accepted > 50, "accepted " + accepted);
  }

  private static Object mutated(Object tree, Random random) {
    if (random.nextInt(60) == 0) {
      Object[] values = {
        null,
        "",
        "x".repeat(20_000),
        1L,
        true,
        List.of(1L),
        Map.of("a", 1L),
        LABEL,
        END,
        Arrays.asList("a", null)
      };
      return values[random.nextInt(values.length)];
    }
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new TreeMap<>();
      map.forEach(
          (k, v) -> {
            if (random.nextInt(80) > 0) {
              copy.put(k, mutated(v, random));
            }
          });
      return copy;
    }
    if (tree instanceof List<?> list) {
      return list.stream()
          .map(v -> mutated(v, random))
          .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
    }
    return tree;
  }

  @Test
  void theCaseIsAnExternalVariable() {
    assertEquals(
        new Variable("string", null, false, true),
        ShippedPlaybooks.isolateWorkload().playbook().variables().get(ResponsePlanner.CASE_ID));
  }
}
