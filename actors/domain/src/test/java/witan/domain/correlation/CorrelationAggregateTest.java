package witan.domain.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.alert;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.correlation.CorrelationAnswer.Duplicate;
import witan.domain.correlation.CorrelationAnswer.Forward;
import witan.domain.correlation.CorrelationAnswer.Noted;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;

class CorrelationAggregateTest {
  private static final CorrelationLimits LIMITS =
      new CorrelationLimits(CorrelationLimits.DEFAULT.windows(), 20, 5);
  private static final CaseId X = new CaseId("x");
  private static final CaseId Y = new CaseId("y");

  private final CorrelationAggregate correlation = new CorrelationAggregate(LIMITS);
  private CorrelationState state = CorrelationState.EMPTY;

  @BeforeEach
  void empty() {
    state = CorrelationState.EMPTY;
  }

  private CorrelationAnswer send(CorrelationCommand command) {
    CorrelationAnswer answer = correlation.decide(state, command, START);
    List<CorrelationEvent> events =
        answer instanceof Forward f
            ? f.events()
            : answer instanceof Noted n ? n.events() : List.of();
    for (CorrelationEvent event : events) {
      state = correlation.apply(state, event);
    }
    return answer;
  }

  private CorrelationAnswer correlate(String key, CaseId proposed, Severity severity, Instant at) {
    return send(new CorrelationCommand.Correlate(key, HASHER.text("f"), severity, at, proposed));
  }

  private CorrelationAnswer correlate(String key, CaseId proposed) {
    return correlate(key, proposed, Severity.HIGH, START);
  }

  private void goesTo(CaseId caseId, boolean opened, boolean written, CorrelationAnswer answer) {
    Forward forward = assertInstanceOf(Forward.class, answer);
    assertEquals(caseId, forward.caseId());
    assertEquals(opened, forward.opened());
    assertEquals(written ? 1 : 0, forward.events().size());
  }

  @Test
  void theFirstAlertOpensACaseAndTheNextJoinsIt() {
    goesTo(X, true, true, correlate("a", X));
    goesTo(X, false, true, correlate("b", Y));
    assertEquals(2, state.pending());
  }

  @Test
  void aPendingAlertIsForwardedAgainWithoutAWriteAndASettledOneIsADuplicate() {
    correlate("a", X);
    goesTo(X, true, false, correlate("a", Y));
    assertEquals(
        1,
        assertInstanceOf(Noted.class, send(new CorrelationCommand.Settle("a", 2, 7)))
            .events()
            .size());
    CorrelationState settled = state;
    assertEquals(new Duplicate(X, 2, 7), correlate("a", Y));
    assertEquals(new Noted(List.of()), send(new CorrelationCommand.Settle("a", 2, 7)));
    assertEquals(new Noted(List.of()), send(new CorrelationCommand.Settle("never seen", 2, 7)));
    assertEquals(settled, state);
    assertEquals(0, state.pending());
  }

  @Test
  void aCaseThatWasLeftTakesNoMore() {
    correlate("a", X);
    send(new CorrelationCommand.Settle("a", 2, 7));
    send(new CorrelationCommand.LeaveCase(X));
    goesTo(Y, true, true, correlate("b", Y));
    assertEquals(new Duplicate(X, 2, 7), correlate("a", Y));
    assertEquals(new Noted(List.of()), send(new CorrelationCommand.LeaveCase(X)));
    assertEquals(Y, state.open());
  }

  @Test
  void anAlertThatItsCaseRefusedGoesToAnother() {
    correlate("a", X);
    send(new CorrelationCommand.Settle("a", 2, 7));
    correlate("b", Y);
    send(new CorrelationCommand.Release("b"));
    assertEquals(0, state.pending());
    goesTo(Y, true, true, correlate("b", Y));
    assertEquals(new Noted(List.of()), send(new CorrelationCommand.Release("a")));
    assertEquals(new Duplicate(X, 2, 7), correlate("a", Y));
  }

  @Test
  void anAlertAfterTheWindowOfItsSeverityOpensAnotherCase() {
    for (Severity severity : Severity.values()) {
      Duration window = LIMITS.windows().get(severity);
      empty();
      correlate("a", X, severity, START);
      goesTo(X, false, true, correlate("b", Y, severity, START.plus(window)));
      goesTo(X, false, true, correlate("c", Y, severity, START.minusSeconds(9)));
      goesTo(X, false, true, correlate("d", Y, severity, START.plus(window).plus(window)));
      goesTo(
          Y,
          true,
          true,
          correlate("e", Y, severity, START.plus(window.multipliedBy(3)).plusMillis(1)));
    }
  }

  @Test
  void extremeTimesDoNotThrow() {
    correlate("a", X, Severity.HIGH, Instant.MIN);
    goesTo(Y, true, true, correlate("b", Y, Severity.HIGH, Instant.MAX));
    goesTo(Y, false, true, correlate("c", X, Severity.HIGH, Instant.MIN));
  }

