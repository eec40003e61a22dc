package witan.ballot;

/**
 * The EIP-712 struct {@code ContainmentOn}: a member switches provisional containment on again.
 *
 * @param council as in {@link DelegationStruct}, never null
 * @param caseId SHA-256 of a case id's UTF-8 bytes; zero where it is about no case
 * @param reasonHash SHA-256 of the published reason
 * @param deadline Unix seconds; expiry of the signature
 */
public record ContainmentOnStruct(
    String council, String caseId, String reasonHash, String member, long nonce, long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "ContainmentOn(bytes32 council,bytes32 caseId,bytes32 reasonHash,"
          + "address member,uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public ContainmentOnStruct {
    council = Hex.canonical(council, 32);
    caseId = Hex.canonical(caseId, 32);
    reasonHash = Hex.canonical(reasonHash, 32);
    member = Hex.of(Signatures.parseAddress(member));
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 6)
        .bytes32(council)
        .bytes32(caseId)
        .bytes32(reasonHash)
        .address(member)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
