package witan.domain.proposal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.governance.Drift;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Tally;
import witan.domain.governance.Target;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedVeto;

/**
 * What happened to one case. The simple names of the records are the {@code type} of log entries
 * and never change; a changed shape is a new version in the codec.
 */
public sealed interface CaseEvent extends DomainEvent {

  /**
   * The case is there.
   *
   * @param follows the case before it about the same resource, which takes no more alerts: a case
   *     is re-opened as another one; null where there was none, or a member opened the case
   */
  record CaseOpened(CaseId caseId, String councilId, @Nullable CaseId follows, Instant at)
      implements CaseEvent {
    /** That follows none. */
    public CaseOpened(CaseId caseId, String councilId, Instant at) {
      this(caseId, councilId, null, at);
    }
  }

  /**
   * An alert opened or joined the case.
   *
   * @param raw the alert as received (UTF-8 text); sealed, never in a proof unless disclosed
   * @param signed by its sensor; null where it was sent without a signature
   */
  record AlertRecorded(Alert alert, String raw, @Nullable AlertSignature signed, Instant at)
      implements CaseEvent {
    /** That no sensor signed. */
    public AlertRecorded(Alert alert, String raw, Instant at) {
      this(alert, raw, null, at);
    }
  }

  /**
   * A member opened the case with a proposal.
   *
   * @param contentHash of the draft: what was signed
   */
  record Proposed(SignedDraft signed, Digest contentHash, Instant at) implements CaseEvent {}

  /**
   * Freezes everything a decision depends on.
   *
   * @param normal what an expedited proposal falls back to; null where {@code policy} is normal
   * @param registrySeq the registry's number that the snapshot stands after
   * @param total T of the snapshot
   * @param domain the council's EIP-712 domain
   * @param deadline first instant at which votes no longer count
   */
  record VotingOpened(
      ProposalContent content,
      Digest proposalHash,
      Policy policy,
      @Nullable Policy normal,
      long registrySeq,
      BigInteger total,
      Eip712Domain domain,
      Instant deadline,
      Instant at)
      implements CaseEvent {}

  /**
   * A ballot was accepted. Its side gains {@code weight} + {@code delegatedWeight}; the side of the
   * ballot it overrides loses {@code weight}; and where it is not the voter's first, the side of
   * the one before it loses all that the voter still carried.
   *
   * @param ballotDigest idempotency key of the ballot
   * @param organisation whom the voter belongs to
   * @param weight the voter's own
   * @param delegatedWeight of those who have delegated to the voter and not voted themselves
   * @param overrides the delegate who had voted with the voter's own weight; null where none had
   * @param ordinal 1 for the voter's first ballot; more where the policy lets it be replaced
   * @param counted false for a ballot that came after the decision, before the deadline
   */
  record VoteCast(
      SignedBallot signed,
      Digest ballotDigest,
      String organisation,
      BigInteger weight,
      BigInteger delegatedWeight,
      @Nullable Address overrides,
      int ordinal,
      boolean counted,
      @Nullable String idempotencyKey,
      Instant at)
      implements CaseEvent {}

  /** Voters were told of the vote, before its deadline; each member once in a case. */
  record VotersNotified(List<Notice> notices, Instant at) implements CaseEvent {
    public VotersNotified {
      notices = List.copyOf(notices);
    }
  }

  /** Late-quorum extension: at most once. */
  record VotingExtended(Instant deadline, Instant at) implements CaseEvent {}

  /**
   * An expedited proposal missed its bar at its deadline and goes on as a normal one: at most once.
   * From here on bar and extension are those of the normal policy.
   *
   * @param deadline that of a normal window from the opening on, but no earlier than before
   */
  record VotingConverted(Instant deadline, Instant at) implements CaseEvent {}

  /**
   * The council chose an option.
   *
   * @param option index of the winning option
   * @param settled true when decided before the deadline because nothing could change it
   */
  record ProposalApproved(int option, Tally tally, boolean settled, Instant at)
      implements CaseEvent {}

  record ProposalRejected(Tally tally, boolean settled, Instant at) implements CaseEvent {}

  /** The deadline came without a quorum. */
  record ProposalExpired(Tally tally, Instant at) implements CaseEvent {}

  /**
   * The blast radius that was voted on was compared with what is there.
   *
   * @param effect false: with another dry run, before the execution; true: with what the steps
   *     touched, after it
   * @param voted digest in the proposal
   * @param found digest of the other dry run; null for an effect
   * @param next where the drift is beyond the bound that was voted on: the case in which the
   *     targets are voted on again; nothing is executed then
   */
  record RadiusCompared(
      boolean effect,
      Digest voted,
      @Nullable Digest found,
      Drift drift,
      @Nullable CaseId next,
      Instant at)
      implements CaseEvent {}

  /**
   * Before the vote is decided, the first steps of an option begin; their effects are there under a
   * lease.
   *
   * @param adapter {@code kubernetes} or {@code rehearsal}
   * @param steps as {@link Containment#step} names them
   * @param sensors whose alerts corroborate it
   * @param trusted whether one of them is believed alone
   * @param grant number of the lease in the council's containments
   * @param lease how long the effects stay without a decision; never longer than the vote
   */
  record ContainmentStarted(
      int option,
      Digest playbookDigest,
      String adapter,
      List<String> steps,
      List<String> sensors,
      boolean trusted,
      long grant,
      Duration lease,
      Instant at)
      implements CaseEvent {
    public ContainmentStarted {
      steps = List.copyOf(steps);
      sensors = List.copyOf(sensors);
    }
  }

