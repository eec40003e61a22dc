package witan.ballot;

/**
 * The EIP-712 struct {@code Abort}: a member ends an execution early.
 *
 * @param council as in {@link DelegationStruct}, never null
 * @param caseId SHA-256 of the case id's UTF-8 bytes
 * @param undo whether what can be taken back is
 * @param reasonHash SHA-256 of the published reason
 * @param deadline Unix seconds; expiry of the signature
 */
public record AbortStruct(
    String council,
    String caseId,
    boolean undo,
    String reasonHash,
    String member,
    long nonce,
    long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "Abort(bytes32 council,bytes32 caseId,bool undo,bytes32 reasonHash,"
          + "address member,uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public AbortStruct {
    council = Hex.canonical(council, 32);
    caseId = Hex.canonical(caseId, 32);
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
        .bool(undo)
        .bytes32(reasonHash)
        .address(member)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
