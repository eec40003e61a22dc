package witan.ballot;

/** What somebody signs: a flat EIP-712 struct. */
public interface Eip712Struct {
  /** EIP-712 {@code hashStruct}, 32 bytes. */
  byte[] structHash();

  /** The 32 bytes that are signed in the given domain. */
  default byte[] digest(byte[] domainSeparator) {
    return Eip712.digest(domainSeparator, structHash());
  }
}
