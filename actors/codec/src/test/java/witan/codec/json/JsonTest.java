package witan.codec.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.codec.Refusals.assertRefused;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.Arbitrary;
import witan.codec.Samples;
import witan.codec.bundle.TrustedChain;
import witan.domain.common.LeftOut;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Target;

class JsonTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode parse(String text) {
    return Json.parse(utf8(text), Limits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        "+1",
        ".5",
        "1.",
        "{'a':1}",
        "{a:1}",
        "\"\t\"",
        "// c\n1",
        "/* */1",
        "1 2",
        "{} {}",
        "[] x",
        "tru",
        "\"\\x\"",
        "\ufeff1"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertRefused("json_malformed", () -> parse(text));
  }

  @Test
  void invalidUtf8IsRefused() {
    for (String hex : List.of("22ff22", "22c080" + "22", "22eda08022", "22f490808022", "22c3")) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      assertRefused("json_malformed", () -> Json.parse(bytes, Limits.DEFAULT));
    }
    assertRefused(
        "json_malformed", () -> Json.parse("{}".getBytes(StandardCharsets.UTF_16), Limits.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\\ud800\"", "\"\\uDC00\\ud800\"", "{\"\\ud83d\":1}", "[[\"\\uDfff\"]]"})
  void halfSurrogatesAreRefused(String text) {
    assertRefused("json_bad_text", () -> parse(text));
  }

  @Test
  void escapedPairsAreRead() {
    assertEquals("\ud83d\udc1a", parse("\"\\ud83d\\udc1a\"").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":1}", "[{\"b\":{\"a\":1,\"\\u0061\":2}}]"})
  void namesGivenTwiceAreRefused(String text) {
    assertRefused("json_duplicate_name", () -> parse(text));
  }

  @Test
  void limitsHoldAtTheirEdges() {
    Limits limits = new Limits(100, 3, 5);
    assertEquals(3, Json.parse(utf8("[[[]]]"), limits).toString().length() / 2);
    assertRefused("json_too_large", () -> Json.parse(utf8("[[[[]]]]"), limits));
    assertEquals("12345", Json.parse(utf8("\"12345\""), limits).textValue());
    assertRefused("json_too_large", () -> Json.parse(utf8("\"123456\""), limits));
    assertRefused("json_too_large", () -> Json.parse(utf8("{\"123456\":1}"), limits));
    byte[] full = utf8("\"a\"" + " ".repeat(97));
    assertEquals("a", Json.parse(full, limits).textValue());
    assertRefused("json_too_large", () -> Json.parse(Arrays.copyOf(full, 101), limits));
    assertRefused("json_too_large", () -> parse("[".repeat(65) + "]".repeat(65)));
    assertRefused("json_too_large", () -> parse("[".repeat(500_000)));
    assertRefused("json_too_large", () -> parse("9".repeat(101)));
  }

  @Test
  void aTreeHoldsPlainValues() {
    Object tree = Json.toTree(parse("{\"b\":[1,1.5,9223372036854775808,true,null],\"a\":\"x\"}"));
    assertEquals(
        Arrays.asList(1L, new BigDecimal("1.5"), new BigDecimal("9223372036854775808"), true, null),
        ((Map<?, ?>) tree).get("b"));
    assertEquals("[b, a]", ((Map<?, ?>) tree).keySet().toString());
  }

  /** RFC 8785 sections 3.2.2 to 3.2.4, and its Appendix B. */
  @Test
  void theExamplesOfTheRfcAgree() {
    String input =
        "{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"
            + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
            + "\"literals\":[null,true,false]}";
    // 333333333.33333329 is the one number of the example that a double does not hold exactly
    assertRefused("json_out_of_range", () -> Json.canonical(parse(input)));
    assertEquals(
        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        text(parse(input.replace("333333333.33333329", "333333333.3333333"))));
    String names =
        "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,"
            + "\"\\u00f6\":7}";
    assertEquals(
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,"
            + "\"\ufb33\":3}",
        text(parse(names)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-0.0, 0",
    "1.0, 1",
    "1e21, 1e+21",
    "1e20, 100000000000000000000",
    "5e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "0.1, 0.1",
    "9007199254740991, 9007199254740991",
    "-9007199254740991, -9007199254740991"
  })
  void numbersAreWrittenAsEcmaScriptDoes(String in, String out) {
    assertEquals(out, text(parse(in)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992", "-9007199254740992", "123456789012345678901234567890", "1e400",
        "1e-400", "0.12345678901234567890123", "1e999999999", "1e-999999999"
      })
  void numbersThatWouldChangeAreRefused(String number) {
    JsonNode node = parse(number);
    assertRefused("json_out_of_range", () -> Json.canonical(node));
  }

  /** The library is the oracle: it is independent of the writer in everything but doubles. */
  @Test
  void randomDocumentsAgreeWithTheLibrary() throws Exception {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      // the library reads only arrays and objects at the top
      String document = "[" + document(random, new Arbitrary(random), 4) + "]";
      byte[] canonical = Json.canonical(parse(document));
      assertArrayEquals(
          new JsonCanonicalizer(document).getEncodedUTF8(), canonical, "seed " + seed);
      assertArrayEquals(
          canonical, Json.canonical(Json.parse(canonical, Limits.DEFAULT)), "seed " + seed);
    }
  }

  private static String document(Random random, Arbitrary arbitrary, int depth) {
    StringBuilder out = new StringBuilder();
    switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0 -> out.append(random.nextLong(-(1L << 53) + 1, 1L << 53));
      case 1 -> out.append(Float.toString(random.nextFloat() * random.nextInt(1 << 20)));
      case 2 -> out.append(Json.mapper().valueToTree(arbitrary.text()).toString());
      case 3 -> out.append(random.nextBoolean() ? "null" : "true");
      case 4 -> {
        out.append("[ ");
        for (int i = random.nextInt(4); i >= 0; i--) {
          out.append(document(random, arbitrary, depth - 1)).append(i == 0 ? "" : " , ");
        }
        out.append("]");
      }
      default -> {
        out.append("{");
        for (int i = random.nextInt(6); i >= 0; i--) {
          out.append(Json.mapper().valueToTree(arbitrary.text() + i).toString())
              .append(": ")
              .append(document(random, arbitrary, depth - 1))
              .append(i == 0 ? "" : ",\n");
        }
        out.append("}");
      }
    }
    return out.toString();
  }

