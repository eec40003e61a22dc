package witan.domain.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import witan.domain.common.CaseId;
import witan.domain.correlation.CorrelationAnswer.Forward;
import witan.domain.correlation.CorrelationAnswer.Noted;
import witan.domain.detection.Severity;
import witan.domain.fixtures.AlertBuilder;

/** Alerts, cases that end, and answers that come late, in whatever order. */
class CorrelationOrderTest {
  private static final CaseId X = new CaseId("x");
  private static final CaseId Y = new CaseId("y");
  private static final CaseId Z = new CaseId("z");

  private final CorrelationAggregate rules = new CorrelationAggregate(CorrelationLimits.DEFAULT);
  private CorrelationState state = CorrelationState.EMPTY;

  private CorrelationAnswer tell(CorrelationCommand command) {
    CorrelationAnswer answer = rules.decide(state, command, START);
    List<CorrelationEvent> events =
        answer instanceof Forward f
            ? f.events()
            : answer instanceof Noted n ? n.events() : List.of();
    events.forEach(event -> state = rules.apply(state, event));
    return answer;
  }

  private Forward alert(String key, Severity severity, Instant at, CaseId proposed) {
    return (Forward)
        tell(new CorrelationCommand.Correlate(key, HASHER.text("f"), severity, at, proposed));
  }

  private Forward alert(String key, CaseId proposed) {
    return alert(key, Severity.HIGH, START, proposed);
  }

  private void left(CaseId caseId) {
    tell(new CorrelationCommand.LeaveCase(caseId));
  }

  @Test
  void whatIsAssignedIsRememberedWithTheCaseBefore() {
    alert("a", X);
    left(X);
    assertEquals(
        List.of(new CorrelationEvent.AlertAssigned("b", HASHER.text("f"), Y, true, X, START)),
        alert("b", Y).events());
  }

  /** How long a case waits for an alert is that alert's severity's to say. */
  @ParameterizedTest
  @CsvSource({"LOW, 1800, x", "LOW, 1801, y", "HIGH, 1801, x", "HIGH, 14400, x", "HIGH, 14401, y"})
  void theWindowIsThatOfTheAlertThatArrives(Severity severity, long seconds, CaseId goesTo) {
    alert("a", Severity.CRITICAL, START, X);
    assertEquals(goesTo, alert("b", severity, START.plusSeconds(seconds), Y).caseId());
  }

  @Test
  void anAlertThatWasReceivedEarlierDoesNotShortenTheWindow() {
    alert("a", Severity.LOW, START, X);
    alert("b", Severity.LOW, START.minus(Duration.ofDays(1)), Y);
    assertEquals(START, state.lastAlert());
    assertEquals(X, alert("c", Severity.LOW, START.plusSeconds(1_800), Y).caseId());
  }

  @Test
  void aNewCaseBeginsItsWindowAnewAlsoWithAnEarlierAlert() {
    alert("a", Severity.LOW, START, X);
    left(X);
    alert("b", Severity.LOW, START.minusSeconds(1_000), Y);
    assertEquals(START.minusSeconds(1_000), state.lastAlert());
    assertEquals(Z, alert("c", Severity.LOW, START.plusSeconds(801), Z).caseId());
  }

  @Test
  void aCaseThatAnotherHasFollowedIsLeftWithoutEffect() {
    alert("a", X);
    left(X);
    alert("b", Y);
    CorrelationState before = state;
    left(X);
    assertSame(before, state);
    assertEquals(Y, alert("c", Z).caseId());
  }

  /** The refusal of an old case came late: the case that is open meanwhile stays open. */
  @Test
  void aReleaseOfAnAlertOfAnOlderCaseClosesNoOther() {
    alert("a", X);
    left(X);
    alert("b", Y);
    assertEquals(
        new Noted(List.of(new CorrelationEvent.AssignmentReleased("a", X, START))),
        tell(new CorrelationCommand.Release("a")));
    assertEquals(Y, state.open());
    assertEquals(1, state.pending());
    assertEquals(Y, alert("a", Z).caseId(), "and it goes where alerts go now");
  }

