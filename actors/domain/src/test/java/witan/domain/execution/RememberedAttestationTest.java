package witan.domain.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;

class RememberedAttestationTest {
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final Target POD = new Target("eu-1", "shop", "Pod", "web-1");
  private static final Order ORDER =
      CaseOrders.provisional(
              new CaseId("c-1"),
              List.of(
                  new PlannedStep(
                      "a", "a", "delete-pod", POD, Map.of(), Duration.ofSeconds(1), false, null)))
          .of("provisional:a")
          .orElseThrow();

  private final List<String> asked = new ArrayList<>();
  private final Attestation attestation =
      new Attestation() {
        @Override
        public Optional<String> intent(Order order, CaseEvent.StepIntended intent) {
          asked.add("intent " + intent.parameters());
          return intent.parameters().isEmpty() ? Optional.empty() : Optional.of("made up");
        }

        @Override
        public Optional<String> observation(
            Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
          asked.add("observation " + intent.parameters() + " " + seen.outcome());
          return Optional.empty();
        }
      }.remembering();

  private static CaseEvent.StepIntended intent(Map<String, String> parameters) {
    return new CaseEvent.StepIntended(
        "provisional:a",
        1,
        "delete-pod",
        POD,
        parameters,
        "c-1/provisional:a",
        NOW.plusSeconds(9),
        NOW);
  }

  private static CaseEvent.StepObserved seen(StepOutcome outcome) {
    return new CaseEvent.StepObserved("provisional:a", 1, outcome, "seen", "[]", NOW);
  }

  @Test
  void whatIsAskedAgainIsAnsweredAsBefore() {
    for (int time = 0; time < 3; time++) {
      assertEquals(Optional.empty(), attestation.intent(ORDER, intent(Map.of())));
      assertEquals(
          Optional.of("made up"), attestation.intent(ORDER, intent(Map.of("pin.uid", "u"))));
      assertEquals(
          Optional.empty(),
          attestation.observation(ORDER, intent(Map.of()), seen(StepOutcome.DONE)));
    }
    assertEquals(List.of("intent {}", "intent {pin.uid=u}", "observation {} DONE"), asked);
  }

  @Test
  void anObservationOfAnotherIntentOrWithAnotherOutcomeIsAnother() {
    attestation.observation(ORDER, intent(Map.of()), seen(StepOutcome.DONE));
    attestation.observation(ORDER, intent(Map.of()), seen(StepOutcome.FAILED));
    attestation.observation(ORDER, intent(Map.of("pin.uid", "u")), seen(StepOutcome.DONE));
    assertEquals(
        List.of("observation {} DONE", "observation {} FAILED", "observation {pin.uid=u} DONE"),
        asked);
  }
}