  private static String text(JsonNode node) {
    return new String(Json.canonical(node), StandardCharsets.UTF_8);
  }

  @Test
  void recordsAreReadStrictly() {
    String good = new String(Json.canonical(Samples.policy()), StandardCharsets.UTF_8);
    assertEquals(Samples.policy(), Json.read(Policy.class, utf8(good)));
    Map<String, List<String>> bad =
        Map.of(
            "json_missing_field", List.of("\"version\":1", "\"other\":1"),
            "json_null", List.of("\"version\":1", "\"version\":null"),
            "json_wrong_type", List.of("\"version\":1", "\"version\":\"1\""),
            "json_out_of_range", List.of("\"version\":1", "\"version\":9007199254740992"),
            "json_bad_value", List.of("\"PT5M\"", "\"PT300S\""));
    bad.forEach(
        (code, change) ->
            assertRefused(
                code,
                () -> Json.read(Policy.class, utf8(good.replace(change.get(0), change.get(1))))));
    assertRefused(
        "json_unknown_field",
        () -> Json.read(Policy.class, utf8(good.replace("{", "{\"extra\":1,"))));
    for (String other :
        List.of(
            good.replace("6000", "10001"),
            good.replace("6000", "6000.0"),
            good.replace("6000", "2147483648"),
            good.replace("PARTICIPATION", "participation"),
            good.replace("\"PARTICIPATION\"", "0"),
            good.replace("PT5M", "five minutes"),
            "[]",
            "null",
            "\"paper\"")) {
      assertThrows(JsonRefused.class, () -> Json.read(Policy.class, utf8(other)), other);
    }
  }

  private record Grown(int a, @LeftOut @Nullable String b) {}

  @Test
  void whatOlderContentDoesNotHaveIsLeftOutAndNeverNull() {
    assertEquals(
        "{\"a\":1}", new String(Json.canonical(new Grown(1, null)), StandardCharsets.UTF_8));
    assertEquals(
        "{\"a\":1,\"b\":\"x\"}",
        new String(Json.canonical(new Grown(1, "x")), StandardCharsets.UTF_8));
    assertEquals(new Grown(1, null), Json.read(Grown.class, utf8("{\"a\":1}")));
    assertEquals(new Grown(1, "x"), Json.read(Grown.class, utf8("{\"a\":1,\"b\":\"x\"}")));
    assertRefused("json_null", () -> Json.read(Grown.class, utf8("{\"a\":1,\"b\":null}")));
    assertRefused("json_unknown_field", () -> Json.read(Grown.class, utf8("{\"a\":1,\"c\":2}")));
  }

  @Test
  void aRefusalPointsToThePlace() {
    String ballot = new String(Json.canonical(Samples.ballot()), StandardCharsets.UTF_8);
    JsonRefused refused =
        assertRefused(
            "json_bad_value",
            () -> Json.read(SignedBallot.class, utf8(ballot.replace(Samples.ANA.hex(), "0xAA"))));
    assertTrue(refused.refusal().message().startsWith("/ballot/voter:"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x", "AA", "+1", "007", "1e3", "-0", " 1"})
  void oneValueHasOneSpelling(String number) {
    String ballot = new String(Json.canonical(Samples.ballot()), StandardCharsets.UTF_8);
    String mask = Samples.ballot().ballot().optionMask().toString();
    assertRefused(
        "json_bad_value", () -> Json.read(SignedBallot.class, utf8(ballot.replace(mask, number))));
  }

  @Test
  void writingRefusesWhatReadingWould() {
    assertRefused("json_bad_text", () -> Json.canonical(new Target("\ud800", null, "Pod", "x")));
    assertRefused(
        "json_out_of_range",
        () -> Json.canonical(new TrustedChain(1L << 53, Samples.digest(1), Samples.ANA)));
    assertRefused("json_bad_value", () -> Json.format(Samples.AT.plusNanos(1)));
    assertRefused("json_bad_value", () -> Json.format(Instant.MAX));
    assertThrows(
        IllegalArgumentException.class, () -> Json.canonical(new Target(null, null, "Pod", "x")));
  }

  @Test
  void theMapperFollowsTheSameRules() throws Exception {
    String text = Json.mapper().writeValueAsString(List.of(Samples.policy()));
    assertEquals("[" + text(Json.node(Samples.policy())) + "]", text);
    assertEquals(
        Samples.policy(),
        Json.mapper().readValue(text.substring(1, text.length() - 1), Policy.class));
    assertThrows(
        JsonMappingException.class, () -> Json.mapper().readValue("{\"name\":1}", Policy.class));
  }
}
