package witan.codec.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.json.JsonRefused;
import witan.domain.common.Address;
import witan.domain.common.Digest;

class TrustFileTest {
  private static final TrustFile FILE =
      new TrustFile(
          "a/log",
          "key",
          List.of(),
          new TrustedChain(1337, new Digest("ab".repeat(32)), new Address("0x" + "cd".repeat(20))),
          new Digest("ef".repeat(32)));

  private static TrustFile parse(String text) {
    return TrustFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text() {
    return new String(FILE.bytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x"})
  void hexadecimalIsReadWithAndWithoutItsPrefixInEitherCase(String prefix) {
    String other =
        text()
            .replace("ab".repeat(32), prefix + "AB".repeat(32))
            .replace("0x" + "cd".repeat(20), prefix + "Cd".repeat(20))
            .replace("ef".repeat(32), prefix + "ef".repeat(32));

    assertEquals(FILE, parse(other));
  }

  @Test
  void witnessesAndTheWarningOfACouncilMayBeThereOrNot() {
    assertEquals(FILE, parse(text().replace(",\"witnesses\":[]", "")));
    assertEquals(FILE, parse(text().replace("{\"chain\"", "{\"warning\":\"claims\",\"chain\"")));
  }

  @Test
  void whatACouncilSaysBeforeItsFoundingIsNoTrustFile() {
    String unfounded = text().replace("\"" + "ef".repeat(32) + "\"", "null");

    JsonRefused refused = assertThrows(JsonRefused.class, () -> parse(unfounded));

    assertEquals("trust_no_council", refused.refusal().code());
  }

  @Test
  void anythingElseIsRefused() {
    assertThrows(JsonRefused.class, () -> parse(text().replace("a/log\"", "a/log\",\"x\":1")));
    assertThrows(JsonRefused.class, () -> parse(text().replace("ab".repeat(32), "ab".repeat(31))));
    assertThrows(JsonRefused.class, () -> parse(text().toUpperCase(Locale.ROOT)));
  }
}
