package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.address;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import witan.domain.common.Address;
import witan.domain.common.Refusal;

class SignedByTest {
  private static Optional<String> code(Supplier<Address> recovered) {
    return SignedBy.problem(address(1), recovered).map(Refusal::code);
  }

  @Test
  void aSignatureIsOfTheSignerWhomItIsRecordedFor() {
    assertEquals(Optional.empty(), code(() -> address(1)));
    assertEquals(Optional.of("signature_wrong_signer"), code(() -> address(2)));
  }

  @Test
  void whatRecoversNobodySaysWhy() {
    assertEquals(
        Optional.of("signature_unrecoverable"),
        code(
            () -> {
              throw new IllegalArgumentException("not on the curve");
            }));
    Optional<Refusal> refused =
        SignedBy.problem(
            address(1),
            () -> {
              throw new SignatureRefused("signature_high_s", "s is in the upper half");
            });
    assertEquals("signature_high_s", refused.orElseThrow().code());
    assertEquals("s is in the upper half", refused.orElseThrow().message());
  }

  /** A flood of bad signatures costs no stack traces. */
  @Test
  void aRefusedSignatureHasNoStackTrace() {
    assertEquals(0, new SignatureRefused("signature_length", "64 bytes").getStackTrace().length);
  }
}
