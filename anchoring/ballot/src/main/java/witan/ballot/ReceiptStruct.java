package witan.ballot;

/**
 * A voter's acknowledgement that it has read a proposal, as it is signed; it casts no vote. {@code
 * proposalId} and {@code proposalHash} are those of a {@link VoteStruct}.
 *
 * <p>The constructor throws {@link BallotException} ({@code field_malformed}, {@code address_*}).
 */
public record ReceiptStruct(String proposalId, String proposalHash, String voter)
    implements Eip712Struct {
  public static final String TYPE =
      "Receipt(bytes32 proposalId,bytes32 proposalHash,address voter)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public ReceiptStruct {
    proposalId = Hex.canonical(proposalId, 32);
    proposalHash = Hex.canonical(proposalHash, 32);
    voter = Hex.of(Signatures.parseAddress(voter));
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 3).bytes32(proposalId).bytes32(proposalHash).address(voter).hash();
  }
}
