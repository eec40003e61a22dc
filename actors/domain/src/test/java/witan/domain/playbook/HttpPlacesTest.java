package witan.domain.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where variables stand, what they may hold there, and what decides by them. */
class HttpPlacesTest {

  private static String filled(String place, String text, String value) {
    return HttpPlaces.fill(Map.of(place, text), Map.of("__a__", value)).get(place);
  }

  private static void refused(String place, String text, String value) {
    assertThrows(IllegalArgumentException.class, () -> filled(place, text, value));
  }

  // ---- values in requests

  @ParameterizedTest
  @CsvSource({
    "web-1, /t/web-1/x",
    "a b, /t/a%20b/x",
    "a&b, /t/a%26b/x",
    "\u00e4, /t/%C3%A4/x",
    "__b__:value, /t/__b__%3Avalue/x",
  })
  void aValueIsOneSegmentOfThePath(String value, String path) {
    assertEquals(path, filled("path", "/t/__a__:value/x", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "a\\b", "a%2fb", "a?b", "a#b", "a;b", "a\nb", ""})
  void aValueThatWouldLeaveItsSegmentIsRefused(String value) {
    refused("path", "/t/__a__:value/x", value);
  }

  @Test
  void inAQueryAValueIsAnythingAndStaysAValue() {
    assertEquals("/t?q=a%26b%3Dc%2F..", filled("path", "/t?q=__a__:value", "a&b=c/.."));
    assertEquals("/t?q=", filled("path", "/t?q=__a__:value", ""));
  }

  @Test
  void aPathIsFilledInItsNormalForm() {
    assertEquals("/t/x%C3%A4", filled("path", "/%74/__a__:value%c3%a4", "x"));
    refused("path", "/" + "t".repeat(4_090) + "/__a__:value", "1234567");
    assertEquals(4_096, filled("path", "/" + "t".repeat(4_090) + "/__a__:value", "1234").length());
  }

  @ParameterizedTest
  @CsvSource({
    "web-1, web-1",
    "a\"b, a\\\"b",
    "a\\b, a\\\\b",
    "'a\nb', a\\u000ab",
    "\u00e4, \u00e4",
    "\ud83d\udc1a, \\ud83d\\udc1a",
    "\ud83d, \\ud83d",
  })
  void inContentAValueStaysInItsStringOfJson(String value, String escaped) {
    assertEquals(
        "{\"a\":\"" + escaped + "\"}", filled("content", "{\"a\":\"__a__:value\"}", value));
  }

  @Test
  void aHeadersValueStaysOnItsLine() {
    assertEquals("case ~ 1", filled("header.x-a", "case __a__:value", "~ 1"));
    for (String bad : new String[] {"a\r\nHost: x", "\t", "\u00e4", "\u007f"}) {
      refused("header.x-a", "case __a__:value", bad);
    }
    // no header: nothing that travels as one
    assertEquals("\u00e4", filled("connection", "__a__:value", "\u00e4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"__a__:value\"} | | true",
        "[\"__a__:value\"] | application/json | true",
        "\"__a__:value\" | Application/JSON; charset=utf-8 | true",
        "{\"a\":\"__a__:value\"} | application/vnd.x+json | true",
        "{\"a\":\"__a__:value\"} | text/json | false",
        "{\"a\":\"__a__:value\"} | application/jsonp | false",
        "{\"a\":\"\\\"\",\"b\":\"__a__:value\"} | | true",
        "{\"a\":\"x\\__a__:value\"} | | false",
        "{\"a\":\"\\\\__a__:value\"} | | true",
        "{__a__:value:\"a\"} | | false",
        "{\"a\":\"b\"}__a__:value | | false",
        "no variable at all | text/plain | true",
      })
  void aVariableOfAContentStandsInAStringOfJson(String content, String type, boolean good) {
    assertEquals(good, HttpPlaces.inStrings(content, type == null ? "" : type));
  }

  // ---- variables

  @Test
  void aVariableIsItsNameBetweenUnderscoresWithValueBehindIt() {
    assertEquals(
        Set.of("__a__", "__b-1__"),
        Variables.in("x __a__:value __b-1__:value __c__ __d__:valu __1__:value"));
    assertEquals(Set.of(2, 16), Variables.starts("x __a__:value y __a__:value"));
  }

  @Test
  void whatAValueBringsInIsNotLookedAtAgain() {
    assertEquals(
        "__b__:value $1 \\ x",
        Variables.fill(
            "__a__:value __b__:value", Map.of("__a__", "__b__:value $1", "__b__", "\\ x")));
    assertEquals("__z__:value", Variables.fill("__z__:value", Map.of("__a__", "x")));
  }

  // ---- conditions

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "__a__:value = 'x', true",
        "__a__:value='x', true",
        "__a__:value = 'y', false",
        "__a__:value != 'y', true",
        "__a__:value != 'x', false",
        "__a__:value = 'x' AND __b__:value = 'y', true",
        "__a__:value = 'x' AND __b__:value = 'z', false",
        "__a__:value = 'z' OR __b__:value = 'y', true",
        "__a__:value = 'z' OR __b__:value = 'z', false",
        "__b__:value = 'x OR y', false",
      })
  void aConditionComparesTexts(String text, boolean holds) {
    assertEquals(
        holds, Condition.parse(text).orElseThrow().holds(Map.of("__a__", "x", "__b__", "y")), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "__a__:value",
        "__a__ = 'x'",
        "__a__:value == 'x'",
        "__a__:value > 'x'",
        "__a__:value = x",
        "__a__:value = 'x\\'",
        "__a__:value = 'x' AND",
        "__a__:value = 'x' AND __b__:value = 'y' OR __a__:value = 'z'",
        "NOT __a__:value = 'x'",
        "(__a__:value = 'x')",
      })
  void whatIsNotOfTheGrammarIsNoCondition(String text) {
    assertEquals(true, Condition.parse(text).isEmpty(), text);
  }

