package witan.actors.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedEvent;
import witan.domain.common.CaseId;
import witan.domain.common.DomainEvent;
import witan.domain.detection.Alert;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Phase;

/** One line of the list from the events of a case; pure. */
final class SummaryFold {
  private static final Resource UNKNOWN = new Resource(ResourceKind.UNKNOWN, "", null, "");

  private SummaryFold() {}

  static CaseSummary first(CaseId caseId, LoggedEvent event) {
    return new CaseSummary(
        caseId,
        Phase.OBSERVING,
        "",
        Severity.UNKNOWN,
        UNKNOWN,
        0,
        0,
        null,
        null,
        null,
        event.at(),
        event.at(),
        event.index(),
        event.index());
  }

  /** An event whose key was destroyed moves the index only. */
  static CaseSummary apply(CaseSummary s, LoggedEvent logged) {
    CaseSummary moved = new Change(s).at(logged).build();
    @Nullable DomainEvent event = logged.event();
    Change change = new Change(moved);
    if (event instanceof CaseEvent.AlertRecorded e) {
      return change.alert(e.alert()).build();
    }
    if (event instanceof CaseEvent.Proposed e) {
      return change.title(e.signed().draft().title()).build();
    }
    if (event instanceof CaseEvent.VotingConverted e) {
      return change.deadline(e.deadline()).build();
    }
    if (event instanceof CaseEvent.VotingOpened e) {
      return change.phase(Phase.VOTING).deadline(e.deadline()).build();
    }
    if (event instanceof CaseEvent.VoteCast e) {
      // Who replaces a ballot is no further voter.
      return e.ordinal() > 1 ? moved : change.vote().build();
    }
    if (event instanceof CaseEvent.VotingExtended e) {
      return change.deadline(e.deadline()).build();
    }
    if (event instanceof CaseEvent.ProposalApproved) {
      return change.outcome(Phase.APPROVED).build();
    }
    if (event instanceof CaseEvent.ProposalRejected) {
      return change.outcome(Phase.REJECTED).build();
    }
    if (event instanceof CaseEvent.ProposalExpired) {
      return change.outcome(Phase.EXPIRED).build();
    }
    if (event instanceof CaseEvent.ProposalVetoed) {
      return change.outcome(Phase.VETOED).build();
    }
    if (event instanceof CaseEvent.ExecutionStarted) {
      return change.phase(Phase.EXECUTING).build();
    }
    if (event instanceof CaseEvent.ExecutionEnded e) {
      return change.execution(e.outcome()).build();
    }
    if (event instanceof CaseEvent.CaseClosed) {
      return change.phase(Phase.CLOSED).build();
    }
    return moved;
  }

  /** A copy in the making: a record of fourteen components is no joy to copy by hand. */
  private static final class Change {
    private final CaseSummary from;
    private Phase phase;
    private String title;
    private Severity severity;
    private Resource resource;
    private int alerts;
    private int votes;
    private @Nullable Phase outcome;
    private @Nullable ExecutionOutcome execution;
    private @Nullable Instant deadline;
    private Instant updatedAt;
    private long lastIndex;

    Change(CaseSummary from) {
      this.from = from;
      this.phase = from.phase();
      this.title = from.title();
      this.severity = from.severity();
      this.resource = from.resource();
      this.alerts = from.alerts();
      this.votes = from.votes();
      this.outcome = from.outcome();
      this.execution = from.execution();
      this.deadline = from.deadline();
      this.updatedAt = from.updatedAt();
      this.lastIndex = from.lastIndex();
    }

    Change at(LoggedEvent event) {
      updatedAt = event.at();
      lastIndex = event.index();
      return this;
    }

    /** The first alert names the case; the gravest grades it. */
    Change alert(Alert alert) {
      if (alerts == 0) {
        title = title.isEmpty() ? alert.title() : title;
        resource = alert.resource();
      }
      if (alert.severity().compareTo(severity) > 0) {
        severity = alert.severity();
      }
      alerts++;
      return this;
    }

    Change title(String value) {
      title = value;
      return this;
    }

    Change vote() {
      votes++;
      return this;
    }

    Change phase(Phase value) {
      phase = value;
      return this;
    }

    Change deadline(Instant value) {
      deadline = value;
      return this;
    }

    Change outcome(Phase value) {
      outcome = value;
      phase = value;
      return this;
    }

    Change execution(ExecutionOutcome value) {
      execution = value;
      return this;
    }

    CaseSummary build() {
      return new CaseSummary(
          from.caseId(),
          phase,
          title,
          severity,
          resource,
          alerts,
          votes,
          outcome,
          execution,
          deadline,
          from.openedAt(),
          updatedAt,
          from.firstIndex(),
          lastIndex);
    }
  }
}
