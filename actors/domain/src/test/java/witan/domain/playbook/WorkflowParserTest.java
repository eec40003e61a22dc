package witan.domain.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.playbook.Document.ACT;
import static witan.domain.playbook.Document.END;
import static witan.domain.playbook.Document.START;
import static witan.domain.playbook.Document.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.Digest;
import witan.domain.fixtures.Tree;

class WorkflowParserTest {
  private static final String UUID = "--00000000-0000-4000-8000-00000000001";
  private static final String IF = "if-condition" + UUID + "1";
  private static final String PARALLEL = "parallel" + UUID + "2";
  private static final String CALL = "playbook-action" + UUID + "3";
  private static final String OTHER = "action" + UUID + "4";
  private static final String END_2 = "end" + UUID + "5";
  private static final String END_3 = "end" + UUID + "6";
  private static final String DIGEST = "ab".repeat(32);

  /** Another action like the first, and an end of its own. */
  private static Document two() {
    Map<?, ?> workflow = (Map<?, ?>) document().tree().get("workflow");
    return document()
        .with(OTHER, workflow.get(ACT), OTHER + "/on_completion", END_2, END_2 + "/type", "end");
  }

  /** The first action where it holds, the other where it does not. */
  private static Document choice() {
    return two()
        .with(
            "START/on_completion",
            IF,
            IF + "/type",
            "if-condition",
            IF + "/condition",
            "__a__:value = 'x'",
            IF + "/on_true",
            ACT,
            IF + "/on_false",
            OTHER,
            IF + "/on_completion",
            END_3,
            END_3 + "/type",
            "end",
            "playbook_variables/__a__/type",
            "string");
  }

  /** Both actions side by side. */
  private static Document group() {
    return two()
        .with(
            "START/on_completion",
            PARALLEL,
            PARALLEL + "/type",
            "parallel",
            PARALLEL + "/next_steps",
            List.of(ACT, OTHER),
            PARALLEL + "/on_completion",
            END_3,
            END_3 + "/type",
            "end");
  }

  private static Document call() {
    return document()
        .with(
            "ACT/on_completion",
            CALL,
            CALL + "/type",
            "playbook-action",
            CALL + "/playbook_id",
            "playbook--1",
            CALL + "/step_extensions/" + ActionParser.EXTENSION + "/playbook_digest",
            DIGEST,
            CALL + "/on_completion",
            END);
  }

  // ---- shape

  @Test
  void aWorkflowHasOneTo200Steps() {
    document().with("workflow", Map.of()).refused("workflow_bad_size", "workflow");
    document().without("workflow").refused("workflow_bad_size", "workflow");
    document().with("workflow", chain(200)).accepted();
    document().with("workflow", chain(201)).refused("workflow_bad_size", "workflow");
  }

  /** A start, actions one after the other, an end. */
  private static Map<String, Object> chain(int steps) {
    Map<?, ?> workflow = (Map<?, ?>) document().tree().get("workflow");
    List<String> ids = new ArrayList<>(List.of(START));
    for (int i = 0; i < steps - 2; i++) {
      ids.add("action--%08d-0000-4000-8000-000000000000".formatted(i));
    }
    ids.add(END);
    Map<String, Object> chain = new LinkedHashMap<>();
    for (int i = 0; i + 1 < ids.size(); i++) {
      Object like = workflow.get(i == 0 ? START : ACT);
      chain.put(ids.get(i), Tree.with((Map<?, ?>) like, "on_completion", ids.get(i + 1)));
    }
    chain.put(END, workflow.get(END));
    return chain;
  }

  @Test
  void theStartIsAStepOfTheTypeStart() {
    document().without("workflow_start").refused("playbook_missing_field", "workflow_start");
    document().with("workflow_start", "start--x").refused("step_missing", "workflow_start");
    document().with("workflow_start", ACT).refused("workflow_bad_start", "workflow_start");
  }

  @Test
  void aWorkflowThatDoesNothingIsRefused() {
    document()
        .without("ACT")
        .with("START/on_completion", END)
        .refused("workflow_no_action", "workflow");
    call().without("ACT").with("START/on_completion", CALL).accepted();
  }

