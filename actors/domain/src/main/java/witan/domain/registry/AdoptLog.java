package witan.domain.registry;

import witan.domain.common.Address;
import witan.domain.common.Digest;

/**
 * A member agrees that the log goes on in a new generation from what is left of it. Not recorded in
 * the registry, which cannot be told anything while the log stands: entry 0 of the new generation
 * holds it.
 *
 * @param oldSize of the tree that is closed
 * @param newOrigin SHA-256 of the new origin's UTF-8 bytes
 * @param reasonHash SHA-256 of the reason's UTF-8 bytes
 * @param deadline Unix seconds; expiry of the statement
 */
public record AdoptLog(
    Digest council,
    long oldSize,
    Digest oldRoot,
    Digest newOrigin,
    Digest reasonHash,
    Address member,
    long nonce,
    long deadline)
    implements Statement {
  @Override
  public Address signer() {
    return member;
  }
}
