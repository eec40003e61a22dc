package witan.domain.execution;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import witan.domain.common.CaseId;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.Execution;

/** Every order that a plan holds, by the id of the step in the ledger: nothing else is ordered. */
public final class CaseOrders {
  private final CaseId caseId;
  private final Map<String, PlannedStep> steps;

  /** Steps whose effect is there under the fence of the containment that the vote confirmed. */
  private final Set<String> confirmed;

  private CaseOrders(CaseId caseId, Map<String, PlannedStep> steps, Set<String> confirmed) {
    this.caseId = caseId;
    this.steps = steps;
    this.confirmed = confirmed;
  }

  /** Those of the execution of a decision. */
  public static CaseOrders decided(CaseState state, PlannedWorkflow plan) {
    Containment containment = state.precautions().containment();
    Set<String> confirmed =
        containment == null || containment.outcome() != ContainmentOutcome.CONFIRMED
            ? Set.of()
            : Set.copyOf(containment.ledger().intents().keySet());
    return new CaseOrders(Objects.requireNonNull(state.caseId()), plan.steps(), confirmed);
  }

  /** Those of a provisional containment; its steps are as the playbook names them. */
  public static CaseOrders provisional(CaseId caseId, List<PlannedStep> planned) {
    Map<String, PlannedStep> steps = new LinkedHashMap<>();
    planned.stream()
        .map(CaseOrders::provisional)
        .forEach(provisional -> steps.put(provisional.id(), provisional));
    return new CaseOrders(caseId, steps, Set.of());
  }

  /** The step as a containment takes it, with a fence of its own. */
  public static PlannedStep provisional(PlannedStep step) {
    return new PlannedStep(
        Containment.step(step.id()),
        step.name(),
        step.command(),
        step.target(),
        step.parameters(),
        step.timeout(),
        step.reversible(),
        step.ttl());
  }

  /** Of the forward steps, in the order of the plan. */
  List<String> steps() {
    return List.copyOf(steps.keySet());
  }

  /** Of a step, or, by {@link Execution#UNDO}, of what takes it back; empty where there is none. */
  public Optional<Order> of(String step) {
    String forward = forward(step);
    PlannedStep planned = steps.get(forward);
    if (planned == null) {
      return Optional.empty();
    }
    boolean done = confirmed.contains(Containment.step(forward));
    Order order = Order.of(caseId, done ? provisional(planned) : planned);
    if (step.equals(forward)) {
      return Optional.of(order);
    }
    return planned.reversible()
        ? planned.inverse().map(command -> order.inverse(forward, command))
        : Optional.empty();
  }

  /** What the playbook gives the step, or its inverse; zero where it says nothing. */
  Duration timeout(String step) {
    PlannedStep planned = steps.get(forward(step));
    return planned == null ? Duration.ZERO : planned.timeout();
  }

  Move intend(Order order) {
    return new Move.Intend(order, timeout(order.step()));
  }

  private static String forward(String step) {
    return step.startsWith(Execution.UNDO) ? step.substring(Execution.UNDO.length()) : step;
  }
}
