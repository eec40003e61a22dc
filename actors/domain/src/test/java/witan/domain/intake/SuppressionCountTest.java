package witan.domain.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.intake.IntakeCommand.Suppressed;
import witan.domain.intake.IntakeEvent.AlertsSuppressed;

/** Alerts that a rule kept from opening a case are counted, each of them once. */
class SuppressionCountTest {
  private static final Digest FINDING = HASHER.text("finding");

  private final IntakeAggregate rules = new IntakeAggregate(3);
  private IntakeState state = rules.empty();

  private static Digest key(String alert) {
    return HASHER.text(alert);
  }

  /** Each with the second that the sensor says it happened in. */
  private static IntakeCommand suppressed(Suppressed... alerts) {
    return suppressed(List.of(alerts));
  }

  private static IntakeCommand suppressed(List<Suppressed> alerts) {
    return new IntakeCommand.RecordSuppressed("falco", "known", 7, FINDING, alerts);
  }

  private static Suppressed alert(String name, int second) {
    return new Suppressed(key(name), at(second));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private Decision<IntakeEvent> tell(IntakeCommand command) {
    Decision<IntakeEvent> decision = rules.decide(state, command, START);
    if (decision instanceof Decision.Accepted<IntakeEvent> accepted) {
      accepted.events().forEach(e -> state = rules.apply(state, e));
    }
    return decision;
  }

  private static Decision<IntakeEvent> counted(int first, int last, String... names) {
    List<Digest> keys = List.of(names).stream().map(SuppressionCountTest::key).toList();
    return Decision.accept(
        new AlertsSuppressed(
            "falco", "known", 7, FINDING, keys, names.length, at(first), at(last), START));
  }

  @Test
  void theyAreLoggedAsOneWithTheirFirstAndLastTime() {
    assertEquals(
        counted(-5, 9, "b", "a", "c"),
        tell(suppressed(alert("b", 9), alert("a", -5), alert("c", 0))));
  }

  @Test
  void whatWasCountedBeforeIsLeftOutWithItsTime() {
    tell(suppressed(alert("a", -100), alert("b", 100)));

    assertEquals(
        counted(3, 4, "c", "d"),
        tell(suppressed(alert("a", -100), alert("c", 3), alert("d", 4), alert("b", 100))));
  }

  @Test
  void oneThatIsNamedTwiceIsCountedOnce() {
    assertEquals(counted(1, 1, "a"), tell(suppressed(alert("a", 1), alert("a", 1))));
  }

  @Test
  void whereAllWereCountedBeforeTheAnswerIsThatOfTheLastOfThem() {
    tell(suppressed(alert("a", 1)));
    tell(suppressed(alert("b", 2)));

    assertEquals(new Decision.Repeated<>(1), tell(suppressed(alert("a", 1))));
    assertEquals(new Decision.Repeated<>(2), tell(suppressed(alert("a", 1), alert("b", 2))));
    assertEquals(2, state.seq());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "200, true", "201, false"})
  void soManyAreCountedAtATime(int count, boolean taken) {
    List<Suppressed> alerts = IntStream.range(0, count).mapToObj(i -> alert("a" + i, i)).toList();
    Decision<IntakeEvent> decision = tell(suppressed(alerts));
    assertEquals(taken, decision instanceof Decision.Accepted<IntakeEvent>, decision.toString());
    if (decision instanceof Decision.Refused<IntakeEvent> refused) {
      assertEquals("too_many_suppressed", refused.refusal().code());
    }
  }

  /** A suppressed alert and one that is no finding are two things, whatever they are called. */
  @Test
  void keysOfSuppressedAlertsAndOfNonFindingsDoNotMeet() {
    var alert = anAlert().build();
    tell(new IntakeCommand.RecordNonFinding(alert, "metrics", "{}"));

    Decision<IntakeEvent> decision =
        tell(suppressed(new Suppressed(HASHER.text(alert.key()), START)));

    assertTrue(decision instanceof Decision.Accepted<IntakeEvent>, decision.toString());
  }

  /** Of five at once all are as old as each other: the last three events' are kept. */
  @Test
  void keysThatCameTogetherAreForgottenTogether() {
    tell(suppressed(alert("a", 1), alert("b", 1)));
    tell(suppressed(alert("c", 1), alert("d", 1)));
    assertEquals(4, state.seqByKey().size(), "less than twice as many as are kept");
    tell(suppressed(alert("e", 1), alert("f", 1)));

    assertEquals(
        4, state.seqByKey().size(), "three are to be kept, and the third's event has a fourth");
    assertEquals(new Decision.Repeated<>(2), tell(suppressed(alert("c", 1))));
    assertEquals(counted(1, 1, "a"), tell(suppressed(alert("a", 1))), "forgotten, counted again");
  }

  @Test
  void moreKeysOfOneEventThanAreKeptAreKeptAll() {
    List<Suppressed> many = new ArrayList<>();
    IntStream.range(0, 10).forEach(i -> many.add(alert("a" + i, i)));
    tell(suppressed(many));
    assertEquals(new Decision.Repeated<>(1), tell(suppressed(many)));
  }

  @Test
  void refusalsAreNeverRepeatedAndRememberNothing() {
    IntakeCommand refusals =
        new IntakeCommand.CountRefusals("falco", START, at(60), Map.of("alert_bad_time", 3L));
    tell(refusals);
    Decision<IntakeEvent> again = tell(refusals);

    assertTrue(again instanceof Decision.Accepted<IntakeEvent>);
    assertEquals(new IntakeState(2, Map.of()), state);
  }

  @Test
  void refusalsOfNothingAreRefused() {
    Decision<IntakeEvent> decision =
        tell(new IntakeCommand.CountRefusals("falco", START, at(60), Map.of()));
    assertEquals("nothing_refused", ((Decision.Refused<IntakeEvent>) decision).refusal().code());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void somethingIsRemembered(int keys) {
    assertThrows(IllegalArgumentException.class, () -> new IntakeAggregate(keys));
  }
}
