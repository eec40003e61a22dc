package witan.domain.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.alert;

import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.domain.common.Decision;

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

  @Test
  void thereIsATestForEveryKindOfCommandAndEvent() {
    assertEquals(
        Set.of(IntakeCommand.RecordNonFinding.class),
        Set.of(IntakeCommand.class.getPermittedSubclasses()));
    assertEquals(
        Set.of(IntakeEvent.NonFindingRecorded.class),
        Set.of(IntakeEvent.class.getPermittedSubclasses()));
  }
}
