package witan.domain.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.OptionBuilder.anOption;
import static witan.domain.fixtures.PlaybookBuilder.aPlaybook;
import static witan.domain.fixtures.PlaybookBuilder.anAction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.fixtures.OptionBuilder;
import witan.domain.fixtures.PlaybookBuilder;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.playbook.Condition;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookStep;

class PlannerTest {
  private static final Target POD = new Target("eu", "shop", "Pod", "web-1");
  private static final Target OTHER = new Target("us", "blog", "Pod", "web-2");
  private static final Target NODE = new Target("eu", null, "Node", "n-1");
  private static final Digest CALLED = HASHER.text("called");
  private static final Map<String, String> LABEL = Map.of("label", "a/b", "value", "c");

  private static PlaybookBuilder labels() {
    return aPlaybook().action("label", "quarantine-label", LABEL);
  }

  /** With one variable in the value of the label. */
  private static PlaybookBuilder variable(String value, boolean constant, boolean external) {
    return aPlaybook()
        .variable("__a__", value, constant, external)
        .action("label", "quarantine-label", Map.of("label", "a/b", "value", "__a__:value"));
  }

  private static PlannedWorkflow planned(
      PlaybookBuilder playbook, OptionBuilder option, Map<Digest, Playbook> others) {
    ExecutionPlan plan = ExecutionPlan.of(playbook.build(), option.build(), others);
    return assertInstanceOf(ExecutionPlan.Planned.class, plan, plan.toString()).workflow();
  }

  private static PlannedWorkflow planned(PlaybookBuilder playbook, OptionBuilder option) {
    return planned(playbook, option, Map.of());
  }

  private static void refused(
      String code, PlaybookBuilder playbook, OptionBuilder option, Map<Digest, Playbook> others) {
    ExecutionPlan plan = ExecutionPlan.of(playbook.build(), option.build(), others);
    assertEquals(
        code,
        assertInstanceOf(ExecutionPlan.Refused.class, plan, plan.toString()).refusal().code());
  }

  private static void refused(String code, PlaybookBuilder playbook, OptionBuilder option) {
    refused(code, playbook, option, Map.of());
  }

  // ---- targets

  @Test
  void anActionIsTakenOnEachTargetThatItIsForInTheirOrder() {
    PlannedWorkflow plan = planned(labels(), anOption().targets(NODE, OTHER, POD));

    assertEquals(List.of("label", "label#2"), plan.order());
    assertEquals(OTHER, plan.steps().get("label").target());
    assertEquals(POD, plan.steps().get("label#2").target());
    assertEquals(List.of("label", "label#2"), plan.nodes().get("label").steps());
  }

  @Test
  void anActionWithoutATargetIsRefused() {
    refused("plan_no_target", labels(), anOption().targets(NODE));
    refused("plan_no_target", labels(), anOption().targets());
  }

  @Test
  void aRequestAndAPersonNeedNoTargetOfTheOption() {
    PlaybookBuilder elsewhere =
        aPlaybook()
            .action("call", "http-api", Map.of("connection", "tickets", "path", "/t"))
            .action("ask", "manual", Map.of("text", "Pull the plug"));

    PlannedWorkflow plan = planned(elsewhere, anOption().targets());

    assertEquals(new Target("", null, "Connection", "tickets"), plan.steps().get("call").target());
    assertEquals(new Target("", null, "Person", "target"), plan.steps().get("ask").target());
  }

