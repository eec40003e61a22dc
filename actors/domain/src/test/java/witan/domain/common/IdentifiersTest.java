package witan.domain.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names things in the log: of one spelling each, so that equal things are equal. */
class IdentifiersTest {
  private static final String SIXTY_TWO = "0f".repeat(31);

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0g", "0F", "0f0f", " f", "+f", "０f"})
  void aDigestIs64LowerCaseDigits(String end) {
    assertThrows(IllegalArgumentException.class, () -> new Digest(SIXTY_TWO + end));
  }

  @Test
  void aDigestIsItsBytes() {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) 0xab;
    bytes[31] = 1;
    Digest digest = Digest.of(bytes);
    assertEquals("ab" + "0".repeat(60) + "01", digest.hex());
    assertArrayEquals(bytes, digest.bytes());
    assertEquals(Digest.ZERO, Digest.of(new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> Digest.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> Digest.of(new byte[33]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0x",
        "0x52908400098527886e0f7030069857d2e4169ee",
        "0x52908400098527886e0f7030069857d2e4169ee70",
        "1x52908400098527886e0f7030069857d2e4169ee7",
        "0052908400098527886e0f7030069857d2e4169ee7",
        "0x52908400098527886e0f7030069857d2e4169eeg"
      })
  void anAddressIs0xAnd40Digits(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Address(text));
  }

  @Test
  void anAddressHasOneSpellingWhateverCaseWasGiven() {
    String checksummed = "0x52908400098527886E0F7030069857D2E4169EE7";
    Address address = new Address(checksummed);
    assertEquals(new Address(checksummed.toLowerCase(Locale.ROOT)), address);
    assertEquals(checksummed.toLowerCase(Locale.ROOT), address.toString());
    assertEquals(20, address.bytes().length);
    assertEquals((byte) 0xe7, address.bytes()[19]);
    assertEquals(address, new Address("0X" + checksummed.substring(2)));
  }

  /** It is part of persistence ids, of paths and of file names. */
  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a b", "a/b", "a|b", "a.b", "a_b", "ä", "a\n", "\na", "a\0"})
  void aCaseIdHasNoCharacterThatMeansSomethingElsewhere(String text) {
    assertThrows(IllegalArgumentException.class, () -> new CaseId(text));
  }

  @Test
  void aCaseIdHas1To64Characters() {
    assertEquals("-", new CaseId("-").toString());
    assertEquals("z9-", new CaseId("z9-").value());
    assertEquals("a".repeat(64), new CaseId("a".repeat(64)).value());
    assertThrows(IllegalArgumentException.class, () -> new CaseId("a".repeat(65)));
  }

  /** The two are told apart by one, where pseudonyms are made. */
  @Test
  void anIdentityHoldsNoNul() {
    assertThrows(IllegalArgumentException.class, () -> new Identity("a\0", "b", "n"));
    assertThrows(IllegalArgumentException.class, () -> new Identity("a", "\0b", "n"));
    assertEquals("n\0", new Identity("a", "b", "n\0").name(), "it is only read by people");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, false",
    "0, true",
    "9007199254740991, true",
    "9007199254740992, false",
    "9223372036854775807, false"
  })
  void aNaturalNumberIsOneThatEveryReaderOfJsonKeeps(long value, boolean kept) {
    assertEquals(kept, JsonNumbers.natural(value));
    if (kept) {
      assertEquals(value, (long) (double) value, "as a double has it");
    }
  }

  @Test
  void aPersonsNamesAreSealedUnderTheKeyOfTheirPseudonym() {
    assertEquals("person|p1:abc", Person.keyOf("p1:abc"));
  }

  @Test
  void whatIsAcceptedHasEventsAndKeepsThem() {
    assertThrows(IllegalArgumentException.class, () -> Decision.accept(List.of()));
    List<String> events = new ArrayList<>(List.of("a"));
    Decision<String> accepted = Decision.accept(events);
    events.add("b");
    assertEquals(new Decision.Accepted<>(List.of("a")), accepted);
    assertEquals(Decision.accept("a"), accepted);
  }

  /** Entry 0 of the generation after, and of no other. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 7, true",
    "1, 1, 0, 7, false",
    "2, 0, 0, 7, false",
    "0, 0, 0, 0, false",
    "3, 0, 2, 0, true",
    "1, 0, 2, 0, false"
  })
  void aGenerationBeginsWithTheFirstPlaceAfterTheOneBefore(
      int generation, long index, int before, long last, boolean begins) {
    assertEquals(
        begins, LogIndex.begins(LogIndex.of(generation, index), LogIndex.of(before, last)));
  }

  @Test
  void theLastPlaceOfATreeIsStillInIt() {
    long last = LogIndex.of(4, LogIndex.LIMIT - 1);
    assertEquals(4, LogIndex.generation(last));
    assertEquals(LogIndex.LIMIT - 1, LogIndex.inTree(last));
    assertTrue(last < LogIndex.of(5, 0));
    assertFalse(LogIndex.begins(last, last));
  }

  @Test
  void theLaterOfTwoTimesIsTheOtherWhereThereIsNone() {
    Instant one = Instant.EPOCH;
    Instant two = one.plusMillis(1);
    assertEquals(two, LoggedTimes.later(one, two));
    assertEquals(two, LoggedTimes.later(two, one));
    assertEquals(one, LoggedTimes.later(null, one));
  }
}
