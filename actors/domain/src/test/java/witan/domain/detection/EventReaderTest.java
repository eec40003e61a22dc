package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.detection.Event.event;
import static witan.domain.detection.Event.refused;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "<NA>"})
  void aTextThatSaysNothingIsAbsent(String nothing) throws AlertRefused {
    EventReader reader = event("a", nothing, "b", "said", "list", List.of(nothing, "x")).reader();

    assertNull(reader.text("a"));
    assertEquals("said", reader.firstText("a", "missing", "b"));
    assertEquals("said", reader.firstName("a", "b"));
    assertEquals("said", reader.firstCloudName("a", "b"));
    assertNull(reader.firstText("a", "missing"));
    assertNull(reader.firstName("a"));
    assertNull(reader.firstCloudName("a"));
    assertEquals(List.of("x"), reader.texts("list"));
  }

  @Test
  void aTextKeepsItsBlanks() throws AlertRefused {
    assertEquals(" <NA> ", event("a", " <NA> ").reader().text("a"));
  }

  @Test
  void aPathIsAFlattenedKeyOrANestedOne() throws AlertRefused {
    EventReader nested = event("a/b/c", "nested").reader();
    EventReader flat = event("a.b.c", "flat").reader();
    EventReader half = event("a/b.c", "half").reader();
    EventReader both = event("a/b/c", "nested", "a.b.c", "flat").reader();
    EventReader second = event("a.b/c", "second", "a/x", "elsewhere").reader();

    assertEquals("nested", nested.text("a.b.c"));
    assertEquals("flat", flat.text("a.b.c"));
    assertEquals("half", half.text("a.b.c"));
    assertEquals("flat", both.text("a.b.c"));
    assertEquals("second", second.text("a.b.c"));
    assertFalse(nested.has("a.b.d"));
    assertTrue(nested.has("a.b"));
    assertFalse(nested.has(".a"));
  }

  @Test
  void aPathDoesNotGoThroughATextOrAnArray() {
    refused("alert_wrong_type", () -> event("a", "text").reader().text("a.b"));
    refused("alert_wrong_type", () -> event("a", List.of(Map.of("b", "x"))).reader().text("a.b"));
  }

  @Test
  void onlyWhoAsksForBothSpellingsReadsTheOther() throws AlertRefused {
    EventReader plain = event("Service/Action/Kind", "x", "Names", List.of("y")).reader();
    EventReader both = plain.inBothSpellings();

    assertNull(plain.text("service.action.kind"));
    assertEquals("x", both.text("service.action.kind"));
    assertEquals("x", both.object("service").object("action").text("kind"));
    assertEquals(List.of("y"), both.texts("names"));
    assertEquals("x", both.text("Service.Action.Kind"));
    assertEquals("low", event("kind", "low", "Kind", "up").reader().inBothSpellings().text("kind"));
  }

  @Test
  void onlyWhoTakesTheFirstReadsAnArrayAsAText() throws AlertRefused {
    EventReader plain =
        event("a", List.of("x", "y"), "n", List.of(7L), "none", List.of(), "o/p", List.of("z"))
            .reader();

    refused("alert_wrong_type", () -> plain.text("a"));
    refused("alert_wrong_type", () -> plain.number("n"));
    EventReader first = plain.takingFirst();
    assertEquals("x", first.text("a"));
    assertEquals("7", first.nameOrNumber("n"));
    assertEquals(BigDecimal.valueOf(7), first.number("n"));
    assertEquals("z", first.object("o").text("p"));
    assertEquals("x", first.inBothSpellings().text("a"));
    assertEquals("x", plain.inBothSpellings().takingFirst().text("a"));
    refused("alert_wrong_type", () -> first.text("none"));
  }

  @Test
  void aValueOfAnotherTypeIsRefusedAndNotGuessed() {
    EventReader reader =
        event("n", 1L, "t", "x", "b", true, "o/x", 1L, "l", List.of(1L, "x")).reader();

    refused("alert_wrong_type", () -> reader.text("n"));
    refused("alert_wrong_type", () -> reader.name("b"));
    refused("alert_wrong_type", () -> reader.cloudName("o"));
    refused("alert_wrong_type", () -> reader.number("t"));
    refused("alert_wrong_type", () -> reader.flag("n"));
    refused("alert_wrong_type", () -> reader.object("t"));
    refused("alert_wrong_type", () -> reader.objects("l"));
    refused("alert_wrong_type", () -> reader.objects("t"));
    refused("alert_wrong_type", () -> reader.texts("l"));
    refused("alert_wrong_type", () -> reader.texts("n"));
    refused("alert_wrong_type", () -> reader.nameOrNumber("b"));
  }

  @Test
  void whatIsAbsentReadsAsNothing() throws AlertRefused {
    EventReader reader = new EventReader(Collections.singletonMap("null", null));

    for (String name : List.of("null", "missing", "miss.ing")) {
      assertNull(reader.text(name));
      assertNull(reader.name(name));
      assertNull(reader.number(name));
      assertNull(reader.nameOrNumber(name));
      assertFalse(reader.flag(name));
      assertFalse(reader.has(name));
      assertNull(reader.object(name).text("x"));
      assertEquals(List.of(), reader.objects(name));
      assertEquals(List.of(), reader.texts(name));
    }
  }

  @Test
  void aFlagIsABooleanOrItsText() throws AlertRefused {
    for (Object yes : List.of(true, "true", "TRUE", " True ")) {
      assertTrue(event("f", yes).reader().flag("f"), yes.toString());
    }
    for (Object no : List.of(false, "false", "yes", "1", "")) {
      assertFalse(event("f", no).reader().flag("f"), no.toString());
    }
  }

  @Test
  void oneInPlaceOfAnArrayIsAnArrayOfOne() throws AlertRefused {
    assertEquals(List.of("x"), event("a", "x").reader().texts("a"));
    List<EventReader> one = event("a/b", "x").reader().objects("a");
    assertEquals(1, one.size());
    assertEquals("x", one.get(0).text("b"));
  }

  @Test
  void emptyPlacesOfAnArrayArePassedOver() throws AlertRefused {
    EventReader reader =
        event("t", Arrays.asList("a", null, "b"), "o", Arrays.asList(null, Map.of("x", "y")))
            .reader();

    assertEquals(List.of("a", "b"), reader.texts("t"));
    assertEquals(1, reader.objects("o").size());
  }

  @Test
  void ofAnArrayTwoHundredAreLookedAt() throws AlertRefused {
    EventReader reader =
        event(
                "t", Collections.nCopies(201, "x"),
                "o", Collections.nCopies(201, Map.of("a", "b")),
                "good then bad", concat(Collections.nCopies(200, "x"), 1L))
            .reader();

    assertEquals(200, reader.texts("t").size());
    assertEquals(200, reader.objects("o").size());
    assertEquals(200, reader.texts("good then bad").size());
  }

  private static List<Object> concat(List<String> texts, Object last) {
    return Stream.concat(texts.stream(), Stream.of(last)).toList();
  }

  @Test
  void anIdentityIsRefusedBeyondItsLengthInsteadOfCut() throws AlertRefused {
    EventReader reader =
        event(
                "300", "n".repeat(300),
                "301", "n".repeat(301),
                "512", "n".repeat(512),
                "513", "n".repeat(513))
            .reader();

    assertEquals("n".repeat(300), reader.name("300"));
    refused("alert_too_long", () -> reader.name("301"));
    refused("alert_too_long", () -> reader.firstName("missing", "301", "300"));
    refused("alert_too_long", () -> reader.nameOrNumber("301"));
    assertEquals("n".repeat(512), reader.cloudName("512"));
    refused("alert_too_long", () -> reader.cloudName("513"));
    assertEquals(513, reader.text("513").length());
  }

  @ParameterizedTest
  @ValueSource(chars = {'\0', '\n', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029'})
  void anIdentityHoldsNothingThatATerminalOrALogObeys(char control) throws AlertRefused {
    EventReader reader = event("a", "pod" + control + "x").reader();

    refused("alert_bad_name", () -> reader.name("a"));
    refused("alert_bad_name", () -> reader.cloudName("a"));
    assertEquals("pod" + control + "x", reader.text("a"));
  }

  @Test
  void aNumberHasAtMostThirtyDigitsOnEitherSide() throws AlertRefused {
    for (String good : List.of("1E+30", "1E-30", "0", "-5.25", "9".repeat(30))) {
      assertEquals(new BigDecimal(good), event("n", new BigDecimal(good)).reader().number("n"));
    }
    for (String bad : List.of("1E+31", "1E-31", "9".repeat(31), "1E+2147483647", "1E-2147483647")) {
      refused("alert_bad_number", () -> event("n", new BigDecimal(bad)).reader().number("n"));
    }
    assertEquals(
        BigDecimal.valueOf(Long.MIN_VALUE), event("n", Long.MIN_VALUE).reader().number("n"));
  }

  @Test
  void anIdentityMayBeANumber() throws AlertRefused {
    assertEquals("-7", event("a", -7L).reader().nameOrNumber("a"));
    assertEquals("7a", event("a", "7a").reader().nameOrNumber("a"));
    refused("alert_wrong_type", () -> event("a", new BigDecimal("1.5")).reader().nameOrNumber("a"));
  }

  @Test
  void aTextIsCutBetweenCharactersOnly() {
    assertEquals("abc", EventReader.cut("abc", 3));
    assertEquals("ab", EventReader.cut("abc", 2));
    assertEquals("a", EventReader.cut("a\ud83d\udc1ab", 2));
    assertEquals("a\ud83d\udc1a", EventReader.cut("a\ud83d\udc1ab", 3));
  }

  @Test
  void whatIsRequiredIsNamedInTheRefusal() throws AlertRefused {
    assertEquals("x", EventReader.required("rule", "x"));
    AlertRefused refused =
        assertThrows(AlertRefused.class, () -> EventReader.required("rule", null));
    assertEquals("alert_missing_field", refused.refusal().code());
    assertTrue(refused.refusal().message().contains("\"rule\""));
  }
}
