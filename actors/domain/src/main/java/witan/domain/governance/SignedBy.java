package witan.domain.governance;

import java.util.Optional;
import java.util.function.Supplier;
import witan.domain.common.Address;
import witan.domain.common.Refusal;

/** Whether a signature is of the key that it is recorded for. */
public final class SignedBy {
  private SignedBy() {}

  /**
   * Empty where {@code signer} signed. Codes: that of {@link SignatureRefused}, {@code
   * signature_unrecoverable}, {@code signature_wrong_signer}.
   *
   * @param recovered asks {@link witan.domain.proposal.SignatureCheck} or {@link
   *     witan.domain.registry.StatementCheck}; costly, so it belongs after every other check
   */
  public static Optional<Refusal> problem(Address signer, Supplier<Address> recovered) {
    Address by;
    try {
      by = recovered.get();
    } catch (SignatureRefused refused) {
      return refuse(refused.code(), String.valueOf(refused.getMessage()));
    } catch (IllegalArgumentException unrecoverable) {
      return refuse("signature_unrecoverable", "the signature recovers no signer");
    }
    return by.equals(signer)
        ? Optional.empty()
        : refuse(
            "signature_wrong_signer",
            "the signature is not of " + signer + " over this content in this council's domain");
  }

  private static Optional<Refusal> refuse(String code, String message) {
    return Optional.of(
        new Refusal(code, message, "sign exactly the typed data that the council serves"));
  }
}
