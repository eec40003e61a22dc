package witan.ballot;

/**
 * The EIP-712 struct {@code AdoptLog}: a member agrees that the log goes on in a new generation
 * from what is left of it.
 *
 * @param council as in {@link DelegationStruct}, never null
 * @param oldSize of the tree that is closed
 * @param oldRoot of the same tree
 * @param newOrigin SHA-256 of the new origin's UTF-8 bytes
 * @param reasonHash SHA-256 of the published reason
 * @param deadline Unix seconds; expiry of the signature
 */
public record AdoptLogStruct(
    String council,
    long oldSize,
    String oldRoot,
    String newOrigin,
    String reasonHash,
    String member,
    long nonce,
    long deadline)
    implements Eip712Struct {
  public static final String TYPE =
      "AdoptLog(bytes32 council,uint64 oldSize,bytes32 oldRoot,bytes32 newOrigin,"
          + "bytes32 reasonHash,address member,uint64 nonce,uint64 deadline)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public AdoptLogStruct {
    council = Hex.canonical(council, 32);
    Words.requireUint("oldSize", oldSize, Long.MAX_VALUE);
    oldRoot = Hex.canonical(oldRoot, 32);
    newOrigin = Hex.canonical(newOrigin, 32);
    reasonHash = Hex.canonical(reasonHash, 32);
    member = Hex.of(Signatures.parseAddress(member));
    Words.requireUint("nonce", nonce, Long.MAX_VALUE);
    Words.requireUint("deadline", deadline, Long.MAX_VALUE);
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 8)
        .bytes32(council)
        .uint(oldSize)
        .bytes32(oldRoot)
        .bytes32(newOrigin)
        .bytes32(reasonHash)
        .address(member)
        .uint(nonce)
        .uint(deadline)
        .hash();
  }
}
