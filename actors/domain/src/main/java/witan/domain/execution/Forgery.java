package witan.domain.execution;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;

/**
 * What a ledger holds that no order, or no executor, stands behind. Such a case is void: nothing
 * more is done for it but to take back what an executor did.
 *
 * @param code {@code forged_intent}, {@code forged_observation} or {@code forged_abort}, of what
 *     was found first
 * @param intents steps whose intent is none
 * @param observations steps that were intended, and whose observation is none
 */
public record Forgery(String code, String detail, Set<String> intents, Set<String> observations) {
  public static final String INTENT = "forged_intent";
  public static final String OBSERVATION = "forged_observation";
  public static final String ABORT = "forged_abort";

  /**
   * Looks at every intent and observation, and at the abort.
   *
   * @param orders of the step with that id in the ledger
   */
  public static Optional<Forgery> of(
      Execution ledger, Function<String, Optional<Order>> orders, Attestation attestation) {
    Set<String> intents = new LinkedHashSet<>();
    Set<String> observations = new LinkedHashSet<>();
    String code = "";
    String detail = "";
    for (Map.Entry<String, CaseEvent.StepIntended> entry : ledger.intents().entrySet()) {
      String step = entry.getKey();
      Optional<Order> order = orders.apply(step);
      Optional<String> forged = intent(order, entry.getValue(), attestation);
      Optional<String> unseen =
          forged.isPresent()
              ? Optional.empty()
              : observation(order.orElseThrow(), entry.getValue(), ledger, step, attestation);
      forged.ifPresent(problem -> intents.add(step));
      unseen.ifPresent(problem -> observations.add(step));
      if (code.isEmpty() && (forged.isPresent() || unseen.isPresent())) {
        code = forged.isPresent() ? INTENT : OBSERVATION;
        detail = step + ": " + forged.or(() -> unseen).orElse("");
      }
    }
    CaseEvent.AbortRequested abort = ledger.abort();
    Optional<String> nobodys = abort == null ? Optional.empty() : attestation.abort(abort);
    if (code.isEmpty() && nobodys.isPresent()) {
      code = ABORT;
      detail = "the abort: " + nobodys.get();
    }
    return code.isEmpty()
        ? Optional.empty()
        : Optional.of(new Forgery(code, detail, intents, observations));
  }

  private static Optional<String> intent(
      Optional<Order> order, CaseEvent.StepIntended intent, Attestation attestation) {
    return order.isEmpty()
        ? Optional.of("the plan has no such step")
        : order.get().disagreement(intent).or(() -> attestation.intent(order.get(), intent));
  }

  /** What a person did is a member's to say, and nothing was sent for it. */
  private static Optional<String> observation(
      Order order,
      CaseEvent.StepIntended intent,
      Execution ledger,
      String step,
      Attestation attestation) {
    CaseEvent.StepObserved seen = ledger.observations().get(step);
    if (seen == null) {
      return Optional.empty();
    }
    return byHand(intent, seen)
        ? attestation.confirmation(intent, seen)
        : attestation.observation(order, intent, seen);
  }

  /** Whether it is a person's word and not an executor's. */
  public static boolean byHand(CaseEvent.StepIntended intent, CaseEvent.StepObserved seen) {
    return intent.action().equals(PlaybookStep.MANUAL)
        && seen.signed() == null
        && seen.requests().equals("[]");
  }
}
