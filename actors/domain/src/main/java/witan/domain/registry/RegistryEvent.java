package witan.domain.registry;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.governance.Urgency;
import witan.domain.reputation.Gain;
import witan.domain.reputation.VerdictFacts;
import witan.domain.stake.Attendance;
import witan.domain.stake.BondFacts;
import witan.domain.stake.Loss;

/** What happened to a council's registry. */
public sealed interface RegistryEvent extends DomainEvent {

  /**
   * The first event of every registry.
   *
   * @param signatures one of every founder, in the order of the seats
   */
  record CouncilFounded(
      Charter charter,
      Digest charterHash,
      List<FounderSignature> signatures,
      @Nullable String idempotencyKey,
      Instant at)
      implements RegistryEvent {
    public CouncilFounded {
      signatures = List.copyOf(signatures);
    }
  }

  record Delegated(SignedDelegation signed, Instant at) implements RegistryEvent {}

  record DelegationRevoked(SignedDelegation signed, Instant at) implements RegistryEvent {}

  record KeyRotated(SignedRotation signed, Instant at) implements RegistryEvent {}

  record KeyRevoked(SignedRotation signed, Instant at) implements RegistryEvent {}

  /**
   * A guardian used its veto. A crash after this and before the case has it leaves the case going
   * on and the veto counted; whoever asks again for a veto of the case completes it.
   *
   * @param guardian handle
   */
  record VetoRecorded(CaseId caseId, SignedVeto signed, String guardian, Instant at)
      implements RegistryEvent {}

  /**
   * A member said something. A crash after this and before it has its effect leaves everything as
   * it was; the same request again completes it.
   *
   * @param caseId null where it is about no case
   * @param member handle
   */
  record StatementRecorded(
      @Nullable CaseId caseId, SignedStatement signed, String member, Instant at)
      implements RegistryEvent {}

  /** A governed change took effect: for cases that begin from now on. */
  record ChangeApplied(CaseId caseId, Digest proposalHash, RegistryChange change, Instant at)
      implements RegistryEvent {}

  record BondPosted(CaseId caseId, String member, BigInteger amount, Instant at)
      implements RegistryEvent {}

  /**
   * A bond ended.
   *
   * @param slashed what of it went to the treasury; the rest is the member's again
   */
  record BondSettled(CaseId caseId, BondFacts facts, BigInteger slashed, Instant at)
      implements RegistryEvent {}

  /**
   * Absences were judged.
   *
   * @param losses in the order of the absences, without those that cost nothing
   */
  record AbsencesSettled(
      CaseId caseId,
      int part,
      Urgency urgency,
      Instant opened,
      Instant ended,
      List<Attendance> absences,
      List<Loss> losses,
      Instant at)
      implements RegistryEvent {
    public AbsencesSettled {
      absences = List.copyOf(absences);
      losses = List.copyOf(losses);
    }
  }

  /**
   * A verdict moved reputations.
   *
   * @param gains of those who are members
   * @param said number of the registry's event that recorded the member's statement, of all parts
   *     the same; null in entries before version 4, which a token stands behind
   */
  record VerdictRecorded(
      CaseId caseId,
      int part,
      VerdictFacts facts,
      List<Gain> gains,
      Instant at,
      @Nullable Long said)
      implements RegistryEvent {
    public VerdictRecorded {
      gains = List.copyOf(gains);
    }
  }
}