  @Test
  void everyStepIsReachedFromTheStartOrTheException() {
    two().refused("step_unreachable", OTHER);
    Document handled = two().with("workflow_exception", OTHER);
    assertEquals(OTHER, handled.accepted().workflow().exception());
    assertEquals("", document().accepted().workflow().exception());
    document().with("workflow_exception", "end--x").refused("step_missing", "workflow_exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"on_completion", "on_success", "on_failure", "on_true", "on_false"})
  void everyEdgeLeadsToAStep(String edge) {
    document().with("ACT/" + edge, "end--x").refused("step_missing", "ACT/" + edge);
  }

  @Test
  void branchesAndCasesLeadToStepsToo() {
    group()
        .with(PARALLEL + "/next_steps", List.of(ACT, OTHER, "action--x"))
        .refused("step_missing", PARALLEL + "/next_steps");
    document().with("ACT/cases/x", "end--x").refused("step_missing", "ACT/cases/x");
  }

  @Test
  void aCycleIsRefusedWhereverItIs() {
    document().with("ACT/on_completion", ACT).refused("step_cycle", "ACT");
    Document back = two().with("ACT/on_completion", OTHER, OTHER + "/on_completion", ACT);
    back.refused("step_cycle", "ACT");
    back.refused("step_cycle", OTHER);
    Document caught = two().with("workflow_exception", OTHER, OTHER + "/on_completion", OTHER);
    caught.refused("step_cycle", OTHER);
    assertTrue(
        caught.problems().stream().noneMatch(p -> p.pointer().contains(ACT)),
        "what is on no cycle is not said to be");
  }

  // ---- steps

  @ParameterizedTest
  @CsvSource({
    "while-condition, step_rejected",
    "switch-condition, step_rejected",
    "group, step_unknown_type",
    "Action, step_unknown_type",
  })
  void onlySomeTypesAreRun(String type, String code) {
    document().with("ACT/type", type).refused(code, "ACT/type");
  }

  @Test
  void anIdBeginsWithItsType() {
    document().without("ACT/type").refused("playbook_missing_field", "ACT/type");
    document().with("ACT/type", "parallel").refused("step_bad_id", "ACT");
  }

  @Test
  void aStepHasNoVariablesOfItsOwn() {
    document()
        .with("ACT/step_variables/__a__/type", "string")
        .refused("variable_not_supported", "ACT/step_variables");
    document().with("ACT/step_variables", Map.of()).accepted();
  }

  @Test
  void aStepLeadsOnByCompletionOrBySuccessAndPerhapsFailure() {
    Document success = document().without("ACT/on_completion").with("ACT/on_success", END);
    assertEquals(END, success.accepted().workflow().steps().get(ACT).next());
    Document failure = success.with("ACT/on_failure", END_2, END_2 + "/type", "end");
    assertEquals(END_2, failure.accepted().workflow().steps().get(ACT).failure());
    for (String both : List.of("on_success", "on_failure")) {
      document().with("ACT/" + both, END).refused("step_branch_rule", "ACT");
    }
    failure.without("ACT/on_success").refused("step_branch_rule", "ACT");
  }

  @Test
  void onlyAnEndEnds() {
    document().without("ACT/on_completion").refused("step_dead_end", "ACT");
    document()
        .without("START/on_completion")
        .with("START/on_success", ACT)
        .refused("step_dead_end", "START/on_completion");
    for (String edge : List.of("on_completion", "on_success", "on_failure")) {
      document().with("END/" + edge, END).refused("step_branch_rule", "END");
    }
  }

  @Test
  void aDelayIsUpToADay() {
    assertEquals(Duration.ZERO, delay(document()));
    assertEquals(Duration.ofMillis(1), delay(document().with("ACT/delay", 1L)));
    assertEquals(Duration.ofDays(1), delay(document().with("ACT/delay", 86_400_000L)));
    document().with("ACT/delay", 86_400_001L).refused("playbook_out_of_range", "ACT/delay");
    document().with("ACT/delay", -1L).refused("playbook_out_of_range", "ACT/delay");
  }

  private static Duration delay(Document document) {
    return document.accepted().workflow().steps().get(ACT).delay();
  }

  // ---- branches

  @Test
  void aConditionChoosesBetweenTwoOrLeavesOneOut() {
    Workflow.Step step = choice().accepted().workflow().steps().get(IF);
    assertEquals(List.of(ACT, OTHER), step.branches());
    assertEquals(Set.of("__a__"), step.condition().variables());
    Document one = choice().without(IF + "/on_false").without(OTHER).without(END_2);
    assertEquals(List.of(ACT), one.accepted().workflow().steps().get(IF).branches());
    choice().without(IF + "/on_true").refused("playbook_missing_field", IF + "/on_true");
    choice().with(IF + "/on_false", "").refused("playbook_wrong_type", IF + "/on_false");
  }

  @Test
  void aConditionIsOfTheGrammarAndOfKnownVariables() {
    choice().without(IF + "/condition").refused("playbook_missing_field", IF + "/condition");
    choice().with(IF + "/condition", "1 = 1").refused("condition_not_supported", IF + "/condition");
    choice()
        .with(IF + "/condition", "__b__:value = 'x'")
        .refused("variable_undefined", IF + "/condition");
    assertNull(
        document()
            .with("ACT/condition", "1 = 1")
            .accepted()
            .workflow()
            .steps()
            .get(ACT)
            .condition());
  }

  @Test
  void oneToTwentyStepsRunInParallel() {
    assertEquals(
        List.of(ACT, OTHER), group().accepted().workflow().steps().get(PARALLEL).branches());
    group()
        .with(PARALLEL + "/next_steps", List.of())
        .refused("step_bad_branches", PARALLEL + "/next_steps");
    Document twenty = group().without("ACT").without(OTHER).without(END_2).without("END");
    twenty = branches(twenty, 20);
    twenty.accepted();
    branches(twenty, 21).refused("step_bad_branches", PARALLEL + "/next_steps");
  }

  private static Document branches(Document document, int number) {
    Map<?, ?> workflow = (Map<?, ?>) document().tree().get("workflow");
    Document all = document;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String end = "end--%08d-0000-4000-8000-000000000000".formatted(i);
      ids.add("action--%08d-0000-4000-8000-000000000000".formatted(i));
      all =
          all.with(
              ids.get(i),
              workflow.get(ACT),
              ids.get(i) + "/on_completion",
              end,
              end + "/type",
              "end");
    }
    return all.with(PARALLEL + "/next_steps", ids);
  }

  @Test
  void aBranchDoesNotLeadIntoWhatRunsBesidesIt() {
    Document shared = group().without(OTHER).without(END_2);
    shared.with(PARALLEL + "/next_steps", List.of(ACT, ACT)).refused("step_shared", PARALLEL);
    group().with(OTHER + "/on_completion", ACT).without(END_2).refused("step_shared", PARALLEL);
    group()
        .with(PARALLEL + "/on_completion", OTHER)
        .with(PARALLEL + "/next_steps", List.of(ACT, OTHER))
        .without(END_3)
        .refused("step_shared", PARALLEL);
    // two ends may be one: nothing runs there
    group().with(OTHER + "/on_completion", END).without(END_2).accepted();
  }

  @Test
  void ofTwoThatExcludeOneAnotherBothMayLeadToTheSame() {
    choice().with(OTHER + "/on_completion", ACT).without(END_2).accepted();
    choice().with(IF + "/on_completion", ACT).without(END_3).refused("step_shared", IF);
  }

  // ---- calls

  @Test
  void aCallNamesADigest() {
    String extension = CALL + "/step_extensions/" + ActionParser.EXTENSION;

    assertEquals(Set.of(new Digest(DIGEST)), call().accepted().calls());
    call().without(CALL + "/playbook_id").refused("playbook_missing_field", CALL + "/playbook_id");
    call()
        .without(extension + "/playbook_digest")
        .refused("playbook_missing_field", extension + "/playbook_digest");
    call()
        .with(extension + "/playbook_digest", DIGEST.substring(1))
        .refused("digest_malformed", extension + "/playbook_digest");
    assertEquals(Set.of(), document().accepted().calls());
  }
}
