package witan.domain.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.START;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;
import witan.domain.correlation.Relations.Kind;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.detection.Tactic;

class RelationsTest {
  private static Alert alert(
      String cluster, String pod, @Nullable String principal, Instant at, Tactic... tactics) {
    return anAlert()
        .id("a")
        .rule("r")
        .title("t")
        .severity(Severity.HIGH)
        .pod(cluster, "ns-" + pod, pod)
        .principal(principal)
        .when(at)
        .techniques(List.of())
        .tactics(List.of(tactics))
        .raw(Digest.ZERO)
        .build();
  }

  /** By what the second's case is found from the first's. */
  private static Set<Kind> related(Alert first, Alert second) {
    Map<String, Kind> sought = Relations.allKeys(List.of(first));
    return Relations.keys(second).keySet().stream()
        .filter(sought::containsKey)
        .map(sought::get)
        .collect(Collectors.toSet());
  }

  @Test
  void aStepBeforeOrAfterInOneClusterIsANeighbourAndTheSameStepIsNot() {
    Alert execution = alert("eu", "web", null, START, Tactic.EXECUTION);
    for (Tactic other : Tactic.values()) {
      Alert alert = alert("eu", "db", null, START, other);
      boolean near =
          Set.of(
                  Tactic.RESOURCE_DEVELOPMENT,
                  Tactic.INITIAL_ACCESS,
                  Tactic.PERSISTENCE,
                  Tactic.PRIVILEGE_ESCALATION)
              .contains(other);
      assertEquals(
          near ? Set.of(Kind.KILL_CHAIN) : Set.of(), related(execution, alert), "" + other);
      assertEquals(related(execution, alert), related(alert, execution), "" + other);
    }
  }

  @Test
  void neighboursAreOfOneClusterAndOfOneOrTheNextDay() {
    Alert access = alert("eu", "web", null, START, Tactic.INITIAL_ACCESS);
    assertEquals(Set.of(), related(access, alert("us", "db", null, START, Tactic.EXECUTION)));
    for (int days : List.of(-1, 0, 1)) {
      Instant then = START.plus(Duration.ofDays(days));
      assertEquals(
          Set.of(Kind.KILL_CHAIN),
          related(access, alert("eu", "db", null, then, Tactic.EXECUTION)));
    }
    for (int days : List.of(-2, 2)) {
      Instant then = START.plus(Duration.ofDays(days));
      assertEquals(Set.of(), related(access, alert("eu", "db", null, then, Tactic.EXECUTION)));
    }
  }

  @Test
  void onePrincipalLinksAndNoTacticLinksNothing() {
    assertEquals(
        Set.of(Kind.PRINCIPAL),
        related(alert("eu", "web", "eve", START), alert("eu", "db", "eve", START)));
    assertEquals(
        Set.of(), related(alert("eu", "web", "eve", START), alert("eu", "db", "bob", START)));
  }

  @Test
  void ofACaseWithManyAlertsTheKeysAreBoundedAndTheNewestAlertsCount() {
    List<Alert> alerts =
        IntStream.range(0, 1_000)
            .mapToObj(n -> alert("eu", "pod-" + n, "user-" + n, START, Tactic.values()))
            .toList();
    Map<String, Kind> keys = Relations.allKeys(alerts);
    assertEquals(200, keys.size());
    assertTrue(keys.containsKey("principal|eu|user-999"), keys::toString);
    assertFalse(keys.containsKey("principal|eu|user-0"));
    assertEquals(Map.of(), Relations.allKeys(Collections.emptyList()));
  }
}
