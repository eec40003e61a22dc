package witan.ballot;

import org.jspecify.annotations.Nullable;

/**
 * A change of a member's key as both keys sign it. Addresses are kept as {@code 0x} and lower-case
 * digits; {@code nonce} and {@code deadline} (seconds since the epoch) are at most 2^63-1.
 *
 * <p>The constructor throws {@link BallotException} ({@code field_malformed}, {@code address_*}).
 *
 * @param council as in {@link DelegationStruct}
 */
public record KeyRotationStruct(
    @Nullable String council, String oldKey, String newKey, long nonce, long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "KeyRotation(bytes32 council,address oldKey,address newKey,uint64 nonce,uint64 deadline)";
  public static final String OLD_TYPE =
      "KeyRotation(address oldKey,address newKey,uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);
  static final byte[] OLD_TYPE_HASH = Words.typeHash(OLD_TYPE);

  public KeyRotationStruct {
    council = council == null ? null : Hex.canonical(council, 32);
    oldKey = Hex.of(Signatures.parseAddress(oldKey));
    newKey = Hex.of(Signatures.parseAddress(newKey));
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
  }

  /** The type string that is hashed. */
  public String type() {
    return council == null ? OLD_TYPE : TYPE;
  }

  @Override
  public byte[] structHash() {
    return Words.ofCouncil(council, TYPE_HASH, OLD_TYPE_HASH, 4)
        .address(oldKey)
        .address(newKey)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