  @Test
  void aPlanHas200Steps() {
    List<Target> pods = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pods.add(new Target("eu", "shop", "Pod", "web-" + i));
    }
    PlaybookBuilder ten = aPlaybook();
    for (int i = 0; i < 10; i++) {
      ten.action("label" + i, "quarantine-label", LABEL);
    }
    assertEquals(200, planned(ten, anOption().targets(pods)).steps().size());
    refused("plan_too_large", ten.action("ask", "manual", Map.of()), anOption().targets(pods));
  }

  @Test
  void whatThePlaybookSaysOfAStepIsInThePlan() {
    PlaybookStep action =
        new PlaybookStep(
            "label",
            "Label it",
            "quarantine-label",
            LABEL,
            "target",
            Duration.ofSeconds(7),
            false,
            Duration.ofHours(1));

    PlannedStep step = planned(aPlaybook().action(action), anOption()).steps().get("label");

    assertEquals(
        new PlannedStep(
            "label",
            "Label it",
            "quarantine-label",
            POD,
            LABEL,
            Duration.ofSeconds(7),
            false,
            Duration.ofHours(1)),
        step);
  }

  // ---- variables

  /** Constant and external: what is constant is not given from outside. */
  @ParameterizedTest
  @CsvSource({
    "own, false, true, given, given",
    "own, false, true, , own",
    ", false, true, given, given",
    "own, true, true, , own",
    "own, false, false, , own",
  })
  void aValueIsTheOptionsWhereThePlaybookLeavesItOpen(
      String own, boolean constant, boolean external, String given, String value) {
    OptionBuilder option = anOption().parameters(given == null ? Map.of() : Map.of("__a__", given));

    PlannedWorkflow plan = planned(variable(own, constant, external), option);

    assertEquals(value, plan.steps().get("label").parameters().get("value"));
  }

  @Test
  void anOptionGivesNoValueThatIsNotOpen() {
    OptionBuilder option = anOption().parameters(Map.of("__a__", "given"));

    refused("plan_unknown_variable", labels(), option);
    refused("plan_unknown_variable", variable("own", true, true), option);
    refused("plan_unknown_variable", variable("own", false, false), option);
  }

  @Test
  void aVariableWithoutAValueIsRefusedWhereItIsUsed() {
    refused("plan_unbound_variable", variable(null, false, true), anOption());
    planned(labels().variable("__a__", null, false, true), anOption());
  }

  @Test
  void aValueIsCheckedByWhatKubernetesAllows() {
    OptionBuilder option = anOption().parameters(Map.of("__a__", "not allowed!"));

    refused("plan_bad_parameter", variable(null, false, true), option);
    refused(
        "plan_bad_parameter",
        aPlaybook().action("label", "quarantine-label", Map.of("label", "a/b")),
        anOption());
  }

  @Test
  void aValueThatWouldLeaveItsPlaceInARequestIsRefused() {
    PlaybookBuilder request =
        aPlaybook()
            .variable("__a__", null, false, true)
            .action("call", "http-api", Map.of("connection", "c", "path", "/t/__a__:value"));

    assertEquals(
        "/t/a%20b",
        planned(request, anOption().parameters(Map.of("__a__", "a b")))
            .steps()
            .get("call")
            .parameters()
            .get("path"));
    refused("plan_bad_parameter", request, anOption().parameters(Map.of("__a__", "..")));
  }

  // ---- conditions

  private static PlaybookBuilder choice(String variable, String... branches) {
    return aPlaybook()
        .variable("__a__", "x", false, true)
        .variable("__b__", null, false, true)
        .choice(
            "if", new Condition(List.of(new Condition.Term(variable, true, "x")), true), branches)
        .leads("end", "")
        .action("then", "quarantine-label", LABEL)
        .leads("end1", "")
        .action("else", "quarantine-label", LABEL)
        .leads("end2", "")
        .end("end1")
        .end("end2");
  }

  @Test
  void aConditionIsDecidedWhenThePlanIsMade() {
    OptionBuilder other = anOption().parameters(Map.of("__a__", "y"));

    PlannedWorkflow held = planned(choice("__a__", "then", "else"), anOption());
    assertEquals(List.of("then"), held.order());
    assertEquals(List.of("then"), held.nodes().get("if").branches());
    assertEquals(List.of("else"), planned(choice("__a__", "then", "else"), other).order());
    assertEquals(List.of(), planned(choice("__a__", "then"), other).order());
    refused("plan_unbound_variable", choice("__b__", "then", "else"), anOption());
  }

  // ---- branches, failures, calls

  @Test
  void whatFollowsAndWhatHandlesAFailureIsKept() {
    PlannedWorkflow plan =
        planned(
            labels()
                .leads("end", "ask")
                .delayed(Duration.ofSeconds(5))
                .action("ask", "manual", Map.of())
                .exception("ask"),
            anOption());

    PlannedWorkflow.PlanNode node = plan.nodes().get("label");
    assertEquals("end", node.next());
    assertEquals("ask", node.failure());
    assertEquals(Duration.ofSeconds(5), node.delay());
    assertEquals("ask", plan.exception());
    assertEquals("", plan.nodes().get("ask").failure());
    assertEquals("label", plan.start());
  }

  @Test
  void stepsAreListedAsTheyRun() {
    PlannedWorkflow plan =
        planned(
            aPlaybook()
                .parallel("both", "b", "a")
                .leads("last", "")
                .action("last", "manual", Map.of())
                .leads("end", "")
                .action("a", "manual", Map.of())
                .leads("end1", "")
                .action("b", "manual", Map.of())
                .leads("end1", "")
                .end("end1"),
            anOption());

    assertEquals(List.of("b", "a", "last"), plan.order());
  }

  @Test
  void whatNothingLeadsToButTheExceptionIsPlannedLast() {
    PlannedWorkflow plan =
        planned(
            labels().leads("end", "").action("ask", "manual", Map.of()).exception("ask"),
            anOption());

    assertEquals(List.of("label", "ask"), plan.order());
    assertEquals(
        List.of("label"),
        planned(labels().leads("end", "").action("ask", "manual", Map.of()), anOption()).order());
  }

  @Test
  void aCalledPlaybookStandsInItsPlaceUnderNamesOfItsOwn() {
    Playbook called = labels().action("ask", "manual", Map.of("text", "x")).build();

    PlannedWorkflow plan =
        planned(
            labels().call("first", CALLED).call("second", CALLED),
            anOption(),
            Map.of(CALLED, called));

    assertEquals(List.of("label", "p1/label", "p1/ask", "p2/label", "p2/ask"), plan.order());
    assertEquals(List.of("p1/label"), plan.nodes().get("first").branches());
    assertEquals("p1/ask", plan.nodes().get("p1/label").next());
  }

  /** An external variable is an argument: the caller's value of that name, where it has one. */
  @ParameterizedTest
  @CsvSource({"false, true, given", "true, true, own", "false, false, own"})
  void aCallGivesTheCallersValuesToWhatIsOpen(boolean constant, boolean external, String value) {
    PlannedWorkflow plan =
        planned(
            aPlaybook().variable("__a__", null, false, true).call("call", CALLED),
            anOption().parameters(Map.of("__a__", "given")),
            Map.of(CALLED, variable("own", constant, external).build()));

    assertEquals(value, plan.steps().get("p1/label").parameters().get("value"));
  }

  @Test
  void aCalledPlaybookIsThereAndHasNoExceptionOfItsOwn() {
    PlaybookBuilder caller = aPlaybook().call("call", CALLED);

    refused("plan_missing_playbook", caller, anOption());
    refused(
        "plan_bad_call", caller, anOption(), Map.of(CALLED, labels().exception("label").build()));
  }

  @Test
  void playbooksCallEachOtherThreeDeep() {
    Digest second = HASHER.text("second");
    Digest third = HASHER.text("third");
    Playbook leaf = labels().build();
    Map<Digest, Playbook> three =
        Map.of(CALLED, aPlaybook().call("c", second).build(), second, leaf);
    Map<Digest, Playbook> four =
        Map.of(
            CALLED, aPlaybook().call("c", second).build(),
            second, aPlaybook().call("c", third).build(),
            third, leaf);
    Map<Digest, Playbook> itself = Map.of(CALLED, aPlaybook().call("c", CALLED).build());

    assertEquals(
        List.of("p2/label"), planned(aPlaybook().call("c", CALLED), anOption(), three).order());
    refused("plan_too_deep", aPlaybook().call("c", CALLED), anOption(), four);
    refused("plan_too_deep", aPlaybook().call("c", CALLED), anOption(), itself);
  }

  // ---- what is suggested

  private static final CaseId CASE = new CaseId("case-1");

  private static List<ResponseOption> suggested(PlaybookBuilder isolate, Alert... alerts) {
    return ResponsePlanner.options(CASE, List.of(alerts), isolate.build(), CALLED);
  }

  @Test
  void theFirstTwentyPodsOfACaseAreSuggestedEachOnce() {
    Alert[] alerts = new Alert[30];
    for (int i = 0; i < alerts.length; i++) {
      alerts[i] = anAlert().pod("eu", "shop", "web-" + i / 2).build();
    }
    assertEquals(15, suggested(labels(), alerts).get(0).targets().size());
    for (int i = 0; i < alerts.length; i++) {
      alerts[i] = anAlert().pod("eu", "shop", "web-" + i).build();
    }
    List<Target> targets = suggested(labels(), alerts).get(0).targets();
    assertEquals(20, targets.size());
    assertEquals(new Target("eu", "shop", "Pod", "web-19"), targets.get(19));
  }

  @Test
  void whatIsNoPodInANamespaceIsNotSuggested() {
    Alert host = anAlert().of(new Resource(ResourceKind.HOST, "eu", "shop", "n-1")).build();
    Alert homeless = anAlert().of(new Resource(ResourceKind.POD, "eu", null, "web")).build();

    assertEquals(List.of(), suggested(labels(), host, homeless));
    assertEquals(List.of(), suggested(labels()));
    assertEquals(List.of(POD), suggested(labels(), host, anAlert().build()).get(0).targets());
  }

  @Test
  void theCasesIdIsBoundWhereThePlaybookAsksForIt() {
    Alert alert = anAlert().build();
    PlaybookBuilder asking = labels().impact(35).variable("__case_id__", null, false, true);

    ResponseOption option = suggested(asking, alert).get(0);

    assertEquals(Map.of("__case_id__", "case-1"), option.parameters());
    assertEquals(35, option.impact());
    assertEquals(CALLED, option.playbookDigest());
    assertEquals("Isolate", option.title());
    PlaybookBuilder inner = labels().variable("__case_id__", "x", false, false);
    assertEquals(Map.of(), suggested(inner, alert).get(0).parameters());
    assertEquals(Map.of(), suggested(labels(), alert).get(0).parameters());
  }

  @Test
  void onlyAnActionOfKubernetesCanBeTakenBack() {
    PlannedWorkflow plan =
        planned(
            aPlaybook()
                .action(anAction("label", "quarantine-label", LABEL))
                .action(anAction("kill", "delete-pod", Map.of()))
                .action(anAction("ask", "manual", Map.of())),
            anOption());

    assertEquals("release-label", plan.steps().get("label").inverse().orElseThrow());
    assertEquals(true, plan.steps().get("kill").inverse().isEmpty());
    assertEquals(true, plan.steps().get("ask").inverse().isEmpty());
  }
}
