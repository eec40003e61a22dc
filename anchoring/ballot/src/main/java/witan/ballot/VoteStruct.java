package witan.ballot;

import java.math.BigInteger;

/**
 * One ballot as it is signed. Hashes are 32 bytes and addresses 20 bytes, kept as {@code 0x} and
 * lower-case digits; {@code support} is a uint8, {@code optionMask} a uint256, {@code nonce} and
 * {@code deadline} (seconds since the epoch, expiry of the signature) are at most 2^63-1.
 *
 * <p>The constructor throws {@link BallotException} ({@code field_malformed}, {@code address_*}).
 */
public record VoteStruct(
    String proposalId,
    String proposalHash,
    String voter,
    int support,
    BigInteger optionMask,
    long nonce,
    long deadline,
    String reasonHash)
    implements Eip712Struct {
  public static final String TYPE =
      "Vote(bytes32 proposalId,bytes32 proposalHash,address voter,uint8 support,"
          + "uint256 optionMask,uint64 nonce,uint64 deadline,bytes32 reasonHash)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public VoteStruct {
    proposalId = Hex.canonical(proposalId, 32);
    proposalHash = Hex.canonical(proposalHash, 32);
    voter = Hex.of(Signatures.parseAddress(voter));
    Words.requireUint("support", support, 255);
    Words.requireUint256("optionMask", optionMask);
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
    reasonHash = Hex.canonical(reasonHash, 32);
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 8)
        .bytes32(proposalId)
        .bytes32(proposalHash)
        .address(voter)
        .uint(support)
        .uint(optionMask)
        .uint(nonce)
        .uint(deadline)
        .bytes32(reasonHash)
        .hash();
  }
}
