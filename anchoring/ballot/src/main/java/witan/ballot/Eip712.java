package witan.ballot;

/**
 * EIP-712 for flat static structs, hashed by hand: {@code keccak256(0x1901 || domainSeparator ||
 * structHash)}.
 */
public final class Eip712 {
  private static final byte[] DOMAIN_TYPE_HASH =
      Words.typeHash(
          "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final byte[] PREFIX = {0x19, 0x01};

  private Eip712() {}

  /**
   * A signing domain with all four usual fields. The address is kept as {@code 0x} and lower-case
   * digits; a mixed-case spelling must carry a right EIP-55 checksum.
   */
  public record Domain(String name, String version, long chainId, String verifyingContract) {
    public Domain {
      Words.requireUint("chainId", chainId, Long.MAX_VALUE);
      verifyingContract = Hex.of(Signatures.parseAddress(verifyingContract));
    }
  }

  /** The 32-byte separator of a domain. A council has one domain: compute it once and keep it. */
  public static byte[] domainSeparator(Domain domain) {
    return new Words(DOMAIN_TYPE_HASH, 4)
        .string(domain.name())
        .string(domain.version())
        .uint(domain.chainId())
        .address(domain.verifyingContract())
        .hash();
  }

  /** The 32 bytes that are signed. */
  public static byte[] digest(byte[] domainSeparator, byte[] structHash) {
    return Keccak256.hash(PREFIX, domainSeparator, structHash);
  }
}
