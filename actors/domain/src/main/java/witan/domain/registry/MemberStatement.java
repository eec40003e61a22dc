package witan.domain.registry;

import witan.domain.common.Address;
import witan.domain.common.Digest;

/**
 * What a member says of a case, or of the council, and nobody can say for it: it opens a human
 * gate, changes weight, or lets containments go on. The EIP-712 structs have the names of these
 * records and their components in this order; both never change.
 */
public sealed interface MemberStatement extends Statement {
  @Override
  Digest council();

  /** SHA-256 of the case id's UTF-8 bytes; zero where it is about no case. */
  Digest caseId();

  Address member();

  /** SHA-256 of the reason's UTF-8 bytes. */
  Digest reasonHash();

  /** Unix seconds; expiry of the statement. */
  long deadline();

  @Override
  default Address signer() {
    return member();
  }

  /**
   * Of a step that waits for a person.
   *
   * @param stepId SHA-256 of the step id's UTF-8 bytes
   * @param done false: it was not, and will not be
   */
  record ConfirmStep(
      Digest council,
      Digest caseId,
      Digest stepId,
      boolean done,
      Digest reasonHash,
      Address member,
      long nonce,
      long deadline)
      implements MemberStatement {}

  /**
   * Ends the execution of the case early.
   *
   * @param undo whether what can be taken back is
   */
  record Abort(
      Digest council,
      Digest caseId,
      boolean undo,
      Digest reasonHash,
      Address member,
      long nonce,
      long deadline)
      implements MemberStatement {}

  /** What the incident of a closed case turned out to be. */
  record Verdict(
      Digest council,
      Digest caseId,
      witan.domain.reputation.Verdict verdict,
      Digest reasonHash,
      Address member,
      long nonce,
      long deadline)
      implements MemberStatement {}

  /**
   * Switches provisional containment on again.
   *
   * @param caseId zero: the switch is the council's
   */
  record ContainmentOn(
      Digest council, Digest caseId, Digest reasonHash, Address member, long nonce, long deadline)
      implements MemberStatement {}
}
