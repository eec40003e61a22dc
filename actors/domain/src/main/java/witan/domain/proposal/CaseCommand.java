package witan.domain.proposal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Target;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedVeto;

/** What may be asked of a case. */
public sealed interface CaseCommand {

  /**
   * Opens the case with its first alert, or adds one; idempotent by (sensor, alert id).
   *
   * @param signed by the alert's sensor; null where it is not
   * @param follows of {@link CaseEvent.CaseOpened}; of no meaning where the case is open
   */
  record RecordAlert(
      CaseId caseId,
      String councilId,
      Alert alert,
      String raw,
      @Nullable AlertSignature signed,
      @Nullable CaseId follows)
      implements CaseCommand {
    /** That no sensor signed, and that follows none. */
    public RecordAlert(CaseId caseId, String councilId, Alert alert, String raw) {
      this(caseId, councilId, alert, raw, null, null);
    }
  }

  /**
   * Opens the case with a member's proposal. Idempotent.
   *
   * @param caseId {@link DraftRules#caseId}
   * @param domain the council's, which a case without a vote has not seen yet: the vote is opened
   *     only if the proposal is signed in the domain of the vote too
   */
  record Propose(CaseId caseId, SignedDraft signed, Eip712Domain domain) implements CaseCommand {}

  /**
   * Opens the voting; idempotent (a second one is Repeated, whatever it carries).
   *
   * @param options never empty, but for a change of the registry; of a member's proposal its own
   * @param normal what an expedited proposal falls back to; null where {@code policy} is normal
   * @param blastRadius digest of the dry run; null where none was made
   * @param provisionalContainment as the row of the policy table has it
   */
  record OpenVoting(
      List<ResponseOption> options,
      Policy policy,
      @Nullable Policy normal,
      Digest electorateDigest,
      long registrySeq,
      BigInteger total,
      Eip712Domain domain,
      @Nullable Digest blastRadius,
      boolean provisionalContainment)
      implements CaseCommand {
    public OpenVoting {
      options = List.copyOf(options);
    }

    /** Of options that nobody tried. */
    public OpenVoting(
        List<ResponseOption> options,
        Policy policy,
        @Nullable Policy normal,
        Digest electorateDigest,
        long registrySeq,
        BigInteger total,
        Eip712Domain domain) {
      this(options, policy, normal, electorateDigest, registrySeq, total, domain, null, false);
    }
  }

  /** Casts a ballot; idempotent by ballot digest. */
  record CastVote(SignedBallot signed, @Nullable String idempotencyKey) implements CaseCommand {}

  /**
   * Notes who was told of the vote. Idempotent by member.
   *
   * @param notices 1 to {@link #MAX_NOTICES}
   */
  record RecordNotices(List<Notice> notices) implements CaseCommand {
    public static final int MAX_NOTICES = 200;

    public RecordNotices {
      notices = List.copyOf(notices);
    }
  }

  /**
   * Stops an incident's proposal, by a veto that the registry has recorded. Idempotent.
   *
   * @param registrySeq number of the registry's event that recorded it
   */
  record VetoProposal(SignedVeto signed, long registrySeq) implements CaseCommand {}

  /** Decides an open vote whose deadline has come; refused with {@code too_early} before. */
  record CheckDeadline() implements CaseCommand {}

  /** Closes and seals a case that can go nowhere else (nothing to propose). */
  record DismissCase(String reason) implements CaseCommand {}

  /**
   * Begins the execution.
   *
   * @param comparison with the blast radius voted on, within its bound; null where there is nothing
   *     to compare
   */
  record StartExecution(String adapter, List<String> steps, @Nullable Comparison comparison)
      implements CaseCommand {
    public StartExecution {
      steps = List.copyOf(steps);
    }

    public StartExecution(String adapter, List<String> steps) {
      this(adapter, steps, null);
    }
  }

  /**
   * The targets have drifted too far: nothing is executed; idempotent.
   *
   * @param next the case in which they are voted on again
   */
  record ReturnToVoters(Comparison comparison, CaseId next) implements CaseCommand {}

