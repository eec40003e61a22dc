package witan.domain.registry;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Digest;

/** What a member's key says to the council, as an EIP-712 struct of the council's domain. */
public sealed interface Statement permits Delegation, KeyRotation, Veto, MemberStatement, AdoptLog {
  /**
   * Digest of the charter of the council that it is said to; null in what was signed before
   * 2026-12, which only entries of version 1 hold.
   */
  @Nullable Digest council();

  Address signer();

  /** Greater than that of every earlier statement of the same key, of whatever kind. */
  long nonce();
}
