package witan.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.LoggedTimes;
import witan.domain.execution.Attestation;
import witan.domain.execution.CaseOrders;
import witan.domain.execution.Move;
import witan.domain.execution.Order;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.planning.ReversibleStart;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.signing.BallotSignatures;

/**
 * That what was done is what was planned: the option's playbook is planned again, and each intent
 * must be an order that was due where it stands, with action, target, parameters, pins and fence;
 * the end must be the one that the plan comes to.
 */
final class PlanChecks {
  /** Longer details are cut before they are logged, and never within a surrogate pair. */
  private static final int CUT = 999;

  private final CaseFile file;
  private final Plans plans;
  private final CaseAggregate rules =
      new CaseAggregate(new JcsContentHasher(), d -> null, new BallotSignatures());
  private CaseState state = rules.empty();
  private @Nullable PlannedWorkflow plan;
  private @Nullable CaseOrders provisional;
  private int intents;

  private PlanChecks(CaseFile file, List<JsonNode> playbooks) {
    this.file = file;
    this.plans = new Plans(playbooks);
  }

  static String check(CaseFile file, List<JsonNode> playbooks) {
    PlanChecks checks = new PlanChecks(file, playbooks);
    file.entries().forEach(l -> checks.take("number " + l.entry().seq(), l.event()));
    return checks.intents == 0
        ? "nothing was begun"
        : checks.intents + " intents are orders of the plan, in its order";
  }

  private void take(String where, CaseEvent event) {
    if (event instanceof CaseEvent.ContainmentStarted e) {
      contains(where, e);
    } else if (event instanceof CaseEvent.ExecutionStarted e) {
      starts(where, e);
    } else if (event instanceof CaseEvent.StepIntended e) {
      intents++;
      if (Containment.owns(e.step())) {
        provisional(where, e);
      } else {
        intended(where, e);
      }
    } else if (event instanceof CaseEvent.ExecutionEnded e && state.execution() != null) {
      ended(where, e);
    }
    state = rules.apply(state, event);
  }

  private ProposalContent content(String where) {
    if (state.voting() == null) {
      throw new CheckFailed(where + ": nothing was voted on");
    }
    return Objects.requireNonNull(state.voting()).content();
  }

  private PlannedWorkflow plan(String where, int option) {
    ProposalContent content = content(where);
    if (content.kind() != ProposalKind.INCIDENT) {
      return Plans.governed(String.valueOf(state.councilId()));
    }
    CheckFailed.unless(
        option >= 0 && option < content.options().size(), where + ": there is no such option");
    return plans.of(content.options().get(option));
  }

  private void starts(String where, CaseEvent.ExecutionStarted e) {
    PlannedWorkflow planned = plan(where, e.option());
    CheckFailed.unless(
        e.steps().equals(planned.order())
            && e.playbookDigest().equals(content(where).playbook(e.option())),
        where + ": it was begun with other steps than the plan's, " + planned.order());
    plan = planned;
  }

  private void contains(String where, CaseEvent.ContainmentStarted e) {
    var first = ReversibleStart.of(plan(where, e.option()));
    List<String> steps = first.stream().map(step -> Containment.step(step.id())).toList();
    CheckFailed.unless(
        e.steps().equals(steps) && e.playbookDigest().equals(content(where).playbook(e.option())),
        where + ": it was contained with other steps than the plan begins with, " + steps);
    provisional = CaseOrders.provisional(file.caseId(), first);
  }

  private void intended(String where, CaseEvent.StepIntended e) {
    PlannedWorkflow planned = plan;
    if (planned == null) {
      throw new CheckFailed(where + ": a step that no execution named");
    }
    // What made it due may have been logged before it with a later time.
    Instant by = e.at().plus(LoggedTimes.MAX_BEHIND);
    Order order =
        Move.due(state, planned, by).stream()
            .filter(o -> o.step().equals(e.step()))
            .findFirst()
            .orElseThrow(
                () -> new CheckFailed(where + ": step " + e.step() + " was not due by the plan"));
    agreed(where, order, e);
  }

  /** One after the other; what takes them back comes from the last to the first. */
  private void provisional(String where, CaseEvent.StepIntended e) {
    CaseOrders orders = provisional;
    Containment containment = state.precautions().containment();
    if (orders == null || containment == null) {
      throw new CheckFailed(where + ": a provisional step, and nothing was contained");
    }
    Execution ledger = containment.ledger();
    CheckFailed.unless(
        e.step().equals(next(ledger, e.step().startsWith(Execution.UNDO))),
        where + ": step " + e.step() + " was not due by the plan");
    agreed(
        where,
        orders
            .of(e.step())
            .orElseThrow(() -> new CheckFailed(where + ": the plan has no step " + e.step())),
        e);
  }

  private static @Nullable String next(Execution ledger, boolean back) {
    String next = null;
    for (String step : ledger.steps()) {
      boolean begun = ledger.intents().containsKey(step);
      if (!back && !begun) {
        return step;
      }
      if (back && begun && !ledger.intents().containsKey(Execution.UNDO + step)) {
        next = Execution.UNDO + step;
      }
    }
    return next;
  }

  private static void agreed(String where, Order order, CaseEvent.StepIntended e) {
    order
        .disagreement(e)
        .ifPresent(
            other -> {
              throw new CheckFailed(where + ": the plan says otherwise: " + other);
            });
  }

  private static boolean same(String made, String logged) {
    return made.equals(logged) || (logged.length() >= CUT && made.startsWith(logged));
  }

  private void ended(String where, CaseEvent.ExecutionEnded e) {
    PlannedWorkflow planned = plan;
    if (planned == null) {
      throw new CheckFailed(where + ": an end of what was not begun");
    }
    Move move = Move.next(state, planned, Attestation.NONE, e.at());
    CheckFailed.unless(
        move instanceof Move.End end
            && end.outcome() == e.outcome()
            && same(end.detail(), e.detail()),
        where + ": it ended " + e.outcome() + " \"" + e.detail() + "\", the plan says " + move);
  }
}
