package witan.ballot;

/**
 * A member's proposal as it is signed. {@code contentHash} is 32 bytes, {@code proposer} an
 * address, kept as {@code 0x} and lower-case digits; {@code nonce} and {@code deadline} (seconds
 * since the epoch) are at most 2^63-1.
 *
 * <p>The constructor throws {@link BallotException} ({@code field_malformed}, {@code address_*}).
 */
public record ProposalStruct(String contentHash, String proposer, long nonce, long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "Proposal(bytes32 contentHash,address proposer,uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public ProposalStruct {
    contentHash = Hex.canonical(contentHash, 32);
    proposer = Hex.of(Signatures.parseAddress(proposer));
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 4)
        .bytes32(contentHash)
        .address(proposer)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
