package witan.domain.proposal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.PersistentMap;
import witan.domain.detection.Alert;

/**
 * The fold of a case's events. Total: an event that does not fit the state (only a forged history
 * has one) is counted and changes nothing else.
 */
final class CaseFold {
  private CaseFold() {}

  static CaseState apply(CaseState s, CaseEvent event) {
    if (event instanceof CaseEvent.CaseOpened e) {
      return CaseStateBuilder.builder(s)
          .phase(Phase.OBSERVING)
          .seq(s.seq() + 1)
          .caseId(e.caseId())
          .councilId(e.councilId())
          .precautions(Precautions.following(e.follows()))
          .build();
    }
    if (event instanceof CaseEvent.Proposed e) {
      return proposed(remember(s, CaseKeys.PROPOSED), e);
    }
    if (event instanceof CaseEvent.AlertRecorded e) {
      return alert(s, e.alert());
    }
    if (event instanceof CaseEvent.VotingOpened e) {
      return voting(remember(s, CaseKeys.VOTING), Phase.VOTING, Counting.open(e));
    }
    if (event instanceof CaseEvent.VoteCast e) {
      return vote(s, e);
    }
    if (event instanceof CaseEvent.VotersNotified e) {
      return notified(s, e);
    }
    if (event instanceof CaseEvent.VotingExtended e) {
      return extended(s, e);
    }
    if (event instanceof CaseEvent.VotingConverted e) {
      return converted(s, e);
    }
    return afterVotes(s, event);
  }

  /** The decision, the end, and what holds an execution up. */
  private static CaseState afterVotes(CaseState s, CaseEvent event) {
    if (event instanceof CaseEvent.ProposalApproved e) {
      return decided(
          s, new Outcome(Phase.APPROVED, e.option(), e.tally(), e.settled(), e.at(), s.seq() + 1));
    }
    if (event instanceof CaseEvent.ProposalRejected e) {
      return decided(
          s, new Outcome(Phase.REJECTED, -1, e.tally(), e.settled(), e.at(), s.seq() + 1));
    }
    if (event instanceof CaseEvent.ProposalExpired e) {
      return decided(s, new Outcome(Phase.EXPIRED, -1, e.tally(), false, e.at(), s.seq() + 1));
    }
    if (event instanceof CaseEvent.ProposalVetoed e) {
      return vetoed(remember(s, CaseKeys.VETOED), e);
    }
    if (event instanceof CaseEvent.CaseClosed e) {
      return ended(remember(s, CaseKeys.CLOSED), e.reason(), s.sealed());
    }
    if (event instanceof CaseEvent.CaseSealed) {
      return ended(next(s), s.closeReason(), true);
    }
    if (event instanceof CaseEvent.RadiusCompared e) {
      return compared(s, e);
    }
    if (event instanceof CaseEvent.ExecutionPaused e) {
      return remember(s, CaseKeys.PAUSED)
          .with(s.precautions().held(s.precautions().pauses().paused(e)));
    }
    if (event instanceof CaseEvent.ExecutionResumed) {
      return remember(s, CaseKeys.RESUMED)
          .with(s.precautions().held(s.precautions().pauses().resumed()));
    }
    CaseState contained = containment(s, event);
    return contained != null ? contained : execution(s, event);
  }

  private static CaseState compared(CaseState s, CaseEvent.RadiusCompared e) {
    CaseState known =
        e.effect()
            ? remember(s, CaseKeys.COMPARED)
            : e.next() == null ? next(s) : remember(s, CaseKeys.RETURNED);
    return known.with(s.precautions().compared(e));
  }

  private static @Nullable CaseState containment(CaseState s, CaseEvent event) {
    Precautions p = s.precautions();
    if (event instanceof CaseEvent.ContainmentStarted e) {
      if (p.containment() != null) {
        return next(s);
      }
      Execution ledger =
          new Execution(
              e.option(),
              e.playbookDigest(),
              e.adapter(),
              e.steps(),
              Map.of(),
              Map.of(),
              e.at(),
              null,
              null);
      return remember(s, CaseKeys.CONTAINED)
          .with(p.contained(new Containment(e.grant(), e.lease(), ledger, null)));
    }
    if (event instanceof CaseEvent.ContainmentRefused e) {
      return remember(s, CaseKeys.REFUSED).with(p.refused(e));
    }
    if (event instanceof CaseEvent.ContainmentEnded e) {
      CaseState known = remember(s, CaseKeys.CONTAINMENT_ENDED);
      Containment c = p.containment();
      return c == null ? known : known.with(p.contained(c.ended(e.outcome())));
    }
    return null;
  }

  private static CaseState execution(CaseState s, CaseEvent event) {
    if (event instanceof CaseEvent.ExecutionStarted e) {
      if (s.execution() != null) {
        return next(s);
      }
      Execution started =
          new Execution(
              e.option(),
              e.playbookDigest(),
              e.adapter(),
              e.steps(),
              Map.of(),
              Map.of(),
              e.at(),
              null,
              null);
      Containment c = s.precautions().containment();
      return executing(
          remember(s, CaseKeys.STARTED),
          Phase.EXECUTING,
          c != null && c.outcome() == ContainmentOutcome.CONFIRMED
              ? c.carriedInto(started)
              : started);
    }
    if (event instanceof CaseEvent.StepIntended e) {
      Execution x = ledger(s);
      CaseState known = remember(s, CaseKeys.intent(e.step(), e.attempt()));
      return x == null
          ? known
          : steps(known, x, PersistentMap.of(x.intents()).plus(e.step(), e), x.observations());
    }
    if (event instanceof CaseEvent.StepObserved e) {
      Execution x = ledger(s);
      CaseState known = remember(s, CaseKeys.observation(e.step(), e.attempt()));
      return x == null
          ? known
          : steps(known, x, x.intents(), PersistentMap.of(x.observations()).plus(e.step(), e));
    }
    if (event instanceof CaseEvent.AbortRequested e) {
      Execution x = s.execution();
      CaseState known = remember(s, CaseKeys.ABORT);
      return x == null ? known : executing(known, s.phase(), aborted(x, e));
    }
    if (event instanceof CaseEvent.ExecutionEnded e) {
      return executing(remember(s, CaseKeys.ENDED), s.phase(), endedExecution(s, e));
    }
    throw new IllegalStateException("unknown event " + event.getClass());
  }

