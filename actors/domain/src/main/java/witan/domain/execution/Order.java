package witan.domain.execution;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import witan.domain.common.CaseId;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.playbook.K8sAction;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.StepSignature;

/**
 * One effect to bring about, or to take back, as the plan says it. An intent that is logged is no
 * order: it is held against one.
 *
 * @param parameters those of the action; {@link #UNDOES} where the action takes one back; and, once
 *     the step is intended, its pins
 * @param fence unique per (case, step); the effect carries it, so that a repeat is recognised
 */
public record Order(
    CaseId caseId,
    String step,
    String action,
    Target target,
    Map<String, String> parameters,
    String fence) {
  /** Parameter of an inverse: the fence of the effect that it takes back. */
  public static final String UNDOES = "fence";

  /** An order is given once: it is repeated under its own fence, not under a new intent. */
  public static final int ATTEMPT = 1;

  public Order {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  public static Order of(CaseId caseId, PlannedStep step) {
    return new Order(
        caseId,
        step.id(),
        step.command(),
        step.target(),
        step.parameters(),
        fence(caseId, step.id()));
  }

  /** What an intent says that was ordered, whether it was or not. */
  public static Order said(CaseId caseId, CaseEvent.StepIntended intent) {
    Map<String, String> parameters = new TreeMap<>(intent.parameters());
    pins(intent.action()).forEach(parameters::remove);
    return new Order(
        caseId, intent.step(), intent.action(), intent.target(), parameters, intent.fence());
  }

  private static String fence(CaseId caseId, String step) {
    return caseId + "/" + step;
  }

  /**
   * The order that takes the effect of this one back.
   *
   * @param step whose effect it is in the ledger
   */
  Order inverse(String step, String command) {
    Map<String, String> also = new TreeMap<>(parameters);
    also.put(UNDOES, fence);
    String id = Execution.UNDO + step;
    return new Order(caseId, id, command, target, also, fence(caseId, id));
  }

  /** Names of the parameters that only the intent can know; {@link K8sAction#pins()}. */
  public static Set<String> pins(String action) {
    return K8sAction.of(action).map(K8sAction::pins).orElse(Set.of());
  }

  /** The order, and what was pinned of it. */
  public Order with(Map<String, String> pins) {
    Map<String, String> all = new TreeMap<>(parameters);
    pins(action).stream()
        .filter(pins::containsKey)
        .forEach(pin -> all.put(pin, Objects.requireNonNull(pins.get(pin))));
    return new Order(caseId, step, action, target, all, fence);
  }

  /** Why the intent is not one of this order; empty where it is. */
  public Optional<String> disagreement(CaseEvent.StepIntended intent) {
    if (!intent.step().equals(step) || intent.attempt() != ATTEMPT) {
      return Optional.of("attempt " + intent.attempt() + " at " + intent.step());
    }
    if (!intent.action().equals(action)) {
      return Optional.of("action " + intent.action() + " instead of " + action);
    }
    if (!intent.target().equals(target)) {
      return Optional.of("target " + intent.target() + " instead of " + target);
    }
    if (!intent.fence().equals(fence)) {
      return Optional.of("fence " + intent.fence() + " instead of " + fence);
    }
    return with(intent.parameters()).parameters().equals(intent.parameters())
        ? Optional.empty()
        : Optional.of("parameters " + intent.parameters() + " instead of " + parameters);
  }

  /**
   * Its intent.
   *
   * @param pins what was read for it; others than those of the action are left out
   */
  public CaseCommand.IntendStep intent(
      Map<String, String> pins, Instant deadline, StepSignature signed) {
    return new CaseCommand.IntendStep(
        step, ATTEMPT, action, target, with(pins).parameters(), fence, deadline, signed);
  }

  /** Empty where there is none. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  public String undoes() {
    return parameter(UNDOES);
  }

  /** The namespace that is touched; empty for what belongs to the whole cluster. */
  public String namespace() {
    if (target.kind().equals("Namespace")) {
      return target.name();
    }
    return target.namespace() == null ? "" : target.namespace();
  }
}
