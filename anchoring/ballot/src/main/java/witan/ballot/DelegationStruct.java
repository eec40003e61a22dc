package witan.ballot;

import org.jspecify.annotations.Nullable;

/**
 * A delegation as it is signed. {@code scope} is 32 bytes, addresses are 20 bytes, kept as {@code
 * 0x} and lower-case digits; {@code nonce} and {@code expiry} (seconds since the epoch) are at most
 * 2^63-1.
 *
 * @param council 32 bytes, digest of the council's charter; null for a struct of before 2026-12,
 *     which was bound to no council and is read in old entries alone
 */
public record DelegationStruct(
    @Nullable String council,
    String delegator,
    String delegatee,
    String scope,
    long nonce,
    long expiry)
    implements Eip712Struct {
  public static final String TYPE =
      "Delegation(bytes32 council,address delegator,address delegatee,bytes32 scope,uint64 nonce,"
          + "uint64 expiry)";
  public static final String OLD_TYPE =
      "Delegation(address delegator,address delegatee,bytes32 scope,uint64 nonce,uint64 expiry)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);
  static final byte[] OLD_TYPE_HASH = Words.typeHash(OLD_TYPE);

  public DelegationStruct {
    council = council == null ? null : Hex.canonical(council, 32);
    delegator = Hex.of(Signatures.parseAddress(delegator));
    delegatee = Hex.of(Signatures.parseAddress(delegatee));
    scope = Hex.canonical(scope, 32);
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("expiry", expiry, Long.MAX_VALUE);
  }

  /** The type string that is hashed. */
  public String type() {
    return council == null ? OLD_TYPE : TYPE;
  }

  @Override
  public byte[] structHash() {
    return Words.ofCouncil(council, TYPE_HASH, OLD_TYPE_HASH, 5)
        .address(delegator)
        .address(delegatee)
        .bytes32(scope)
        .uint(nonce)
        .uint(expiry)
        .hash();
  }
}
