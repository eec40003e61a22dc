package witan.domain.proposal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.Digest;

/**
 * One case from its first alert to its seal. A command that was accepted before is answered with
 * Repeated in every phase, also after the seal, so that a retry never learns less than the first
 * try; then the phase is looked at, then the command, and last its signature: whoever sends it,
 * nothing is recorded as signed that its signer did not sign.
 *
 * <p>A rejection, or an approval of no action, that is settled before the deadline leaves the case
 * open, because ballots are still accepted until then ({@code counted = false}, for duty and
 * reputation); {@link CaseCommand.CheckDeadline} at the deadline closes and seals it. An approved
 * case is closed by the end or the refusal of its execution, even before the deadline.
 */
public final class CaseAggregate implements Aggregate<CaseState, CaseCommand, CaseEvent> {
  /** Keeps {@code VotingOpened}, which names every alert so far, well below an append's limit. */
  public static final int MAX_ALERTS = 1_000;

  private final AlertRecording alerts;
  private final Opening opening;
  private final BallotBox ballots;
  private final Notices notices;
  private final Vetoing vetoing;
  private final Saying saying;

  /**
   * A case's rules.
   *
   * @param signatures asked by {@link #decide} alone, and there not for what was accepted before
   */
  public CaseAggregate(ContentHasher hasher, ContentLookup lookup, SignatureCheck signatures) {
    this(hasher, lookup, signatures, false);
  }

  private CaseAggregate(
      ContentHasher hasher, ContentLookup lookup, SignatureCheck signatures, boolean ofVersion1) {
    this.alerts = new AlertRecording(signatures);
    this.opening = new Opening(hasher, lookup, signatures, ofVersion1);
    this.ballots = new BallotBox(hasher, lookup, signatures);
    this.notices = new Notices(hasher, lookup, signatures);
    this.vetoing = new Vetoing(hasher, signatures);
    this.saying = new Saying(hasher, signatures);
  }

  /** The rules for a case that was opened in version 1, for whoever checks it again. */
  public static CaseAggregate ofVersion1(
      ContentHasher hasher, ContentLookup lookup, SignatureCheck signatures) {
    return new CaseAggregate(hasher, lookup, signatures, true);
  }

  /**
   * An abort as an operator's token asked for it before members signed them, for whoever checks it
   * again.
   */
  public static Decision<CaseEvent> abortedByToken(
      CaseState state, CaseEvent.AbortRequested requested) {
    return AbortRules.abort(state, requested, requested.at());
  }

  /** What an entry's {@code pol} is once the state holds its event; null before the vote opened. */
  public static @Nullable Digest policyDigest(CaseState state) {
    Voting voting = state.voting();
    return voting == null ? null : voting.content().policyDigest();
  }

  @Override
  public CaseState empty() {
    return CaseState.EMPTY;
  }

  @Override
  public CaseState apply(CaseState state, CaseEvent event) {
    return CaseFold.apply(state, event);
  }

  @Override
  public boolean sealed(CaseState state) {
    return state.sealed();
  }

  @Override
  public Decision<CaseEvent> decide(CaseState state, CaseCommand command, Instant now) {
    if (command instanceof CaseCommand.RecordAlert c) {
      return alerts.record(state, c, now);
    }
    if (command instanceof CaseCommand.Propose c) {
      return opening.propose(state, c, now);
    }
    if (command instanceof CaseCommand.OpenVoting c) {
      return opening.open(state, c, now);
    }
    if (command instanceof CaseCommand.CastVote c) {
      return ballots.cast(state, c, now);
    }
    if (command instanceof CaseCommand.RecordNotices c) {
      return notices.record(state, c, now);
    }
    if (command instanceof CaseCommand.VetoProposal c) {
      return vetoing.veto(state, c, now);
    }
    if (command instanceof CaseCommand.CheckDeadline) {
      return checkDeadline(state, now);
    }
    if (command instanceof CaseCommand.DismissCase c) {
      return dismiss(state, c, now);
    }
    if (command instanceof CaseCommand.StartContainment c) {
      return ContainmentRules.start(state, c, now);
    }
    if (command instanceof CaseCommand.RefuseContainment c) {
      return ContainmentRules.refuse(state, c, now);
    }
    if (command instanceof CaseCommand.EndContainment c) {
      return ContainmentRules.end(state, c, now);
    }
    if (command instanceof CaseCommand.ReopenCase c) {
      return RadiusRules.reopen(state, c, alerts, now);
    }
    if (command instanceof CaseCommand.ReturnToVoters c) {
      return RadiusRules.returned(state, c, now);
    }
    if (command instanceof CaseCommand.CloseDrifted) {
      return RadiusRules.close(state, now);
    }
    if (command instanceof CaseCommand.CompareEffect c) {
      return RadiusRules.effect(state, c, now);
    }
    if (command instanceof CaseCommand.ConfirmStep c) {
      return saying.confirm(state, c, now);
    }
    if (command instanceof CaseCommand.AbortExecution c) {
      return saying.abort(state, c, now);
    }
    return ExecutionRules.decide(state, command, now);
  }

  private static Decision<CaseEvent> checkDeadline(CaseState s, Instant now) {
    Voting v = s.voting();
    if (v == null) {
      return s.phase() == Phase.OBSERVING
          ? Decision.refuse("voting_not_open", "there is no vote yet", "open the voting")
          : Phases.wrong(s, Phase.VOTING);
    }
    Outcome outcome = s.outcome();
    boolean nothingToDo = outcome != null && Phases.nothingToDo(v, outcome);
    if (outcome != null && (s.phase() == Phase.CLOSED || !nothingToDo)) {
      return new Decision.Repeated<>(outcome.seq());
    }
    if (now.isBefore(v.deadline())) {
      return Decision.refuse("too_early", "the vote runs until " + v.deadline(), "ask again then");
    }
    boolean contained = ContainmentRules.open(s) != null;
    if (outcome != null) {
      return contained
          ? ContainmentRules.inTheWay()
          : Decision.accept(Phases.closing(s, List.of(), Phases.reason(outcome.phase()), now));
    }
    List<CaseEvent> events = Deciding.atDeadline(s, now);
    Outcome decided = events.stream().reduce(s, CaseFold::apply, (a, b) -> b).outcome();
    if (decided == null || contained || !Phases.nothingToDo(v, decided)) {
      return Decision.accept(events);
    }
    return Decision.accept(Phases.closing(s, events, Phases.reason(decided.phase()), now));
  }

  private static Decision<CaseEvent> dismiss(CaseState s, CaseCommand.DismissCase c, Instant now) {
    Long closed = s.seqByKey().get(CaseKeys.CLOSED);
    if (closed != null && s.voting() == null) {
      return new Decision.Repeated<>(closed);
    }
    if (s.phase() != Phase.OBSERVING) {
      return Phases.wrong(s, Phase.OBSERVING);
    }
    return Decision.accept(
        Phases.closing(s, List.of(), Texts.cut(c.reason(), Texts.MAX_REASON), now));
  }
}