  /** Opens a case with the alerts of one that drifted; idempotent. */
  record ReopenCase(CaseId caseId, CaseId follows, String councilId, List<Seen> alerts)
      implements CaseCommand {
    public ReopenCase {
      alerts = List.copyOf(alerts);
    }

    /** An alert as {@link CaseEvent.AlertRecorded} has it. */
    public record Seen(Alert alert, String raw, @Nullable AlertSignature signed) {}
  }

  /** Closes and seals a case that was returned to the voters and is followed by now. */
  record CloseDrifted() implements CaseCommand {}

  /** Begins a provisional containment under a lease that was granted. Idempotent. */
  record StartContainment(
      int option,
      String adapter,
      List<String> steps,
      List<String> sensors,
      boolean trusted,
      long grant,
      Duration lease)
      implements CaseCommand {
    public StartContainment {
      steps = List.copyOf(steps);
      sensors = List.copyOf(sensors);
    }
  }

  /**
   * Says why there is no provisional containment; idempotent for the same alerts.
   *
   * @param alerts how many were judged: the case may have more by now
   */
  record RefuseContainment(String code, String detail, int alerts) implements CaseCommand {}

  /** Every step of the containment was taken back. Idempotent. */
  record EndContainment(String reason) implements CaseCommand {}

  /** What the steps touched, against the blast radius voted on; idempotent. */
  record CompareEffect(Comparison comparison) implements CaseCommand {}

  /** The recount disagreed: ends the execution as REFUSED, closes and seals. */
  record RefuseExecution(String code, String detail) implements CaseCommand {}

  record IntendStep(
      String step,
      int attempt,
      String action,
      Target target,
      Map<String, String> parameters,
      String fence,
      Instant deadline,
      @Nullable StepSignature signed)
      implements CaseCommand {
    /** That no executor signed. */
    public IntendStep(
        String step,
        int attempt,
        String action,
        Target target,
        Map<String, String> parameters,
        String fence,
        Instant deadline) {
      this(step, attempt, action, target, parameters, fence, deadline, null);
    }
  }

  record ObserveStep(
      String step,
      int attempt,
      StepOutcome outcome,
      String detail,
      String requests,
      @Nullable StepSignature signed,
      @Nullable String person)
      implements CaseCommand {
    /** By an executor. */
    public ObserveStep(
        String step,
        int attempt,
        StepOutcome outcome,
        String detail,
        String requests,
        @Nullable StepSignature signed) {
      this(step, attempt, outcome, detail, requests, signed, null);
    }

    /** That no executor signed. */
    public ObserveStep(
        String step, int attempt, StepOutcome outcome, String detail, String requests) {
      this(step, attempt, outcome, detail, requests, null, null);
    }
  }

  /**
   * A member did, or could not do, what a step of action {@code manual} asks for. Idempotent.
   *
   * @param said a {@link witan.domain.registry.MemberStatement.ConfirmStep}
   */
  record ConfirmStep(String step, RecordedStatement said) implements CaseCommand {}

  /**
   * Ends the execution early, or before it has begun; not that of a change of the registry.
   * Idempotent; the first reason counts.
   *
   * @param said a {@link witan.domain.registry.MemberStatement.Abort}
   */
  record AbortExecution(RecordedStatement said) implements CaseCommand {}

  /**
   * No further step begins for {@link Pauses#LENGTH}, or for as long again. Idempotent for a
   * minute.
   *
   * @param by who says so
   */
  record PauseExecution(Person by, String reason) implements CaseCommand {}

  /** Ends the pause before its time. Idempotent. */
  record ResumeExecution(Person by) implements CaseCommand {}

  /**
   * Ends the execution, closes and seals the case.
   *
   * @param outcome as the playbook's branches have it, refused where it is not what was observed;
   *     null where every step must have been observed, and the first that failed decides
   */
  record EndExecution(@Nullable ExecutionOutcome outcome, String detail) implements CaseCommand {
    /** By what was observed of every step. */
    public EndExecution() {
      this(null, "");
    }
  }
}
