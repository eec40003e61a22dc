package witan.signing;

import java.util.function.Supplier;
import witan.ballot.BallotException;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.common.Address;

/** From a signature to its signer. */
final class Recovery {
  private Recovery() {}

  /**
   * Who signed the digest.
   *
   * @throws IllegalArgumentException when no address can be recovered: malformed, high s, ...
   */
  static Address signer(String signature, Supplier<byte[]> digest) {
    try {
      return new Address(Hex.of(Signatures.recover(digest.get(), Hex.bytes(signature, 65))));
    } catch (BallotException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
