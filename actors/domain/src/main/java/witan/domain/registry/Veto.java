package witan.domain.registry;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;

/**
 * EIP-712 {@code Veto(bytes32 council,bytes32 proposalId,bytes32 proposalHash,address
 * guardian,bytes32 reasonHash,uint64 nonce,uint64 deadline)}: a guardian stops one proposal.
 *
 * @param proposalId SHA-256 of the case id's UTF-8 bytes
 * @param reasonHash SHA-256 of the reason's UTF-8 bytes
 * @param deadline Unix seconds; expiry of the statement
 */
public record Veto(
    @LeftOut @Nullable Digest council,
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
