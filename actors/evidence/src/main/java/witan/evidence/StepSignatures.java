package witan.evidence;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.codec.event.Family;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.execution.Attestation;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.StepSignature;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;

/**
 * What an executor signs of a case, and whether it did. An intent is signed with everything that
 * makes it this one (council, case, step, attempt, order, pins, deadline), an observation with the
 * signed intent: so none can be swapped, made up or replayed elsewhere.
 */
public final class StepSignatures {
  private static final String INTENT = "intent";
  private static final String OBSERVATION = "observation";

  private record IntentText(
      String council,
      String pid,
      String step,
      int attempt,
      Digest order,
      Map<String, String> pins,
      Instant deadline) {}

  private record SignedIntent(Digest intent, StepSignature signed) {}

  private record ObservationText(Digest intent, Digest requests, StepOutcome outcome) {}

  private final String councilId;
  private final CaseId caseId;

  /** Of one case. */
  public StepSignatures(String councilId, CaseId caseId) {
    this.councilId = councilId;
    this.caseId = caseId;
  }

  /**
   * Signs the intent of an order.
   *
   * @param parameters of the intent: what the order has, and its pins
   */
  public StepSignature intent(
      NoteSigner signer, Order order, Map<String, String> parameters, Instant deadline) {
    return signature(signer, INTENT, text(order, Order.ATTEMPT, parameters, deadline));
  }

  /** Signs what was observed of an intent. */
  public StepSignature observation(
      NoteSigner signer,
      Order order,
      CaseEvent.StepIntended intent,
      StepOutcome outcome,
      String requests) {
    return signature(signer, OBSERVATION, text(order, intent, outcome, requests));
  }

  /** Believes these executors; of kind NOTE, by name. */
  public Attestation attestation(List<NoteKey> executors) {
    return new Attestation() {
      @Override
      public Optional<String> intent(Order order, CaseEvent.StepIntended intent) {
        return problem(
            executors,
            intent.signed(),
            INTENT,
            text(order, intent.attempt(), intent.parameters(), intent.deadline()));
      }

      @Override
      public Optional<String> observation(
          Order order, CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
        return problem(
            executors,
            seen.signed(),
            OBSERVATION,
            text(order, intent, seen.outcome(), seen.requests()));
      }
    };
  }

  private static Optional<String> problem(
      List<NoteKey> executors, @Nullable StepSignature signed, String purpose, byte[] text) {
    if (signed == null) {
      return Optional.of("no executor signed it");
    }
    byte[] signature;
    try {
      signature = Base64.getDecoder().decode(signed.signature());
    } catch (IllegalArgumentException e) {
      return Optional.of("the signature is not base64");
    }
    List<NoteKey> named =
        executors.stream().filter(key -> key.name().equals(signed.executor())).toList();
    if (named.isEmpty()) {
      return Optional.of("executor " + signed.executor() + " is not trusted");
    }
    Hash digest = Hash.of(Hashes.sha256(text));
    return named.stream().anyMatch(key -> key.verify(purpose, digest, signature))
        ? Optional.empty()
        : Optional.of("it is not what executor " + signed.executor() + " signed");
  }

  private static StepSignature signature(NoteSigner signer, String purpose, byte[] text) {
    byte[] signature = signer.sign(purpose, Hash.of(Hashes.sha256(text)));
    return new StepSignature(signer.key().name(), Base64.getEncoder().encodeToString(signature));
  }

  private byte[] text(Order order, int attempt, Map<String, String> parameters, Instant deadline) {
    Set<String> names = Order.pins(order.action());
    Map<String, String> pins = new TreeMap<>(parameters);
    pins.keySet().retainAll(names);
    return Json.canonical(
        new IntentText(
            councilId,
            Family.CASE.pid(caseId),
            order.step(),
            attempt,
            digest(Json.canonical(order)),
            pins,
            deadline));
  }

  private byte[] text(
      Order order, CaseEvent.StepIntended intent, StepOutcome outcome, String requests) {
    StepSignature signed = intent.signed();
    byte[] intended = text(order, intent.attempt(), intent.parameters(), intent.deadline());
    Digest whole =
        signed == null
            ? digest(intended)
            : digest(Json.canonical(new SignedIntent(digest(intended), signed)));
    return Json.canonical(new ObservationText(whole, digest(Hashes.utf8(requests)), outcome));
  }

  private static Digest digest(byte[] bytes) {
    return Digest.of(Hashes.sha256(bytes));
  }
}
