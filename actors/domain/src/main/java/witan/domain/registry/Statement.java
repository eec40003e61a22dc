package witan.domain.registry;

import witan.domain.common.Address;

/** What a member's key says to the registry, as an EIP-712 struct of the council's domain. */
public sealed interface Statement permits Delegation, KeyRotation, Veto {
  Address signer();

  /** Greater than that of every earlier statement of the same key, of whatever kind. */
  long nonce();
}
