package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.normal;
import static witan.domain.Fixtures.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.Flaw;
import witan.domain.detection.Severity;

class PolicyTableTest {
  private static final Policy HIGH = policy(8000, 7000, CountingMode.PARTICIPATION);
  private static final Policy NORMAL = normal(HIGH, Duration.ofMinutes(15), 4000, 5100);
  private static final List<Policy> POLICIES = List.of(HIGH, NORMAL);

  private static PolicyTable.Row row(Urgency urgency, int impact, String policy, String normal) {
    return new PolicyTable.Row(urgency, impact, policy, normal, false);
  }

  private static final List<PolicyTable.Row> GOOD =
      List.of(
          row(Urgency.ROUTINE, 0, "paper-normal", null),
          row(Urgency.ELEVATED, 0, "paper-normal", null),
          row(Urgency.URGENT, 0, "paper", "paper-normal"),
          row(Urgency.URGENT, 60, "paper", null));

  @Test
  void theRowWithTheHighestFloorThatTheImpactReachesIsTaken() {
    PolicyTable table = new PolicyTable(1, GOOD);
    assertEquals(List.of(), table.problems(POLICIES));
    assertEquals(
        new PolicyTable.Choice(HIGH, NORMAL, null),
        table.choose(Urgency.URGENT, 59, POLICIES).orElseThrow());
    assertEquals(
        new PolicyTable.Choice(HIGH, null, null),
        table.choose(Urgency.URGENT, 60, POLICIES).orElseThrow());
    assertEquals(NORMAL, table.choose(Urgency.ROUTINE, 100, POLICIES).orElseThrow().policy());
  }

  @Test
  void everyBadFieldIsReported() {
    List<PolicyTable.Row> rows = new ArrayList<>(GOOD.subList(1, 4));
    rows.add(row(Urgency.URGENT, 101, "paper", null));
    rows.add(row(Urgency.URGENT, 60, "none", null));
    rows.add(row(Urgency.ELEVATED, 10, "paper-normal", "paper"));
    rows.add(row(Urgency.ELEVATED, 20, "paper", "gone"));
    assertEquals(
        List.of(
            "/version table_version",
            "/rows/3/impactFrom table_impact",
            "/rows/4 table_row_twice",
            "/rows/4/policy table_no_policy",
            "/rows/5/normal table_not_expedited",
            "/rows/6/normal table_no_policy",
            "/rows table_gap"),
        new PolicyTable(-1, rows).problems(POLICIES).stream().map(PolicyTableTest::text).toList());
  }

  @Test
  void whoseAlertsCountIsSaidOnlyWhereAContainmentMayRun() {
    assertEquals(List.of(), problems(true, new AlertTrust(true, List.of("a", "b"))));
    for (AlertTrust bad :
        List.of(
            new AlertTrust(true, List.of("b", "a")),
            new AlertTrust(true, List.of("a", "a")),
            new AlertTrust(true, List.of(" ")))) {
      assertEquals(List.of("/rows/0/alerts table_alerts"), problems(true, bad));
    }
    assertEquals(List.of("/rows/0/alerts table_alerts"), problems(false, AlertTrust.ANY));
  }

  private static List<String> problems(boolean provisional, AlertTrust alerts) {
    List<PolicyTable.Row> rows = new ArrayList<>(GOOD);
    rows.set(0, new PolicyTable.Row(Urgency.ROUTINE, 0, "paper-normal", null, provisional, alerts));
    return new PolicyTable(1, rows).problems(POLICIES).stream().map(PolicyTableTest::text).toList();
  }

  @Test
  void theChoiceSaysWhoseAlertsCount() {
    List<PolicyTable.Row> rows = new ArrayList<>(GOOD);
    AlertTrust signed = new AlertTrust(true, List.of());
    rows.set(2, new PolicyTable.Row(Urgency.URGENT, 0, "paper", "paper-normal", true, signed));
    rows.set(3, new PolicyTable.Row(Urgency.URGENT, 60, "paper", null, true));
    PolicyTable table = new PolicyTable(1, rows);
    assertEquals(signed, table.choose(Urgency.URGENT, 59, POLICIES).orElseThrow().containment());
    assertEquals(
        AlertTrust.ANY, table.choose(Urgency.URGENT, 60, POLICIES).orElseThrow().containment());
  }

  private static String text(Flaw problem) {
    return problem.pointer() + " " + problem.code();
  }

  @Test
  void urgencyComesFromSeverityConfidenceAndCorroboration() {
    assertEquals(Urgency.URGENT, UrgencyRule.of(Severity.CRITICAL, 100, 1));
    assertEquals(Urgency.ELEVATED, UrgencyRule.of(Severity.FATAL, 49, 1));
    assertEquals(Urgency.ELEVATED, UrgencyRule.of(Severity.HIGH, 100, 1));
    assertEquals(Urgency.URGENT, UrgencyRule.of(Severity.HIGH, 100, 2));
    assertEquals(Urgency.ROUTINE, UrgencyRule.of(Severity.MEDIUM, 100, 1));
    assertEquals(Urgency.ROUTINE, UrgencyRule.of(Severity.LOW, 0, 1));
    assertEquals(Urgency.ELEVATED, UrgencyRule.of(Severity.UNKNOWN, 100, 3));
  }
}
