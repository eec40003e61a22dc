package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.execution.Attestation;
import witan.domain.execution.Order;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.StepSignature;
import witan.log.checkpoint.NoteSigner;

class StepSignaturesTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final NoteSigner SIGNER = NoteSigner.generate("log/executor", new SecureRandom());
  private static final StepSignatures OWN = new StepSignatures("acme", CASE);
  private static final Order ORDER =
      new Order(
          CASE, "a", "delete-pod", new Target("eu-1", "shop", "Pod", "web-1"), Map.of(), "c-1/a");

  private static CaseEvent.StepIntended intent(String uid, Instant deadline, StepSignature by) {
    return new CaseEvent.StepIntended(
        "a",
        1,
        ORDER.action(),
        ORDER.target(),
        Map.of(K8sAction.PIN_UID, uid),
        ORDER.fence(),
        deadline,
        NOW,
        by);
  }

  private static StepSignature signed() {
    return OWN.intent(SIGNER, ORDER, Map.of(K8sAction.PIN_UID, "u-1"), NOW);
  }

  private static Attestation believed(StepSignatures signatures) {
    return signatures.attestation(List.of(SIGNER.key()));
  }

  @Test
  void whatAnExecutorSignedIsItsOwn() {
    CaseEvent.StepIntended intent = intent("u-1", NOW, signed());
    assertEquals(Optional.empty(), believed(OWN).intent(ORDER, intent));
    CaseEvent.StepObserved seen =
        new CaseEvent.StepObserved(
            "a",
            1,
            StepOutcome.DONE,
            "done",
            "[]",
            NOW,
            OWN.observation(SIGNER, ORDER, intent, StepOutcome.DONE, "[]"));
    assertEquals(Optional.empty(), believed(OWN).observation(ORDER, intent, seen));
  }

  @Test
  void nothingOfAnIntentCanBeSwappedOrReplayed() {
    Attestation own = believed(OWN);
    assertTrue(own.intent(ORDER, intent("u-2", NOW, signed())).isPresent(), "pin");
    assertTrue(
        own.intent(ORDER, intent("u-1", NOW.plusSeconds(1), signed())).isPresent(), "deadline");
    Order other =
        new Order(CASE, "a", "evict-pod", ORDER.target(), ORDER.parameters(), ORDER.fence());
    assertTrue(own.intent(other, intent("u-1", NOW, signed())).isPresent(), "order");
    CaseEvent.StepIntended intent = intent("u-1", NOW, signed());
    for (StepSignatures elsewhere :
        List.of(new StepSignatures("other", CASE), new StepSignatures("acme", new CaseId("c-2")))) {
      assertTrue(believed(elsewhere).intent(ORDER, intent).isPresent(), "another case's");
    }
    assertTrue(own.intent(ORDER, intent("u-1", NOW, null)).isPresent(), "unsigned");
    NoteSigner stranger = NoteSigner.generate("log/executor", new SecureRandom());
    assertTrue(
        OWN.attestation(List.of(stranger.key())).intent(ORDER, intent).isPresent(),
        "another key of that name");
  }

  @Test
  void anObservationIsOfItsIntentAndRequestsAndNoIntentStandsForOne() {
    CaseEvent.StepIntended intent = intent("u-1", NOW, signed());
    StepSignature failed = OWN.observation(SIGNER, ORDER, intent, StepOutcome.FAILED, "[]");
    for (StepSignature by : List.of(failed, signed())) {
      assertTrue(
          believed(OWN)
              .observation(
                  ORDER,
                  intent,
                  new CaseEvent.StepObserved("a", 1, StepOutcome.DONE, "", "[]", NOW, by))
              .isPresent());
    }
    assertTrue(
        believed(OWN)
            .observation(
                ORDER,
                intent,
                new CaseEvent.StepObserved("a", 1, StepOutcome.FAILED, "", "[1]", NOW, failed))
            .isPresent());
  }
}
