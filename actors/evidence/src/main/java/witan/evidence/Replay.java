package witan.evidence;

import java.util.ArrayList;
import java.util.List;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Person;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.proposal.AlertDigests;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Comparison;
import witan.domain.proposal.ContainmentOutcome;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.ContentLookup;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.ProposalContent;
import witan.signing.BallotSignatures;

/**
 * Gives a case its commands again and expects the very events that are logged: nothing was decided
 * that the rules do not decide, and nothing is left out that they decide with it.
 */
final class Replay {
  private final ContentHasher hasher = new JcsContentHasher();
  private final CaseAggregate rules;
  private final Eip712Domain domain;

  /**
   * A replay of a case that was opened under today's rules.
   *
   * @param domain the council's
   */
  Replay(Electorate electorate, Eip712Domain domain) {
    this(electorate, domain, false);
  }

  private Replay(Electorate electorate, Eip712Domain domain, boolean ofVersion1) {
    ContentLookup lookup = d -> d.equals(hasher.electorate(electorate)) ? electorate : null;
    this.rules =
        ofVersion1
            ? CaseAggregate.ofVersion1(hasher, lookup, new BallotSignatures())
            : new CaseAggregate(hasher, lookup, new BallotSignatures());
    this.domain = domain;
  }

  /** A replay by the rules of the version in which the case was opened. */
  static Replay of(CaseFile file, Electorate electorate, Council council) {
    return new Replay(electorate, council.charter().domain(), file.openedInVersion1());
  }

  String check(CaseId caseId, List<CaseEvent> events) {
    int commands = follows(caseId, events);
    CheckFailed.unless(
        events.get(events.size() - 1) instanceof CaseEvent.CaseSealed,
        "the case does not end sealed");
    return "the rules make exactly these "
        + events.size()
        + " events out of "
        + commands
        + " commands";
  }

  /** The same of a case that goes on; returns how many commands it took. */
  int follows(CaseId caseId, List<CaseEvent> events) {
    CaseState state = rules.empty();
    int commands = 0;
    for (int at = 0; at < events.size(); commands++) {
      CaseEvent head = events.get(at);
      Decision<CaseEvent> decision =
          head instanceof CaseEvent.AbortRequested e && e.said() == null
              ? CaseAggregate.abortedByToken(state, e)
              : rules.decide(state, command(state, caseId, events, at), head.at());
      if (!(decision instanceof Decision.Accepted<CaseEvent> accepted)) {
        throw new CheckFailed(number(at, head) + " is not allowed there: " + said(decision));
      }
      for (CaseEvent made : accepted.events()) {
        CaseEvent due = at < events.size() ? inVersion(state, made, events.get(at)) : made;
        CheckFailed.unless(
            at < events.size() && events.get(at).equals(due),
            at < events.size()
                ? number(at, events.get(at)) + " had to be " + due
                : "the case lacks " + due);
        state = rules.apply(state, due);
        at++;
      }
    }
    return commands;
  }

  /** Older votes were opened with another version of what is voted on. */
  private CaseEvent inVersion(CaseState before, CaseEvent made, CaseEvent logged) {
    if (!(made instanceof CaseEvent.VotingOpened v)
        || !(logged instanceof CaseEvent.VotingOpened is)
        || is.content().v() != 1) {
      return made;
    }
    CaseEvent.Proposed proposed = before.proposed();
    Draft draft = proposed == null ? null : proposed.signed().draft();
    ProposalContent content = v.content().as(1, AlertDigests.of(1, draft, before.alerts(), hasher));
    return new CaseEvent.VotingOpened(
        content,
        hasher.proposal(content),
        v.policy(),
        v.normal(),
        v.registrySeq(),
        v.total(),
        v.domain(),
        v.deadline(),
        v.at());
  }

  private CaseCommand command(CaseState state, CaseId caseId, List<CaseEvent> events, int at) {
    CaseEvent head = events.get(at);
    if (head instanceof CaseEvent.CaseOpened e
        && at + 1 < events.size()
        && events.get(at + 1) instanceof CaseEvent.AlertRecorded first) {
      CaseId follows = e.follows();
      return follows == null
          ? recorded(caseId, e.councilId(), first)
          : new CaseCommand.ReopenCase(caseId, follows, e.councilId(), reopened(events, at));
    }
    if (head instanceof CaseEvent.CaseOpened
        && at + 1 < events.size()
        && events.get(at + 1) instanceof CaseEvent.Proposed proposed) {
      return new CaseCommand.Propose(caseId, proposed.signed(), domain);
    }
    if (head instanceof CaseEvent.AlertRecorded e) {
      return recorded(caseId, String.valueOf(state.councilId()), e);
    }
    if (head instanceof CaseEvent.VotingOpened e) {
      return new CaseCommand.OpenVoting(
          e.content().options(),
          e.policy(),
          e.normal(),
          e.content().snapshotDigest(),
          e.registrySeq(),
          e.total(),
          e.domain(),
          e.content().blastRadius(),
          e.content().provisionalContainment());
    }
    if (head instanceof CaseEvent.VoteCast e) {
      return new CaseCommand.CastVote(e.signed(), e.idempotencyKey());
    }
    if (head instanceof CaseEvent.VotersNotified e) {
      return new CaseCommand.RecordNotices(e.notices());
    }
    if (head instanceof CaseEvent.ProposalVetoed e) {
      return new CaseCommand.VetoProposal(e.signed(), e.registrySeq());
    }
    if (head instanceof CaseEvent.ProposalApproved
        || head instanceof CaseEvent.ProposalRejected
        || head instanceof CaseEvent.ProposalExpired
        || head instanceof CaseEvent.VotingConverted) {
      return new CaseCommand.CheckDeadline();
    }
    if (head instanceof CaseEvent.CaseClosed && state.precautions().next() != null) {
      return new CaseCommand.CloseDrifted();
    }
    if (head instanceof CaseEvent.CaseClosed e) {
      Outcome outcome = state.outcome();
      return outcome != null
          ? new CaseCommand.CheckDeadline()
          : new CaseCommand.DismissCase(e.reason());
    }
    return aroundExecution(state, caseId, events, at);
  }

