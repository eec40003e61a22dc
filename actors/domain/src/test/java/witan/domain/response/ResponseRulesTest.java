package witan.domain.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration.Confidence;
import witan.domain.governance.Target;

class ResponseRulesTest {
  private static final ResponseRule SHELL =
      new ResponseRule(
          "shell-in-pod",
          Severity.MEDIUM,
          List.of("T1059"),
          List.of(ResourceKind.POD),
          List.of("aws-*"),
          List.of(),
          Confidence.LOW,
          "isolate-workload");
  private static final ResponseRule SURE =
      new ResponseRule(
          "confirmed",
          Severity.LOW,
          List.of(),
          List.of(),
          List.of(),
          List.of("falco"),
          Confidence.MEDIUM,
          "rollback-deployment");
  private static final ResponseRules RULES = new ResponseRules(3, List.of(SHELL, SURE));

  private static Alert alert(String sensor, Severity severity, String technique, String pod) {
    return anAlert()
        .sensor(sensor)
        .id("a")
        .rule("r")
        .title("t")
        .severity(severity)
        .pod("aws-eu", "shop", pod)
        .techniques(List.of(technique))
        .raw(Digest.ZERO)
        .build();
  }

  @Test
  void aRuleThatFiresProposesItsPlaybookOnThePodsOfItsAlerts() {
    ResponseRules.Evaluation evaluation =
        RULES.evaluate(
            List.of(
                alert("s1", Severity.HIGH, "T1059.004", "web-1"),
                alert("s1", Severity.HIGH, "T1078", "web-2"),
                alert("s1", Severity.HIGH, "T1059", "web-1")));
    assertEquals(3, evaluation.version());
    assertTrue(evaluation.outcomes().get(0).fires());
    assertFalse(evaluation.outcomes().get(1).fires());
    assertEquals(
        List.of(
            new ResponseRules.Proposed(
                "isolate-workload",
                List.of("shell-in-pod"),
                List.of(new Target("aws-eu", "shop", "Pod", "web-1")))),
        evaluation.proposed());
  }

  @Test
  void anEvaluationSaysWhichConditionFailed() {
    ResponseRules.Outcome outcome =
        RULES.evaluate(List.of(alert("s1", Severity.LOW, "T1059", "web-1"))).outcomes().get(0);
    assertFalse(outcome.fires());
    assertEquals(
        new ResponseRule.Condition(false, "severity LOW is at least MEDIUM"),
        outcome.conditions().get(0));
    assertTrue(outcome.conditions().subList(1, 5).stream().allMatch(ResponseRule.Condition::met));
  }

  @Test
  void aSecondSensorMakesARuleForConfirmedCasesFire() {
    Alert one = alert("s1", Severity.LOW, "T1078", "web-1");
    Alert two = alert("s2", Severity.LOW, "T1078", "web-1");
    assertEquals(List.of(), RULES.evaluate(List.of(one, one)).proposed());
    assertEquals(
        "rollback-deployment", RULES.evaluate(List.of(one, two)).proposed().get(0).playbook());
  }

  @Test
  void aTechniqueIsNotTheBeginningOfAnother() {
    assertFalse(
        RULES
            .evaluate(List.of(alert("s1", Severity.HIGH, "T10591", "p")))
            .outcomes()
            .get(0)
            .fires());
  }

  @Test
  void rulesThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ResponseRules(1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new ResponseRules(1, List.of(SHELL, SHELL)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ResponseRule(
                "x",
                Severity.LOW,
                List.of("TA0002"),
                List.of(),
                List.of(),
                List.of(),
                Confidence.LOW,
                "p"));
  }
}