  /** What is executing goes on, to its orderly end. */
  private static CaseState vetoed(CaseState s, CaseEvent.ProposalVetoed e) {
    Voting v = s.voting();
    if (v == null) {
      return s;
    }
    int option = s.outcome() == null ? -1 : s.outcome().option();
    Outcome outcome = new Outcome(Phase.VETOED, option, v.tally(), false, e.at(), s.seq());
    Phase phase = s.phase() == Phase.EXECUTING ? Phase.EXECUTING : Phase.VETOED;
    return with(s, phase, v, outcome, s.execution());
  }

  private static CaseState alert(CaseState s, Alert alert) {
    List<Alert> alerts = new ArrayList<>(s.alerts().size() + 1);
    alerts.addAll(s.alerts());
    alerts.add(alert);
    CaseState known = remember(s, CaseKeys.alert(alert.key()));
    return CaseStateBuilder.builder(known).alerts(Collections.unmodifiableList(alerts)).build();
  }

  private static CaseState vote(CaseState s, CaseEvent.VoteCast e) {
    CaseState known = remember(s, CaseKeys.ballot(e.ballotDigest()));
    String key = e.idempotencyKey();
    if (key != null) {
      known = keys(known, known.seq(), CaseKeys.caller(key));
    }
    Voting v = s.voting();
    return v == null ? known : voting(known, s.phase(), Counting.count(v, e));
  }

  private static CaseState notified(CaseState s, CaseEvent.VotersNotified e) {
    CaseState known = next(s);
    for (Notice notice : e.notices()) {
      known = keys(known, known.seq(), CaseKeys.notice(notice.member()));
    }
    Voting v = s.voting();
    return v == null ? known : voting(known, s.phase(), v.notified(e));
  }

  private static CaseState extended(CaseState s, CaseEvent.VotingExtended e) {
    Voting v = s.voting();
    return v == null ? next(s) : voting(next(s), s.phase(), v.extendedTo(e.deadline()));
  }

  private static CaseState converted(CaseState s, CaseEvent.VotingConverted e) {
    Voting v = s.voting();
    return v == null ? next(s) : voting(next(s), s.phase(), v.convertedTo(e.deadline()));
  }

  private static CaseState proposed(CaseState s, CaseEvent.Proposed e) {
    return CaseStateBuilder.builder(s).proposed(e).build();
  }

  private static Execution endedExecution(CaseState s, CaseEvent.ExecutionEnded e) {
    Execution x = s.execution();
    if (x != null) {
      return ExecutionBuilder.builder(x).ended(e).build();
    }
    int option = s.outcome() == null ? -1 : s.outcome().option();
    Voting v = s.voting();
    return new Execution(
        option,
        v == null ? Digest.ZERO : v.content().playbook(option),
        "none",
        List.of(),
        Map.of(),
        Map.of(),
        e.at(),
        null,
        e);
  }

  private static Execution aborted(Execution x, CaseEvent.AbortRequested e) {
    return ExecutionBuilder.builder(x).abort(e).build();
  }

  private static CaseState next(CaseState s) {
    return numbered(s, s.seq() + 1, s.seqByKey());
  }

  private static CaseState remember(CaseState s, String key) {
    return keys(s, s.seq() + 1, key);
  }

  private static CaseState keys(CaseState s, long seq, String key) {
    return numbered(s, seq, PersistentMap.of(s.seqByKey()).plus(key, seq));
  }

  private static CaseState numbered(CaseState s, long seq, Map<String, Long> keys) {
    return CaseStateBuilder.builder(s).seq(seq).seqByKey(keys).build();
  }

  private static CaseState voting(CaseState s, Phase phase, Voting voting) {
    return with(s, phase, voting, s.outcome(), s.execution());
  }

  private static CaseState decided(CaseState s, Outcome outcome) {
    return with(next(s), outcome.phase(), s.voting(), outcome, s.execution());
  }

  private static CaseState executing(CaseState s, Phase phase, Execution execution) {
    return with(s, phase, s.voting(), s.outcome(), execution);
  }

  private static CaseState steps(
      CaseState s,
      Execution x,
      Map<String, CaseEvent.StepIntended> intents,
      Map<String, CaseEvent.StepObserved> observations) {
    Execution known = x.with(intents, observations);
    Containment c = ContainmentRules.open(s);
    return c == null
        ? executing(s, s.phase(), known)
        : s.with(s.precautions().contained(c.with(known)));
  }

  private static @Nullable Execution ledger(CaseState s) {
    Containment c = ContainmentRules.open(s);
    return c == null ? s.execution() : c.ledger();
  }

  private static CaseState with(
      CaseState s,
      Phase phase,
      @Nullable Voting voting,
      @Nullable Outcome outcome,
      @Nullable Execution execution) {
    return CaseStateBuilder.builder(s)
        .phase(phase)
        .voting(voting)
        .outcome(outcome)
        .execution(execution)
        .build();
  }

  private static CaseState ended(CaseState s, @Nullable String reason, boolean sealed) {
    return CaseStateBuilder.builder(s)
        .phase(Phase.CLOSED)
        .closeReason(reason)
        .sealed(sealed)
        .build();
  }
}
