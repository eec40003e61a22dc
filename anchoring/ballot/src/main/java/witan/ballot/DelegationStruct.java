package witan.ballot;

/**
 * A delegation as it is signed. {@code scope} is 32 bytes, addresses are 20 bytes, kept as {@code
 * 0x} and lower-case digits; {@code nonce} and {@code expiry} (seconds since the epoch) are at most
 * 2^63-1.
 *
 * <p>The constructor throws {@link BallotException} ({@code field_malformed}, {@code address_*}).
 */
public record DelegationStruct(
    String delegator, String delegatee, String scope, long nonce, long expiry) {
  public static final String TYPE =
      "Delegation(address delegator,address delegatee,bytes32 scope,uint64 nonce,uint64 expiry)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public DelegationStruct {
    delegator = Hex.of(Signatures.parseAddress(delegator));
    delegatee = Hex.of(Signatures.parseAddress(delegatee));
    scope = Hex.canonical(scope, 32);
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("expiry", expiry, Long.MAX_VALUE);
  }

  /** EIP-712 {@code hashStruct}, 32 bytes. */
  public byte[] structHash() {
    return new Words(TYPE_HASH, 5)
        .address(delegator)
        .address(delegatee)
        .bytes32(scope)
        .uint(nonce)
        .uint(expiry)
        .hash();
  }

  /** The 32 bytes the delegator signs in the given domain. */
  public byte[] digest(byte[] domainSeparator) {
    return Eip712.digest(domainSeparator, structHash());
  }
}
