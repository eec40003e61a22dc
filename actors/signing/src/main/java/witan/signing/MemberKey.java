package witan.signing;

import witan.ballot.BallotException;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.common.Address;

/** A member's secp256k1 key, which shows nothing of itself but its address. */
public final class MemberKey {
  private final byte[] key;
  private final Address address;

  private MemberKey(byte[] key) {
    this.key = key;
    this.address = new Address(Hex.of(Signatures.addressOf(key)));
  }

  /**
   * Reads 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException without a word of what was there
   */
  public static MemberKey read(String hex) {
    try {
      return new MemberKey(Hex.bytes(hex, 32));
    } catch (BallotException e) {
      throw new IllegalArgumentException("a key is 64 hexadecimal digits, of a number in [1, n)");
    }
  }

  public Address address() {
    return address;
  }

  /** Over the 32 bytes of {@link TypedData}. */
  public String sign(byte[] digest) {
    return Hex.of(Signatures.sign(digest, key));
  }
}
