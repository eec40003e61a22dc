package witan.domain.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.domain.common.Decision;
import witan.domain.common.Digest;

class IntakeAggregateTest {
  private static final IntakeAggregate INTAKE = new IntakeAggregate(100);

  private static Decision<IntakeEvent> take(IntakeState state, int n) {
    return INTAKE.decide(
        state, new IntakeCommand.RecordNonFinding(alert(n), "metrics", "{}"), START);
  }

  private static IntakeState recorded(int events) {
    IntakeState state = INTAKE.empty();
    for (int n = 1; n <= events; n++) {
      state =
          INTAKE.apply(state, new IntakeEvent.NonFindingRecorded(alert(n), "metrics", "{}", START));
    }
    return state;
  }

  @Test
  void aNonFindingIsRecordedOnce() {
    assertEquals(
        Decision.accept(new IntakeEvent.NonFindingRecorded(alert(3), "metrics", "{}", START)),
        take(recorded(2), 3));
    assertEquals(new Decision.Repeated<>(2), take(recorded(2), 2));
    assertFalse(INTAKE.sealed(recorded(2)));
  }

  @Test
  void atLeastTheLastKeysAreRememberedAndNeverTwiceAsMany() {
    IntakeState state = recorded(1_234);
    assertEquals(1_234, state.seq());
    assertTrue(state.seqByKey().size() >= 100 && state.seqByKey().size() < 200);
    for (int n = 1_135; n <= 1_234; n++) {
      assertEquals(new Decision.Repeated<>(n), take(state, n));
    }
    assertEquals(
        Decision.accept(new IntakeEvent.NonFindingRecorded(alert(1), "metrics", "{}", START)),
        take(state, 1));
  }

  private static IntakeCommand.RecordSuppressed suppress(int from, int to) {
    List<IntakeCommand.Suppressed> alerts = new ArrayList<>();
    for (int n = from; n < to; n++) {
      alerts.add(
          new IntakeCommand.Suppressed(
              new Digest(String.format("%064x", n)), START.plusSeconds(n)));
    }
    return new IntakeCommand.RecordSuppressed("s", "known", 2, Digest.ZERO, alerts);
  }

  @Test
  void whateverIsRedeliveredEachSuppressedAlertIsCountedOnce() {
    Random random = new Random(7);
    IntakeAggregate aggregate = new IntakeAggregate();
    IntakeState state = aggregate.empty();
    long counted = 0;
    int events = 0;
    for (int i = 0; i < 500; i++) {
      int from = random.nextInt(1_000);
      Decision<IntakeEvent> decision =
          aggregate.decide(
              state, suppress(from, Math.min(1_000, from + 1 + random.nextInt(100))), START);
      if (decision instanceof Decision.Accepted<IntakeEvent> accepted) {
        IntakeEvent.AlertsSuppressed e = (IntakeEvent.AlertsSuppressed) accepted.events().get(0);
        assertEquals(e.count(), e.alerts().size());
        assertTrue(!e.first().isAfter(e.last()));
        counted += e.count();
        events++;
        state = aggregate.apply(state, e);
      }
    }
    assertEquals(state.seqByKey().size(), counted, "seed 7");
    assertEquals(events, state.seq());
    assertTrue(
        aggregate.decide(state, suppress(0, 201), START) instanceof Decision.Refused<IntakeEvent>);
  }

  @Test
  void refusalsAreCountedByCode() {
    IntakeAggregate aggregate = new IntakeAggregate();
    Map<String, Long> refused = Map.of("alert_bad_time", 3L);
    assertEquals(
        Decision.accept(
            new IntakeEvent.RefusalsCounted("s", START, START.plusSeconds(60), refused, START)),
        aggregate.decide(
            aggregate.empty(),
            new IntakeCommand.CountRefusals("s", START, START.plusSeconds(60), refused),
            START));
    assertTrue(
        aggregate.decide(
                aggregate.empty(),
                new IntakeCommand.CountRefusals("s", START, START, Map.of()),
                START)
            instanceof Decision.Refused<IntakeEvent>);
  }

  @Test
  void thereIsATestForEveryKindOfCommandAndEvent() {
    assertEquals(
        Set.of(
            IntakeCommand.RecordNonFinding.class,
            IntakeCommand.RecordSuppressed.class,
            IntakeCommand.CountRefusals.class),
        Set.of(IntakeCommand.class.getPermittedSubclasses()));
    assertEquals(
        Set.of(
            IntakeEvent.NonFindingRecorded.class,
            IntakeEvent.AlertsSuppressed.class,
            IntakeEvent.RefusalsCounted.class),
        Set.of(IntakeEvent.class.getPermittedSubclasses()));
  }
}