  /** What an executor does before a decision is executed, or in place of it. */
  private CaseCommand aroundExecution(
      CaseState state, CaseId caseId, List<CaseEvent> events, int at) {
    CaseEvent head = events.get(at);
    if (head instanceof CaseEvent.RadiusCompared e) {
      return compared(e, events, at);
    }
    if (head instanceof CaseEvent.ContainmentStarted e) {
      return new CaseCommand.StartContainment(
          e.option(), e.adapter(), e.steps(), e.sensors(), e.trusted(), e.grant(), e.lease());
    }
    if (head instanceof CaseEvent.ContainmentRefused e) {
      return new CaseCommand.RefuseContainment(e.code(), e.detail(), e.alerts());
    }
    if (head instanceof CaseEvent.ContainmentEnded e) {
      return e.outcome() == ContainmentOutcome.CONFIRMED && at + 1 < events.size()
          ? command(state, caseId, events, at + 1)
          : new CaseCommand.EndContainment(e.reason());
    }
    return execution(head, at);
  }

  private static CaseCommand recorded(CaseId caseId, String councilId, CaseEvent.AlertRecorded e) {
    return new CaseCommand.RecordAlert(caseId, councilId, e.alert(), e.raw(), e.signed(), null);
  }

  /** The alerts of the decision that opened the case: those of the same moment. */
  private static List<CaseCommand.ReopenCase.Seen> reopened(List<CaseEvent> events, int at) {
    List<CaseCommand.ReopenCase.Seen> seen = new ArrayList<>();
    for (CaseEvent event : events.subList(at + 1, events.size())) {
      if (!(event instanceof CaseEvent.AlertRecorded e) || !e.at().equals(events.get(at).at())) {
        break;
      }
      seen.add(new CaseCommand.ReopenCase.Seen(e.alert(), e.raw(), e.signed()));
    }
    return seen;
  }

  private static CaseCommand compared(CaseEvent.RadiusCompared e, List<CaseEvent> events, int at) {
    Comparison comparison = new Comparison(e.voted(), e.found(), e.drift());
    CaseId next = e.next();
    if (e.effect()) {
      return new CaseCommand.CompareEffect(comparison);
    }
    if (next != null) {
      return new CaseCommand.ReturnToVoters(comparison, next);
    }
    if (at + 1 < events.size() && events.get(at + 1) instanceof CaseEvent.ExecutionStarted s) {
      return new CaseCommand.StartExecution(s.adapter(), s.steps(), comparison);
    }
    throw new CheckFailed(number(at, e) + " is not followed by an execution");
  }

  private static CaseCommand execution(CaseEvent head, int at) {
    if (head instanceof CaseEvent.ExecutionStarted e) {
      return new CaseCommand.StartExecution(e.adapter(), e.steps());
    }
    if (head instanceof CaseEvent.StepIntended e) {
      return new CaseCommand.IntendStep(
          e.step(),
          e.attempt(),
          e.action(),
          e.target(),
          e.parameters(),
          e.fence(),
          e.deadline(),
          e.signed());
    }
    if (head instanceof CaseEvent.StepObserved e && e.said() != null) {
      return new CaseCommand.ConfirmStep(e.step(), e.said());
    }
    if (head instanceof CaseEvent.StepObserved e) {
      return new CaseCommand.ObserveStep(
          e.step(), e.attempt(), e.outcome(), e.detail(), e.requests(), e.signed(), e.person());
    }
    if (head instanceof CaseEvent.ExecutionPaused e) {
      return new CaseCommand.PauseExecution(new Person(e.by(), e.person()), e.reason());
    }
    if (head instanceof CaseEvent.ExecutionResumed e) {
      return new CaseCommand.ResumeExecution(new Person(e.by(), e.person()));
    }
    if (head instanceof CaseEvent.AbortRequested e && e.said() != null) {
      return new CaseCommand.AbortExecution(e.said());
    }
    if (head instanceof CaseEvent.ExecutionEnded e) {
      int colon = e.detail().indexOf(": ");
      if (e.outcome() != ExecutionOutcome.REFUSED || colon < 0) {
        return new CaseCommand.EndExecution(e.outcome(), e.detail());
      }
      return new CaseCommand.RefuseExecution(
          e.detail().substring(0, colon), e.detail().substring(colon + 2));
    }
    throw new CheckFailed(number(at, head) + " follows from no command");
  }

  private static String number(int at, CaseEvent event) {
    return "number " + (at + 1) + " (" + event.getClass().getSimpleName() + ")";
  }

  private static String said(Decision<CaseEvent> decision) {
    return decision instanceof Decision.Refused<CaseEvent> refused
        ? refused.refusal().code() + ", " + refused.refusal().message()
        : decision.getClass().getSimpleName();
  }
}
