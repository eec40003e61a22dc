package witan.codec.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.Identity;

/** Pseudonyms, and the names that are sealed beside them. */
class PersonsTest {
  private static final Identity OLGA = new Identity("https://id.example", "olga-7", "Olga O.");
  private static final String PSEUDONYM = "p1:AAAAAAAAAAAAAAAAAAAAAA";

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  /** Made with Python's hmac module. */
  @Test
  void aPseudonymIsTheKeyedHashOfIssuerAndSubjectAlone() {
    PseudonymKey key = new PseudonymKey(key(1));
    assertEquals("p1:iqQwA8mxMr_l5dK7zIggwA", key.pseudonym(OLGA));
    assertEquals(
        key.pseudonym(OLGA), key.pseudonym(new Identity(OLGA.issuer(), OLGA.subject(), "Olga X.")));
    assertNotEquals(key.pseudonym(OLGA), new PseudonymKey(key(2)).pseudonym(OLGA));
    assertNotEquals(
        key.pseudonym(new Identity("a", "bc", "")), key.pseudonym(new Identity("ab", "c", "")));
    assertThrows(IllegalArgumentException.class, () -> new Identity("a\0b", "c", ""));
    assertThrows(IllegalArgumentException.class, () -> new PseudonymKey(new byte[31]));
  }

  @Test
  void onlyThePersonsKeyOpensTheNameAndForThatPseudonymAlone() {
    String sealed = SealedPerson.seal(key(1), PSEUDONYM, OLGA);
    assertEquals(sealed, SealedPerson.seal(key(1), PSEUDONYM, OLGA), "equal on every node");
    assertEquals(Optional.of(OLGA), SealedPerson.open(key(1), PSEUDONYM, sealed));
    assertEquals(Optional.empty(), SealedPerson.open(key(2), PSEUDONYM, sealed));
    assertEquals(Optional.empty(), SealedPerson.open(key(1), PSEUDONYM.replace("A", "B"), sealed));
    assertEquals(Optional.empty(), SealedPerson.open(key(1), PSEUDONYM, "no base64!"));
    byte[] bytes = Base64.getUrlDecoder().decode(sealed);
    assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("olga"));
  }
}