  @Test
  void aConditionHasTwentyTermsOf400Characters() {
    String term = "__a__:value = 'x'";
    assertEquals(
        20, Condition.parse((term + " AND ").repeat(19) + term).orElseThrow().terms().size());
    assertEquals(true, Condition.parse((term + " AND ").repeat(20) + term).isEmpty());
    assertEquals(false, Condition.parse("__a__:value = '" + "x".repeat(400) + "'").isEmpty());
    assertEquals(true, Condition.parse("__a__:value = '" + "x".repeat(401) + "'").isEmpty());
  }

  // ---- parameters of Kubernetes' actions

  @ParameterizedTest
  @CsvSource({
    "LABEL, witan.org/quarantine, true",
    "LABEL, quarantine, true",
    "LABEL, a/b/c, false",
    "LABEL, /b, false",
    "LABEL, UPPER/b, false",
    "LABEL, -b, false",
    "VALUE, c-1_x.Y, true",
    "VALUE, '', false",
    "VALUE, -c, false",
    "TEXT, '', true",
    "TEXT, any text: \u00e4, true",
    "TEXT, 'a\nb', false",
    "NAME, deny-1, true",
    "NAME, Deny, false",
    "NAME, a.b, false",
    "SUBJECT, system:serviceaccount:shop/web@x, true",
    "SUBJECT, a b, false",
    "SUBJECT_KIND, Group, true",
    "SUBJECT_KIND, Node, false",
    "OPTIONAL_NAMESPACE, '', true",
    "OPTIONAL_NAMESPACE, shop, true",
    "OPTIONAL_NAMESPACE, Shop, false",
    "DATA_KEY, tls.key, true",
    "DATA_KEY, a/b, false",
    "REVISION, previous, true",
    "REVISION, 1, true",
    "REVISION, 999999999, true",
    "REVISION, 0, false",
    "REVISION, 1000000000, false",
    "REVISION, next, false",
    "CIDRS, 10.0.0.0/8, true",
    "CIDRS, 'fe80::/10,10.0.0.0/8', true",
    "CIDRS, '10.0.0.0/8,', false",
    "CIDRS, 10.0.0.0, false",
    "CIDRS, '10.0.0.0/8, 10.0.0.0/8', false",
  })
  void aParameterIsWhatKubernetesAllows(ParameterType type, String value, boolean allowed) {
    assertEquals(allowed, type.allows(value), type + " " + value);
  }

  @ParameterizedTest
  @CsvSource({
    "VALUE, a, 63",
    "TEXT, a, 400",
    "NAME, a, 200",
    "SUBJECT, a, 253",
    "OPTIONAL_NAMESPACE, a, 63",
    "DATA_KEY, a, 253",
    "CIDRS, '10.0.0.0/8,', 32",
  })
  void aParameterHasALength(ParameterType type, String piece, int most) {
    int cut = piece.endsWith(",") ? 1 : 0;
    String longest = piece.repeat(most);
    String longer = piece.repeat(most + 1);

    assertEquals(true, type.allows(longest.substring(0, longest.length() - cut)));
    assertEquals(false, type.allows(longer.substring(0, longer.length() - cut)));
  }

  @Test
  void onlyTextsAndNamespacesMayBeLeftOut() {
    for (ParameterType type : ParameterType.values()) {
      boolean optional = type == ParameterType.TEXT || type == ParameterType.OPTIONAL_NAMESPACE;
      assertEquals(optional, type.optional(), type.name());
    }
  }
}
