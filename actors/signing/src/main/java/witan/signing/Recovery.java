package witan.signing;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import witan.ballot.BallotException;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.common.Address;
import witan.domain.governance.SignatureRefused;

/** From a signature to its signer. */
final class Recovery {
  /** One text for each signature, because a ballot is known again by its digest. */
  private static final Pattern TEXT = Pattern.compile("0x[0-9a-f]{130}");

  private Recovery() {}

  /**
   * Who signed the digest.
   *
   * @throws SignatureRefused with the code of {@link BallotException}
   */
  static Address signer(String signature, Supplier<byte[]> digest) {
    if (!TEXT.matcher(signature).matches()) {
      throw new SignatureRefused(
          BallotException.SIGNATURE_MALFORMED,
          "a signature is 0x and 130 lower-case hexadecimal digits");
    }
    try {
      return new Address(Hex.of(Signatures.recover(digest.get(), Hex.bytes(signature, 65))));
    } catch (BallotException e) {
      throw new SignatureRefused(e.code(), String.valueOf(e.getMessage()));
    }
  }
}