  @Test
  void aReleaseClosesTheCaseThatWouldNotTakeTheAlert() {
    alert("a", X);
    tell(new CorrelationCommand.Release("a"));
    assertNull(state.open());
    Forward again = alert("a", Y);
    assertEquals(Y, again.caseId());
    assertEquals(X, again.follows());
  }

  /** A journal that holds them twice is folded as if it held them once. */
  @Test
  void settlingAndReleasingAgainChangesNothing() {
    alert("a", X);
    alert("b", X);
    state = rules.apply(state, new CorrelationEvent.AssignmentSettled("a", 2, 7, START));
    state = rules.apply(state, new CorrelationEvent.AssignmentReleased("b", X, START));
    CorrelationState once = state;

    for (CorrelationEvent again :
        List.of(
            new CorrelationEvent.AssignmentSettled("a", 3, 8, START),
            new CorrelationEvent.AssignmentReleased("a", X, START),
            new CorrelationEvent.AssignmentReleased("b", X, START),
            new CorrelationEvent.AssignmentSettled("b", 3, 8, START),
            new CorrelationEvent.AssignmentSettled("never", 3, 8, START))) {
      assertSame(once, rules.apply(state, again), again.toString());
    }
    assertEquals(0, once.pending());
  }

  /** Of twenty cases the last is not remembered to have followed one. */
  @Test
  void nobodyRemembersWhatCameBeforeTheOldestCase() {
    IntStream.rangeClosed(1, CorrelationState.MAX_CASES + 1)
        .mapToObj(n -> new CaseId("c-" + n))
        .forEach(
            caseId -> {
              alert("a-" + caseId, caseId);
              left(caseId);
            });
    assertEquals(new CaseId("c-2"), state.before(new CaseId("c-3")));
    assertNull(state.before(new CaseId("c-2")));
    assertNull(state.before(new CaseId("c-1")));
    Forward again = alert("a-c-1", Z);
    assertEquals(new CaseId("c-1"), again.caseId(), "it is pending all the same");
    assertNull(again.follows());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1", "-1, 1", "1, -1"})
  void limitsArePositive(int settled, int pending) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new CorrelationLimits(CorrelationLimits.DEFAULT.windows(), settled, pending));
  }

  static Stream<Arguments> findings() {
    return Stream.of(
        Arguments.of(anAlert().rule("another")),
        Arguments.of(anAlert().pod("us", "shop", "web-1")),
        Arguments.of(anAlert().pod("eu", "bank", "web-1")),
        Arguments.of(anAlert().pod("eu", "shop", "web-2")),
        Arguments.of(anAlert().principal("eve")),
        Arguments.of(anAlert().principal("-")),
        Arguments.of(anAlert().principal("")));
  }

  @ParameterizedTest
  @MethodSource("findings")
  void alertsOfAnotherRuleResourcePrincipalOrClusterAreAnotherFinding(AlertBuilder other) {
    assertNotEquals(
        Fingerprint.of(anAlert().build(), HASHER), Fingerprint.of(other.build(), HASHER));
  }

  @Test
  void partsOfAFindingDoNotRunIntoEachOther() {
    assertNotEquals(
        Fingerprint.text(anAlert().rule("r").principal("ab").build()),
        Fingerprint.text(anAlert().rule("r").principal("a").build()) + "b");
    assertNotEquals(
        Fingerprint.of(anAlert().rule("1:a").build(), HASHER),
        Fingerprint.of(anAlert().rule("1").build(), HASHER));
  }

  @Test
  void theSameFindingAtAnotherTimeOfAnotherSensorIsTheSame() {
    assertEquals(
        Fingerprint.of(anAlert().build(), HASHER),
        Fingerprint.of(
            anAlert()
                .sensor("other")
                .id("a2")
                .title("Another")
                .severity(Severity.FATAL)
                .when(START.plusSeconds(9))
                .build(),
            HASHER));
  }
}
