package witan.domain.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.playbook.Document.document;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.Flaw;
import witan.domain.fixtures.Tree;

class PlaybookParserTest {

  private static void refusedAlone(Object tree, String code, String pointer) {
    Parsed.Refused refused = (Parsed.Refused) PlaybookParser.parse(tree);
    assertEquals(List.of(code), refused.problems().stream().map(Flaw::code).toList());
    assertEquals(pointer, refused.problems().get(0).pointer());
  }

  @Test
  void aDocumentThatSaysWhatItMustIsAPlaybook() {
    Playbook playbook = document().with("modified", "2026-11-23T01:02:03Z").accepted();

    assertEquals(Document.ID, playbook.id());
    assertEquals("Isolate", playbook.name());
    assertEquals("2026-11-23T01:02:03Z", playbook.modified());
    assertEquals(0, playbook.impact());
    assertEquals(Document.START, playbook.workflow().start());
    assertEquals("", document().accepted().modified());
  }

  @Test
  void onlyAnObjectIsAPlaybook() {
    refusedAlone(null, "playbook_not_an_object", "");
    refusedAlone(List.of(document().tree()), "playbook_not_an_object", "");
    refusedAlone("text", "playbook_not_an_object", "");
  }

  /** One thing wrong: that is said where it is, and nothing else. */
  @ParameterizedTest
  @CsvSource({
    "id, , playbook_missing_field",
    "id, '', playbook_wrong_type",
    "id, playbook--1, playbook_bad_id",
    "id, PLAYBOOK--00000000-0000-4000-8000-000000000000, playbook_bad_id",
    "type, playbook-template, playbook_bad_type",
    "spec_version, cacao-1.1, playbook_unsupported_version",
    "spec_version, cacao-2.1, playbook_unsupported_version",
    "name, , playbook_missing_field",
  })
  void whatEveryPlaybookSaysIsRequired(String field, String value, String code) {
    refusedAlone(document().with(field, value).tree(), code, "/" + field);
  }

  @Test
  void aRevokedPlaybookIsNoneAndARevocationIsABoolean() {
    refusedAlone(document().with("revoked", true).tree(), "playbook_revoked", "/revoked");
    refusedAlone(document().with("revoked", "no").tree(), "playbook_wrong_type", "/revoked");
    document().with("revoked", false).accepted();
  }

  @Test
  void theImpactIsAWholeNumberFrom0To100() {
    assertEquals(0, document().with("impact", 0L).accepted().impact());
    assertEquals(100, document().with("impact", 100L).accepted().impact());
    for (Object bad : List.of(-1L, 101L, new BigDecimal("20.5"))) {
      refusedAlone(document().with("impact", bad).tree(), "playbook_out_of_range", "/impact");
    }
    refusedAlone(document().with("impact", "20").tree(), "playbook_wrong_type", "/impact");
  }

  @Test
  void aTextHasTenThousandCharacters() {
    document().with("name", "n".repeat(10_000)).accepted();
    refusedAlone(
        document().with("name", "n".repeat(10_001)).tree(), "playbook_wrong_type", "/name");
    refusedAlone(document().with("name", 7L).tree(), "playbook_wrong_type", "/name");
  }

  // ---- variables

  private static Document variable(String name, Object... fields) {
    return document()
        .with("playbook_variables/" + name, Tree.with(Map.of("type", "string"), fields));
  }

  @Test
  void aVariableIsConstantOrExternalOnlyWhereItSaysSo() {
    assertEquals(
        new Variable("string", null, false, false),
        variable("__a__").accepted().variables().get("__a__"));
    assertEquals(
        new Variable("integer", "7", true, true),
        variable("__a__", "type", "integer", "value", "7", "constant", true, "external", true)
            .accepted()
            .variables()
            .get("__a__"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bool",
        "hexstring",
        "integer",
        "ipv4-addr",
        "ipv6-addr",
        "long",
        "mac-addr",
        "md5-hash",
        "sha256-hash",
        "string",
        "uri",
        "uuid"
      })
  void aVariableIsOfATypeThatCanStandInAText(String type) {
    variable("__a__", "type", type).accepted();
    variable("__a__", "type", type + "s")
        .refused("variable_not_supported", "playbook_variables/__a__/type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "__a_", "_a__", "__1__", "____", "__a b__", "__\u00e4__"})
  void aVariableIsNamedLikeThis(String name) {
    variable(name).refused("variable_bad_name", "playbook_variables/" + name);
  }

  @Test
  void aNameHas200CharactersBetweenItsUnderscores() {
    String longest = "__" + "a".repeat(200) + "__";
    variable(longest).accepted();
    String longer = "__" + "a".repeat(201) + "__";
    variable(longer).refused("variable_bad_name", "playbook_variables/" + longer);
  }

  @Test
  void aPlaybookHasAHundredVariables() {
    Map<String, Object> variables = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      variables.put("__a" + i + "__", Map.of("type", "string"));
    }
    document().with("playbook_variables", variables).accepted();
    variables.put("__z__", Map.of("type", "string"));
    document()
        .with("playbook_variables", variables)
        .refused("variable_bad_name", "playbook_variables/__z__");
  }

  @Test
  void whatAVariableSaysIsOfItsType() {
    document()
        .with("playbook_variables/__a__", "x")
        .refused("playbook_wrong_type", "playbook_variables/__a__");
    document()
        .with("playbook_variables/__a__/value", "x")
        .refused("playbook_missing_field", "playbook_variables/__a__/type");
    variable("__a__", "value", 7L).refused("playbook_wrong_type", "playbook_variables/__a__/value");
    variable("__a__", "constant", "yes")
        .refused("playbook_wrong_type", "playbook_variables/__a__/constant");
  }

  // ---- problems

  @Test
  void everyProblemIsSaidUpToFifty() {
    assertEquals(
        List.of("playbook_bad_type", "playbook_unsupported_version", "playbook_missing_field"),
        document().with("type", "x", "spec_version", "x", "name", null).problems().stream()
            .map(Flaw::code)
            .toList());
    Map<String, Object> variables = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      variables.put("bad " + i, Map.of());
    }
    assertEquals(50, document().with("playbook_variables", variables).problems().size());
  }

  @Test
  void aPointerIsEscapedAndCut() {
    Document slashed =
        document().with("playbook_variables", Map.of("a/b~c", Map.of("type", "string")));
    assertEquals("/playbook_variables/a~1b~0c", slashed.problems().get(0).pointer());
    Document longer =
        document().with("playbook_variables", Map.of("x".repeat(400), Map.of("type", "string")));
    assertEquals(300, longer.problems().get(0).pointer().length());
  }
}
