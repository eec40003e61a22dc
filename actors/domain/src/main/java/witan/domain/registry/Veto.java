package witan.domain.registry;

import witan.domain.common.Address;
import witan.domain.common.Digest;

/**
 * EIP-712 {@code Veto(bytes32 proposalId,bytes32 proposalHash,address guardian,bytes32
 * reasonHash,uint64 nonce,uint64 deadline)}: a guardian stops one proposal.
 *
 * @param proposalId SHA-256 of the case id's UTF-8 bytes
 * @param reasonHash SHA-256 of the reason's UTF-8 bytes
 * @param deadline Unix seconds; expiry of the statement
 */
public record Veto(
    Digest proposalId,
    Digest proposalHash,
    Address guardian,
    Digest reasonHash,
    long nonce,
    long deadline)
    implements Statement {
  @Override
  public Address signer() {
    return guardian;
  }
}
