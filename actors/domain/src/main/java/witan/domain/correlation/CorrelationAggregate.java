package witan.domain.correlation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.PersistentMap;
import witan.domain.common.Refusal;
import witan.domain.correlation.CorrelationState.Assignment;

/**
 * Assigns the alerts about one resource to cases. An alert joins the open case unless it comes
 * longer after the case's last alert than the window of its severity; all alerts about the resource
 * meet there, whatever their rule. Pure; a replay must use the limits that were used before, or it
 * may remember other settled keys.
 */
public final class CorrelationAggregate {
  private final CorrelationLimits limits;

  public CorrelationAggregate(CorrelationLimits limits) {
    this.limits = limits;
  }

  /** Decides; apply the answer's events to get the next state. */
  public CorrelationAnswer decide(CorrelationState s, CorrelationCommand command, Instant now) {
    if (command instanceof CorrelationCommand.Correlate c) {
      return correlate(s, c);
    }
    if (command instanceof CorrelationCommand.Settle c) {
      return pending(s, c.alertKey()) == null
          ? noted()
          : noted(new CorrelationEvent.AssignmentSettled(c.alertKey(), c.seq(), c.index(), now));
    }
    if (command instanceof CorrelationCommand.Release c) {
      Assignment assignment = pending(s, c.alertKey());
      return assignment == null
          ? noted()
          : noted(new CorrelationEvent.AssignmentReleased(c.alertKey(), assignment.caseId(), now));
    }
    if (command instanceof CorrelationCommand.LeaveCase c) {
      return c.caseId().equals(s.open())
          ? noted(new CorrelationEvent.CaseLeft(c.caseId(), now))
          : noted();
    }
    if (command instanceof CorrelationCommand.Relate c) {
      boolean newest = !s.cases().isEmpty() && s.cases().get(0).equals(c.caseId());
      return newest ? noted() : noted(new CorrelationEvent.CaseRelated(c.caseId(), now));
    }
    if (command instanceof CorrelationCommand.ReadCases) {
      return new CorrelationAnswer.Cases(s.cases());
    }
    throw new IllegalStateException("unknown command " + command.getClass());
  }

  public CorrelationState apply(CorrelationState s, CorrelationEvent event) {
    if (event instanceof CorrelationEvent.AlertAssigned e) {
      return assigned(s, e);
    }
    if (event instanceof CorrelationEvent.AssignmentSettled e) {
      return settled(s, e);
    }
    if (event instanceof CorrelationEvent.AssignmentReleased e) {
      return released(s, e);
    }
    if (event instanceof CorrelationEvent.CaseLeft e) {
      return CorrelationStateBuilder.builder(s).open(without(s.open(), e.caseId())).build();
    }
    if (event instanceof CorrelationEvent.CaseRelated e) {
      return CorrelationStateBuilder.builder(s)
          .cases(CorrelationState.withNewest(s.cases(), e.caseId()))
          .build();
    }
    throw new IllegalStateException("unknown event " + event.getClass());
  }

  private CorrelationAnswer correlate(CorrelationState s, CorrelationCommand.Correlate c) {
    Assignment known = s.assignments().get(c.alertKey());
    if (known != null) {
      CorrelationState.Place logged = known.logged();
      return logged == null
          ? new CorrelationAnswer.Forward(
              known.caseId(), known.opened(), s.before(known.caseId()), List.of())
          : new CorrelationAnswer.Duplicate(known.caseId(), logged.seq(), logged.index());
    }
    if (s.pending() >= limits.pending()) {
      return new CorrelationAnswer.Refused(
          new Refusal(
              "too_many_pending",
              limits.pending() + " alerts about this resource wait for their cases",
              "send the alert again later"));
    }
    CaseId open = s.open();
    boolean joins =
        open != null
            && Duration.between(s.lastAlert(), c.ingestedAt())
                    .compareTo(limits.window(c.severity()))
                <= 0;
    CaseId caseId = open != null && joins ? open : c.proposedCaseId();
    CaseId newest = s.cases().isEmpty() ? null : s.cases().get(0);
    CaseId follows = joins ? s.before(caseId) : newest;
    return new CorrelationAnswer.Forward(
        caseId,
        !joins,
        follows,
        List.of(
            new CorrelationEvent.AlertAssigned(
                c.alertKey(), c.fingerprint(), caseId, !joins, follows, c.ingestedAt())));
  }

  private static CorrelationState assigned(CorrelationState s, CorrelationEvent.AlertAssigned e) {
    long number = s.assigned() + 1;
    Instant last = e.opened() || e.at().isAfter(s.lastAlert()) ? e.at() : s.lastAlert();
    return new CorrelationState(
        e.caseId(),
        last,
        PersistentMap.of(s.assignments())
            .plus(
                e.alertKey(),
                new Assignment(e.caseId(), e.fingerprint(), e.opened(), number, null)),
        number,
        s.pending() + 1,
        CorrelationState.withNewest(s.cases(), e.caseId()));
  }

  private CorrelationState settled(CorrelationState s, CorrelationEvent.AssignmentSettled e) {
    Assignment a = pending(s, e.alertKey());
    if (a == null) {
      return s;
    }
    PersistentMap<String, Assignment> assignments =
        PersistentMap.of(s.assignments())
            .plus(
                e.alertKey(),
                new Assignment(
                    a.caseId(),
                    a.fingerprint(),
                    a.opened(),
                    a.number(),
                    new CorrelationState.Place(e.seq(), e.index())));
    return CorrelationStateBuilder.builder(s)
        .assignments(pruned(assignments, s.pending() - 1))
        .pending(s.pending() - 1)
        .build();
  }

  private PersistentMap<String, Assignment> pruned(
      PersistentMap<String, Assignment> assignments, int pending) {
    int settled = assignments.size() - pending;
    if (settled <= limits.settledKeys() + limits.settledKeys() / 10) {
      return assignments;
    }
    long oldestKept =
        assignments.values().stream()
            .filter(a -> !a.pending())
            .mapToLong(Assignment::number)
            .sorted()
            .skip(settled - limits.settledKeys())
            .findFirst()
            .orElse(0);
    return assignments.keeping((key, a) -> a.pending() || a.number() >= oldestKept);
  }

  private static CorrelationState released(
      CorrelationState s, CorrelationEvent.AssignmentReleased e) {
    if (pending(s, e.alertKey()) == null) {
      return s;
    }
    return new CorrelationState(
        without(s.open(), e.caseId()),
        s.lastAlert(),
        PersistentMap.of(s.assignments()).keeping((key, a) -> !key.equals(e.alertKey())),
        s.assigned(),
        s.pending() - 1,
        s.cases());
  }

  private static @Nullable CaseId without(@Nullable CaseId open, CaseId left) {
    return left.equals(open) ? null : open;
  }

  private static @Nullable Assignment pending(CorrelationState s, String alertKey) {
    Assignment a = s.assignments().get(alertKey);
    return a != null && a.pending() ? a : null;
  }

  private static CorrelationAnswer noted(CorrelationEvent... events) {
    return new CorrelationAnswer.Noted(List.of(events));
  }
}
