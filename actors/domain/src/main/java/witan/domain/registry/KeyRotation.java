package witan.domain.registry;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.common.LeftOut;

/**
 * EIP-712 {@code KeyRotation(bytes32 council,address oldKey,address newKey,uint64 nonce,uint64
 * deadline)}: the member's seat goes from one key to another. The address zero revokes the old key
 * without a successor: the seat keeps its tokens and does not vote until the council gives it a
 * key.
 *
 * @param deadline Unix seconds; expiry of the statement
 */
public record KeyRotation(
    @LeftOut @Nullable Digest council, Address oldKey, Address newKey, long nonce, long deadline)
    implements Statement {
  public static final Address NOBODY = new Address("0x" + "0".repeat(40));

  @Override
  public Address signer() {
    return oldKey;
  }

  public boolean revokes() {
    return newKey.equals(NOBODY);
  }
}
