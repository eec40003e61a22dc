package witan.ballot;

/**
 * The EIP-712 struct {@code Verdict}: a member says what the incident of a closed case turned out
 * to be.
 *
 * @param council as in {@link DelegationStruct}, never null
 * @param caseId SHA-256 of the case id's UTF-8 bytes
 * @param verdict uint8
 * @param reasonHash SHA-256 of the published reason
 * @param deadline Unix seconds; expiry of the signature
 */
public record VerdictStruct(
    String council,
    String caseId,
    int verdict,
    String reasonHash,
    String member,
    long nonce,
    long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "Verdict(bytes32 council,bytes32 caseId,uint8 verdict,bytes32 reasonHash,"
          + "address member,uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public VerdictStruct {
    council = Hex.canonical(council, 32);
    caseId = Hex.canonical(caseId, 32);
    Words.requireUint("verdict", verdict, 255);
    reasonHash = Hex.canonical(reasonHash, 32);
    member = Hex.of(Signatures.parseAddress(member));
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 7)
        .bytes32(council)
        .bytes32(caseId)
        .uint(verdict)
        .bytes32(reasonHash)
        .address(member)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
