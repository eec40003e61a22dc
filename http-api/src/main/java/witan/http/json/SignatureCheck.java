package witan.http.json;

import java.util.Arrays;
import witan.ballot.BallotException;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.domain.common.Address;
import witan.domain.common.Refusal;
import witan.http.error.Code;
import witan.http.error.Problem;

/** Checks a member's signature on the HTTP node, before anything else is asked. */
public final class SignatureCheck {
  private SignatureCheck() {}

  /**
   * Recovers the signer and compares.
   *
   * @param digest the 32 bytes that were signed
   * @param signature {@code 0x} and 130 lower-case digits
   * @throws Problem with the code of {@link BallotException}, or {@code signature_wrong_signer}
   */
  public static void require(byte[] digest, String signature, Address signer) {
    if (!signature.matches("0x[0-9a-f]{130}")) {
      throw Problem.of(
          Code.SIGNATURE_MALFORMED,
          "A signature is 0x and 130 lower-case hexadecimal digits.",
          "Send r, s and v as one string.");
    }
    byte[] recovered;
    try {
      recovered = Signatures.recover(digest, Hex.bytes(signature, 65));
    } catch (BallotException e) {
      throw refused(e);
    }
    if (!Arrays.equals(recovered, signer.bytes())) {
      throw Problem.of(
          Code.SIGNATURE_WRONG_SIGNER,
          "The signature is not of " + signer + " over this content in this council's domain.",
          "Sign exactly the typed data that the council serves.");
    }
  }

  /** What the ballot library refuses, as a problem. */
  public static Problem refused(BallotException e) {
    return Problem.of(
        new Refusal(e.code(), String.valueOf(e.getMessage()), "Sign again; nothing was changed."));
  }
}
