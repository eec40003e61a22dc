package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.policy;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.governance.PolicyTable.Row;

/** Which alerts speak of a target, and on whose word something may be done before the vote. */
class CorroboratedTargetTest {
  private static final Target POD = new Target("eu", "shop", "Pod", "web-1");

  private static Alert alert(String sensor, Resource resource) {
    return anAlert().sensor(sensor).of(resource).build();
  }

  private static Resource pod(String cluster, String namespace, String name) {
    return new Resource(ResourceKind.POD, cluster, namespace, name);
  }

  static Stream<Arguments> resources() {
    ResourceKind object = ResourceKind.KUBERNETES_OBJECT;
    return Stream.of(
        Arguments.of(true, pod("eu", "shop", "web-1"), POD),
        Arguments.of(false, pod("us", "shop", "web-1"), POD),
        Arguments.of(false, pod("eu", "bank", "web-1"), POD),
        Arguments.of(false, pod("eu", null, "web-1"), POD),
        Arguments.of(false, pod("eu", "shop", "web-2"), POD),
        Arguments.of(false, pod("eu", "shop", "WEB-1"), POD),
        Arguments.of(
            false, pod("eu", "shop", "web-1"), new Target("eu", "shop", "Deployment", "web-1")),
        Arguments.of(true, new Resource(object, "eu", "shop", "Pod/web-1"), POD),
        Arguments.of(true, new Resource(object, "eu", "shop", "pod/web-1"), POD),
        Arguments.of(false, new Resource(object, "eu", "shop", "pods/web-1"), POD),
        Arguments.of(false, new Resource(object, "eu", "shop", "web-1"), POD),
        Arguments.of(
            true,
            new Resource(object, "eu", null, "node/n1"),
            new Target("eu", null, "Node", "n1")),
        Arguments.of(
            false,
            new Resource(object, "eu", "shop", "node/n1"),
            new Target("eu", null, "Node", "n1")));
  }

  @ParameterizedTest
  @MethodSource("resources")
  void anAlertSpeaksOfTheTargetThatItNames(boolean speaks, Resource resource, Target target) {
    assertEquals(
        speaks ? Set.of("falco") : Set.of(),
        Corroboration.sensorsOf(target, List.of(alert("falco", resource))));
  }

  @Test
  void eachSensorThatSpeaksOfItCountsOnce() {
    Resource web = pod("eu", "shop", "web-1");
    assertEquals(
        Set.of("falco", "guardduty"),
        Corroboration.sensorsOf(
            POD,
            List.of(
                alert("guardduty", web),
                alert("falco", web),
                alert("falco", web),
                alert("suricata", pod("eu", "shop", "web-2")))));
  }

  private static final Policy PAPER = policy();

  private static List<Row> rows(boolean containment, AlertTrust alerts) {
    return Stream.of(Urgency.values())
        .map(u -> new Row(u, 0, PAPER.name(), null, containment, alerts))
        .toList();
  }

  private static List<String> codes(PolicyTable table) {
    return table.problems(List.of(PAPER)).stream()
        .map(problem -> problem.code())
        .distinct()
        .toList();
  }

  @Test
  void aContainmentRunsOnTheAlertsThatItsRowNamesOrOnAny() {
    AlertTrust trusted = new AlertTrust(true, List.of("falco"));
    assertEquals(trusted, chosen(rows(true, trusted)).containment());
    assertEquals(AlertTrust.ANY, chosen(rows(true, null)).containment());
    assertTrue(chosen(rows(true, null)).provisionalContainment());
    assertFalse(chosen(rows(false, null)).provisionalContainment());
  }

  private static PolicyTable.Choice chosen(List<Row> rows) {
    PolicyTable table = new PolicyTable(1, rows);
    assertEquals(List.of(), codes(table));
    return table.choose(Urgency.URGENT, 0, List.of(PAPER)).orElseThrow();
  }

  @Test
  void whoseAlertsTheyAreIsOnlyAskedWhereSomethingMayRun() {
    assertEquals(List.of("table_alerts"), codes(new PolicyTable(1, rows(false, AlertTrust.ANY))));
    AlertTrust unsorted = new AlertTrust(false, List.of("b", "a"));
    assertEquals(List.of("table_alerts"), codes(new PolicyTable(1, rows(true, unsorted))));
  }

  @ParameterizedTest
  @CsvSource({"60, ''", "61, table_too_long"})
  void aTableHasSoManyRows(int count, String code) {
    List<Row> rows = new ArrayList<>(rows(false, null));
    IntStream.rangeClosed(1, count - rows.size())
        .forEach(i -> rows.add(new Row(Urgency.URGENT, i, PAPER.name(), null, false)));
    assertEquals(code.isEmpty() ? List.of() : List.of(code), codes(new PolicyTable(1, rows)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "9007199254740991, ''",
    "-1, table_version",
    "9007199254740992, table_version"
  })
  void aTablesVersionIsANumberThatJsonKeeps(long version, String code) {
    assertEquals(
        code.isEmpty() ? List.of() : List.of(code),
        codes(new PolicyTable(version, rows(false, null))));
  }

  @Test
  void aTableWhosePoliciesAreGoneChoosesNothing() {
    PolicyTable table =
        new PolicyTable(1, List.of(new Row(Urgency.URGENT, 0, PAPER.name(), "slow", false)));
    assertTrue(table.choose(Urgency.URGENT, 5, List.of(PAPER)).isEmpty(), "its normal one");
    assertTrue(table.choose(Urgency.URGENT, 5, List.of()).isEmpty());
    assertTrue(table.choose(Urgency.ROUTINE, 5, List.of(PAPER)).isEmpty(), "no such row");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001})
  void aBoundOfDriftIsBasisPoints(int bps) {
    assertThrows(IllegalArgumentException.class, () -> radius(bps));
    assertEquals(0, radius(0).maxDriftBps());
    assertEquals(10_000, radius(10_000).maxDriftBps());
  }

  private static BlastRadius radius(int bps) {
    return new BlastRadius(1, CASE, "kubernetes", bps, List.of());
  }

  @Test
  void whatNobodyAnsweredIsUnknownAndNotNothing() {
    OptionRadius unknown = OptionRadius.unknown("no executor answered");
    assertFalse(unknown.complete());
    assertEquals(List.of("no executor answered"), unknown.refusals());
  }

  /** What one step of an option holds, that another of it only sees, is held. */
  @Test
  void anObjectThatTheOptionHoldsHasNotDrifted() {
    TouchedObject voted = object("u-1", false);
    OptionRadius before = touching(voted);
    assertEquals(new Drift(1, 0, 0, 1), Drift.between(before, touching(object("u-2", false))));
    for (List<TouchedObject> found :
        List.of(
            List.of(object("u-2", false), object("u-2", true)),
            List.of(object("u-2", true), object("u-2", false)))) {
      assertEquals(
          new Drift(1, 0, 0, 0),
          Drift.between(before, touching(found.toArray(TouchedObject[]::new))));
    }
  }

  private static TouchedObject object(String uid, boolean held) {
    return new TouchedObject("eu", "/pods/web-1", uid, "7", 1, held);
  }

  private static OptionRadius touching(TouchedObject... objects) {
    return new OptionRadius(true, 1, List.of(), List.of(), List.of(), List.of(objects));
  }

  @Test
  void thereIsAlwaysSomethingToChoose() {
    assertThrows(IllegalArgumentException.class, () -> new OptionRule(List.of()));
    assertEquals(0, OptionRule.of(List.of()).winner(List.of(big(0))), "the change, or no action");
  }
}
