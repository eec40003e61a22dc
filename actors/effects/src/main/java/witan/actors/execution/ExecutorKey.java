package witan.actors.execution;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import witan.domain.common.CaseId;
import witan.domain.execution.Attestation;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.evidence.StepSignatures;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;

/**
 * What executors sign their intents and observations with, and whom they believe.
 *
 * @param trusted of kind NOTE
 */
public record ExecutorKey(NoteSigner signer, List<NoteKey> trusted) {
  public ExecutorKey {
    trusted = List.copyOf(trusted);
    if (trusted.stream().anyMatch(key -> key.kind() != NoteKey.Kind.NOTE)) {
      throw new IllegalArgumentException("an executor's key is of kind 0x01");
    }
  }

  /** One that believes itself alone, and whom the settings name. */
  public static ExecutorKey of(NoteSigner signer, List<String> trusted) {
    return new ExecutorKey(
        signer,
        trusted.isEmpty() ? List.of(signer.key()) : trusted.stream().map(NoteKey::parse).toList());
  }

  Attestation attestation(String councilId, CaseId caseId) {
    return new StepSignatures(councilId, caseId).attestation(trusted);
  }

  CaseCommand.IntendStep intent(
      String councilId, Order order, Map<String, String> pins, Instant deadline) {
    return order.intent(
        pins,
        deadline,
        new StepSignatures(councilId, order.caseId()).intent(signer, order, pins, deadline));
  }

  CaseCommand.ObserveStep observation(
      String councilId,
      Order order,
      CaseEvent.StepIntended intent,
      StepOutcome outcome,
      String detail,
      String requests) {
    return new CaseCommand.ObserveStep(
        intent.step(),
        intent.attempt(),
        outcome,
        detail,
        requests,
        new StepSignatures(councilId, order.caseId())
            .observation(signer, order, intent, outcome, requests));
  }
}
