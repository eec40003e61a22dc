package witan.domain.registry;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Urgency;
import witan.domain.reputation.VerdictFacts;
import witan.domain.stake.Attendance;
import witan.domain.stake.BondFacts;

/** What may be asked of a registry. */
public sealed interface RegistryCommand {

  /** Founds the council. Idempotent by charter hash. */
  record FoundCouncil(
      Charter charter, List<FounderSignature> signatures, @Nullable String idempotencyKey)
      implements RegistryCommand {
    public FoundCouncil {
      signatures = List.copyOf(signatures);
    }
  }

  /** Delegates, or revokes. Idempotent while it is the newest statement of its key. */
  record Delegate(SignedDelegation signed) implements RegistryCommand {}

  /** Rotates or revokes a key. Idempotent. */
  record RotateKey(SignedRotation signed) implements RegistryCommand {}

  /** Records a veto of a case's proposal, where the limits allow one more. Idempotent by case. */
  record RecordVeto(CaseId caseId, SignedVeto signed) implements RegistryCommand {}

  /**
   * Records what a member says. Idempotent while it is the newest of its key.
   *
   * @param caseId null where it is about no case
   */
  record RecordStatement(@Nullable CaseId caseId, SignedStatement signed)
      implements RegistryCommand {}

  /**
   * Applies a change that a case decided; the sender has recounted that decision. Idempotent by
   * case.
   *
   * @param proposalHash of the proposal whose content carries the change
   */
  record ApplyChange(CaseId caseId, Digest proposalHash, RegistryChange change)
      implements RegistryCommand {}

  /** Takes a bond from a member's free tokens, for one case. Idempotent by case. */
  record PostBond(CaseId caseId, String member, BigInteger amount) implements RegistryCommand {}

  /** Gives a bond back, but for what is slashed. Idempotent by case. */
  record SettleBond(CaseId caseId, BondFacts facts) implements RegistryCommand {}

  /**
   * Settles the absences of an urgent vote that ran to its deadline. Idempotent by case and part.
   *
   * @param part from 0; a part has at most {@link RegistryLimits#MAX_LINES} absences
   */
  record SettleAbsences(
      CaseId caseId,
      int part,
      Urgency urgency,
      Instant opened,
      Instant ended,
      List<Attendance> absences)
      implements RegistryCommand {
    public SettleAbsences {
      absences = List.copyOf(absences);
    }
  }

  /**
   * Moves reputation by a verdict that a member's statement on record gives. Idempotent by case and
   * part; one verdict a case.
   *
   * @param part from 0, in order; a part has at most {@link RegistryLimits#MAX_LINES} votes
   */
  record RecordVerdict(CaseId caseId, int part, VerdictFacts facts) implements RegistryCommand {}
}