  @Test
  void tooManyPendingAlertsAreRefusedUntilSomeAreSettled() {
    for (int i = 0; i < 5; i++) {
      correlate("a" + i, X);
    }
    CorrelationAnswer answer = correlate("b", Y);
    assertEquals(
        "too_many_pending",
        assertInstanceOf(CorrelationAnswer.Refused.class, answer).refusal().code());
    goesTo(X, true, false, correlate("a0", Y));
    send(new CorrelationCommand.Settle("a0", 2, 7));
    goesTo(X, false, true, correlate("b", Y));
  }

  @Test
  void theOldestSettledKeysAreForgottenAndPendingOnesNever() {
    correlate("pending", X);
    for (int i = 0; i < 500; i++) {
      correlate("a" + i, X);
      send(new CorrelationCommand.Settle("a" + i, 2, 7));
      assertTrue(state.assignments().size() <= 23, "size " + state.assignments().size());
    }
    goesTo(X, true, false, correlate("pending", Y));
    for (int i = 480; i < 500; i++) {
      assertEquals(new Duplicate(X, 2, 7), correlate("a" + i, Y));
    }
    goesTo(X, false, true, correlate("a0", Y));
  }

  @Test
  void limitsThatLeaveSomethingUnboundedAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new CorrelationLimits(Map.of(Severity.HIGH, Duration.ofHours(1)), 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new CorrelationLimits(LIMITS.windows(), 0, 1));
  }

  @Test
  void theFingerprintIsOfRuleResourcePrincipalAndCluster() {
    Alert one = alert(1);
    assertEquals(Fingerprint.of(one, HASHER), Fingerprint.of(alert(2), HASHER));
    Digest other = Fingerprint.of(principal(one, "eve"), HASHER);
    assertNotEquals(Fingerprint.of(one, HASHER), other);
    assertNotEquals(other, Fingerprint.of(principal(one, "mallory"), HASHER));
  }

  private static Alert principal(Alert a, String principal) {
    return anAlert(a).principal(principal).build();
  }

  @Test
  void aCaseThatIsOpenedAfterAnotherFollowsIt() {
    correlate("a", X);
    send(new CorrelationCommand.Settle("a", 2, 7));
    send(new CorrelationCommand.LeaveCase(X));
    assertEquals(Y, ((Forward) correlate("b", Y)).caseId());
    assertEquals(
        new CorrelationAnswer.Cases(List.of(Y, X)), send(new CorrelationCommand.ReadCases()));
    send(new CorrelationCommand.LeaveCase(Y));
    Forward third = (Forward) correlate("c", new CaseId("z"));
    assertEquals(Y, third.follows());
    assertTrue(third.opened());
    Forward fourth = (Forward) correlate("d", X);
    assertFalse(fourth.opened());
    assertEquals(Y, fourth.follows(), "it may be the first to arrive at its case");
    Forward again = (Forward) correlate("c", new CaseId("z"));
    assertEquals(List.of(), again.events());
    assertEquals(Y, again.follows(), "forwarded again it says the same");
  }

  @Test
  void relatedCasesAreKeptOnceNewestFirstAndBounded() {
    for (int n = 0; n < 50; n++) {
      send(new CorrelationCommand.Relate(new CaseId("c-" + n)));
    }
    assertEquals(new Noted(List.of()), send(new CorrelationCommand.Relate(new CaseId("c-49"))));
    send(new CorrelationCommand.Relate(new CaseId("c-40")));
    List<CaseId> cases =
        ((CorrelationAnswer.Cases) send(new CorrelationCommand.ReadCases())).cases();
    assertEquals(CorrelationState.MAX_CASES, cases.size());
    assertEquals(new CaseId("c-40"), cases.get(0));
    assertEquals(cases.size(), Set.copyOf(cases).size());
  }

  @Test
  void thereIsATestForEveryKindOfCommandAndEvent() {
    assertEquals(
        Set.of(
            CorrelationCommand.Correlate.class,
            CorrelationCommand.Settle.class,
            CorrelationCommand.Release.class,
            CorrelationCommand.Relate.class,
            CorrelationCommand.ReadCases.class,
            CorrelationCommand.LeaveCase.class),
        Set.of(CorrelationCommand.class.getPermittedSubclasses()));
    assertEquals(
        Set.of(
            CorrelationEvent.AlertAssigned.class,
            CorrelationEvent.AssignmentSettled.class,
            CorrelationEvent.CaseRelated.class,
            CorrelationEvent.AssignmentReleased.class,
            CorrelationEvent.CaseLeft.class),
        Set.of(CorrelationEvent.class.getPermittedSubclasses()));
  }
}