  /**
   * The policy allows a provisional containment, and it was not begun.
   *
   * @param alerts how many were judged: it may be tried again when the case has more
   */
  record ContainmentRefused(String code, String detail, int alerts, Instant at)
      implements CaseEvent {}

  /** Nothing is there provisionally any more. */
  record ContainmentEnded(ContainmentOutcome outcome, String reason, Instant at)
      implements CaseEvent {}

  /**
   * A guardian stopped the proposal, whatever the vote came to.
   *
   * @param registrySeq number of the registry's event that recorded the veto
   */
  record ProposalVetoed(SignedVeto signed, long registrySeq, Instant at) implements CaseEvent {}

  /**
   * The playbook of the chosen option, or the change of the registry, begins.
   *
   * @param playbookDigest zeros for a change of the registry
   * @param adapter {@code kubernetes}, {@code rehearsal} or {@code registry}
   * @param steps ids of the steps in the order they will run
   */
  record ExecutionStarted(
      int option, Digest playbookDigest, String adapter, List<String> steps, Instant at)
      implements CaseEvent {
    public ExecutionStarted {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Written before the effect. A crash after this and before {@link StepObserved} means that the
   * effect may or may not have happened; the fence makes a repeat harmless.
   *
   * @param attempt from 1
   * @param fence travels with the effect, unique per (case, step)
   * @param deadline when the step counts as late
   * @param signed by the executor that intends it; null in entries of version 1
   */
  record StepIntended(
      String step,
      int attempt,
      String action,
      Target target,
      Map<String, String> parameters,
      String fence,
      Instant deadline,
      Instant at,
      @Nullable StepSignature signed)
      implements CaseEvent {
    public StepIntended {
      parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** That no executor signed. */
    public StepIntended(
        String step,
        int attempt,
        String action,
        Target target,
        Map<String, String> parameters,
        String fence,
        Instant deadline,
        Instant at) {
      this(step, attempt, action, target, parameters, fence, deadline, at, null);
    }
  }

  /**
   * What became of an intended step.
   *
   * @param detail for a person: what the target answered, at most 1,000 characters
   * @param requests the requests sent, or in a rehearsal those that would have been sent; canonical
   *     JSON
   * @param signed by the executor that observed it; null where a person did, and in entries of
   *     version 1
   * @param person {@link Person#sealed} of the person whose token said so before entries of version
   *     3, and whose pseudonym the detail has; else null
   * @param said by a member; null where an executor observed it, and in entries before version 3
   */
  record StepObserved(
      String step,
      int attempt,
      StepOutcome outcome,
      String detail,
      String requests,
      Instant at,
      @Nullable StepSignature signed,
      @Nullable String person,
      @Nullable RecordedStatement said)
      implements CaseEvent {
    /** By an executor. */
    public StepObserved(
        String step,
        int attempt,
        StepOutcome outcome,
        String detail,
        String requests,
        Instant at,
        @Nullable StepSignature signed) {
      this(step, attempt, outcome, detail, requests, at, signed, null, null);
    }

    /** That no executor signed. */
    public StepObserved(
        String step, int attempt, StepOutcome outcome, String detail, String requests, Instant at) {
      this(step, attempt, outcome, detail, requests, at, null, null, null);
    }
  }

  /**
   * The execution was ended early: no step begins after this but those that take another one back.
   *
   * @param by {@code member} and the address, of a veto {@code guardian} and the address; in
   *     entries before version 4 an operator, as {@link Person#pseudonym}
   * @param undo whether the reversible steps are taken back before the end
   * @param person {@link Person#sealed}; of an operator alone
   * @param said by a member; null for a guardian, and in entries before version 4
   */
  record AbortRequested(
      String by,
      String reason,
      boolean undo,
      Instant at,
      @Nullable String person,
      @Nullable RecordedStatement said)
      implements CaseEvent {
    /** That no member signed. */
    public AbortRequested(
        String by, String reason, boolean undo, Instant at, @Nullable String person) {
      this(by, reason, undo, at, person, null);
    }
  }

  /**
   * No forward step begins until then, or until it is resumed. What was begun goes on, and what
   * takes a step back begins all the same.
   *
   * @param by who, as {@link Person#pseudonym}
   * @param until {@link Pauses#LENGTH} after it
   * @param person {@link Person#sealed}
   */
  record ExecutionPaused(
      String by, String reason, Instant until, Instant at, @Nullable String person)
      implements CaseEvent {}

  /**
   * The pause is over before its time.
   *
   * @param by who, as {@link Person#pseudonym}
   * @param person {@link Person#sealed}
   */
  record ExecutionResumed(String by, Instant at, @Nullable String person) implements CaseEvent {}

  /**
   * Nothing more is done.
   *
   * @param detail why, where it is not SUCCEEDED or REHEARSED
   */
  record ExecutionEnded(ExecutionOutcome outcome, String detail, Instant at) implements CaseEvent {}

  /**
   * The case has come to its end.
   *
   * @param reason {@code executed}, {@code aborted}, {@code vetoed}, {@code rejected}, {@code
   *     expired}, {@code refused}, ...
   */
  record CaseClosed(String reason, Instant at) implements CaseEvent {}

  /**
   * Nothing follows.
   *
   * @param lastSeq the number of this event itself, so that 1..lastSeq is the whole case
   */
  record CaseSealed(long lastSeq, Instant at) implements CaseEvent {}
}
