package witan.ballot;

/**
 * A founding member's assent to the council's charter. {@code charterHash} is 32 bytes, {@code
 * founder} an address, kept as {@code 0x} and lower-case digits.
 *
 * <p>The constructor throws {@link BallotException} ({@code field_malformed}, {@code address_*}).
 */
public record FoundingStruct(String charterHash, String founder) implements Eip712Struct {
  public static final String TYPE = "Founding(bytes32 charterHash,address founder)";
  static final byte[] TYPE_HASH = Words.typeHash(TYPE);

  public FoundingStruct {
    charterHash = Hex.canonical(charterHash, 32);
    founder = Hex.of(Signatures.parseAddress(founder));
  }

  @Override
  public byte[] structHash() {
    return new Words(TYPE_HASH, 2).bytes32(charterHash).address(founder).hash();
  }
}
