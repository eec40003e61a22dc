package witan.ballot;

/**
 * The EIP-712 struct {@code ConfirmStep}: a member says of a step that waits for a person whether
 * it was done.
 *
 * @param council as in {@link DelegationStruct}, never null
 * @param caseId SHA-256 of the case id's UTF-8 bytes
 * @param stepId SHA-256 of the step id's UTF-8 bytes
 * @param reasonHash SHA-256 of the published reason
 * @param deadline Unix seconds; expiry of the signature
 */
public record ConfirmStepStruct(
    String council,
    String caseId,
    String stepId,
    boolean done,
    String reasonHash,
    String member,
    long nonce,
    long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "ConfirmStep(bytes32 council,bytes32 caseId,bytes32 stepId,bool done,bytes32 reasonHash,"
          + "address member,uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public ConfirmStepStruct {
    council = Hex.canonical(council, 32);
    caseId = Hex.canonical(caseId, 32);
    stepId = Hex.canonical(stepId, 32);
    reasonHash = Hex.canonical(reasonHash, 32);
    member = Hex.of(Signatures.parseAddress(member));
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 8)
        .bytes32(council)
        .bytes32(caseId)
        .bytes32(stepId)
        .bool(done)
        .bytes32(reasonHash)
        .address(member)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
