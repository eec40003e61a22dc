package witan.ballot;

import org.jspecify.annotations.Nullable;

/**
 * The EIP-712 struct {@code Veto}: a guardian stops a proposal.
 *
 * @param council as in {@link DelegationStruct}
 * @param proposalId as in {@link VoteStruct}
 * @param reasonHash SHA-256 of the published reason
 * @param deadline Unix seconds; expiry of the signature
 */
public record VetoStruct(
    @Nullable String council,
    String proposalId,
    String proposalHash,
    String guardian,
    String reasonHash,
    long nonce,
    long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "Veto(bytes32 council,bytes32 proposalId,bytes32 proposalHash,address guardian,"
          + "bytes32 reasonHash,uint64 nonce,uint64 deadline)";
  public static final String OLD_TYPE =
      "Veto(bytes32 proposalId,bytes32 proposalHash,address guardian,bytes32 reasonHash,"
          + "uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);
  static final byte[] OLD_TYPE_HASH = Words.typeHash(OLD_TYPE);

  public VetoStruct {
    council = council == null ? null : Hex.canonical(council, 32);
    proposalId = Hex.canonical(proposalId, 32);
    proposalHash = Hex.canonical(proposalHash, 32);
    guardian = Hex.of(Signatures.parseAddress(guardian));
    reasonHash = Hex.canonical(reasonHash, 32);
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
  }

  /** The type string that is hashed. */
  public String type() {
    return council == null ? OLD_TYPE : TYPE;
  }

  @Override
  public byte[] structHash() {
    return Words.ofCouncil(council, TYPE_HASH, OLD_TYPE_HASH, 6)
        .bytes32(proposalId)
        .bytes32(proposalHash)
        .address(guardian)
        .bytes32(reasonHash)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
