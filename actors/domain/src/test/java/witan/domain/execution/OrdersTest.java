package witan.domain.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.playbook.K8sAction;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;

/** What counts as an order's intent, and what follows where something else is logged. */
class OrdersTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final Target POD = new Target("eu-1", "shop", "Pod", "web-1");
  private static final Map<String, String> LABEL = Map.of("label", "q", "value", "yes");

  private final Map<String, CaseEvent.StepIntended> intents = new LinkedHashMap<>();
  private final Map<String, CaseEvent.StepObserved> observations = new LinkedHashMap<>();

  private static final PlannedStep QUARANTINE =
      new PlannedStep("a", "a", "quarantine-label", POD, LABEL, Duration.ofSeconds(1), true, null);
  private static final PlannedStep DELETE =
      new PlannedStep("b", "b", "delete-pod", POD, Map.of(), Duration.ofSeconds(1), false, null);

  private static final CaseOrders ORDERS =
      CaseOrders.provisional(CASE, List.of(QUARANTINE, DELETE));

  private static CaseEvent.StepIntended intent(
      String step, String action, Target target, Map<String, String> parameters, String fence) {
    return new CaseEvent.StepIntended(
        step, 1, action, target, parameters, fence, NOW.plusSeconds(9), NOW);
  }

  static Stream<Arguments> swapped() {
    String fence = "c-1/provisional:a";
    String step = "provisional:a";
    Target other = new Target("eu-1", "shop", "Pod", "web-2");
    return Stream.of(
        Arguments.of("action", intent(step, "delete-pod", POD, LABEL, fence)),
        Arguments.of("target", intent(step, "quarantine-label", other, LABEL, fence)),
        Arguments.of(
            "parameter",
            intent(step, "quarantine-label", POD, Map.of("label", "q", "value", "no"), fence)),
        Arguments.of("fence", intent(step, "quarantine-label", POD, LABEL, "c-2/provisional:a")),
        Arguments.of(
            "pin of another action",
            intent(
                step,
                "quarantine-label",
                POD,
                Map.of("label", "q", "value", "yes", K8sAction.PIN_UID, "u"),
                fence)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("swapped")
  void anIntentThatSaysSomethingElseThanItsOrderIsForged(
      String what, CaseEvent.StepIntended intent) {
    Order order = ORDERS.of("provisional:a").orElseThrow();
    assertTrue(order.disagreement(intent).isPresent(), what);

    intents.put("provisional:a", intent);
    Forgery forgery = Forgery.of(ledger(), ORDERS::of, Attestation.NONE).orElseThrow();
    assertEquals("forged_intent", forgery.code());
    Move.Forged move = voided(forgery);
    assertInstanceOf(Move.Disown.class, move.next());
  }

  @Test
  void pinsOfTheActionAreTheIntentsToSay() {
    Order order = ORDERS.of("provisional:b").orElseThrow();
    CaseEvent.StepIntended pinned =
        intent(
            "provisional:b",
            "delete-pod",
            POD,
            Map.of(K8sAction.PIN_UID, "u-1"),
            "c-1/provisional:b");
    assertEquals(Optional.empty(), order.disagreement(pinned));
    assertEquals("u-1", order.with(pinned.parameters()).parameter(K8sAction.PIN_UID));
    assertEquals(order, Order.said(CASE, pinned));
    assertTrue(
        order
            .disagreement(
                intent(
                    "provisional:b",
                    "delete-pod",
                    POD,
                    Map.of(K8sAction.PIN_ACCOUNT, "{}"),
                    "c-1/provisional:b"))
            .isPresent());
  }

  @Test
  void anInverseIsAnOrderOfThePlanToo() {
    Order undo = ORDERS.of("undo:provisional:a").orElseThrow();
    assertEquals("release-label", undo.action());
    assertEquals("c-1/provisional:a", undo.undoes());
    assertEquals("c-1/undo:provisional:a", undo.fence());
    assertEquals(Optional.empty(), ORDERS.of("undo:provisional:b"), "nothing takes it back");
    assertEquals(Optional.empty(), ORDERS.of("provisional:c"));
  }

  @Test
  void inAVoidCaseWhatWasDoneIsTakenBackAndNothingElse() {
    intents.put(
        "provisional:a",
        intent("provisional:a", "quarantine-label", POD, LABEL, "c-1/provisional:a"));
    observe("provisional:a", StepOutcome.DONE);
    intents.put(
        "provisional:b", intent("provisional:b", "delete-pod", POD, LABEL, "c-1/provisional:b"));

    assertInstanceOf(Move.Disown.class, voided().next());
    observe("provisional:b", StepOutcome.UNKNOWN);
    Move.Intend back = assertInstanceOf(Move.Intend.class, voided().next());
    assertEquals("undo:provisional:a", back.order().step());
    intents.put(
        "undo:provisional:a",
        intent(
            "undo:provisional:a",
            "release-label",
            POD,
            Map.of("label", "q", "value", "yes", "fence", "c-1/provisional:a"),
            "c-1/undo:provisional:a"));
    assertInstanceOf(Move.Perform.class, voided().next());
    observe("undo:provisional:a", StepOutcome.DONE);
    Move.End end = assertInstanceOf(Move.End.class, voided().next());
    assertEquals(ExecutionOutcome.UNKNOWN, end.outcome());
    assertTrue(end.detail().startsWith("forged_intent: provisional:b"), end.detail());
  }

  /** What an executor that is trusted did not sign. */
  @Test
  void anObservationThatNobodySignedVoidsTheCaseAndItsEffectIsTakenBack() {
    intents.put(
        "provisional:a",
        intent("provisional:a", "quarantine-label", POD, LABEL, "c-1/provisional:a"));
    observe("provisional:a", StepOutcome.DONE);
    Attestation unseen =
        new Attestation() {
          @Override
          public Optional<String> intent(Order order, CaseEvent.StepIntended intent) {
            return Optional.empty();
          }

          @Override
          public Optional<String> observation(
              Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
            return Optional.of("unsigned");
          }
        };
    Forgery forgery = Forgery.of(ledger(), ORDERS::of, unseen).orElseThrow();
    assertEquals("forged_observation", forgery.code());
    Move.Intend back = assertInstanceOf(Move.Intend.class, voided(forgery).next());
    assertEquals("undo:provisional:a", back.order().step());
  }

  private void observe(String step, StepOutcome outcome) {
    observations.put(step, new CaseEvent.StepObserved(step, 1, outcome, "seen", "[]", NOW));
  }

  private Move.Forged voided() {
    return voided(Forgery.of(ledger(), ORDERS::of, Attestation.NONE).orElseThrow());
  }

  private Move.Forged voided(Forgery forgery) {
    Voided voided = new Voided(ledger(), ORDERS, forgery);
    return assertInstanceOf(Move.Forged.class, voided.next(voided.end()));
  }

  private Execution ledger() {
    return new Execution(
        0,
        Digest.ZERO,
        "kubernetes",
        List.of("provisional:a", "provisional:b"),
        intents,
        observations,
        NOW,
        null,
        null);
  }
}
