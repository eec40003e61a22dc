package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.detection.Event.refused;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Techniques, tactics and severities, however a sensor spells them. */
class TechniquesTest {

  @ParameterizedTest
  @CsvSource({
    "T1059, T1059",
    "t1059, T1059",
    "' T1059 ', T1059",
    "T1059.004, T1059.004",
    "T1059_004, T1059.004",
    "mitre_t1059, T1059",
    "mitre-t1059.004, T1059.004",
    "attack.t1059, T1059",
    "T1562-impair-defenses, T1562",
    "T1562.001: Disable or Modify Tools, T1562.001",
    "https://attack.mitre.org/techniques/T1059, T1059",
    "https://attack.mitre.org/techniques/T1059/004/, T1059.004",
    "http://attack.mitre.org/techniques/T1059/, T1059",
  })
  void anIdOfItsShapeIsBelievedInEachSpelling(String text, String id) {
    assertEquals(List.of(id), new Techniques().add(text).ids());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "TA0005",
        "T105",
        "T10599",
        "T1059.04",
        "T1059.0044",
        "xT1059",
        "attack-t1059",
        "T1059x",
        "https://example.org/techniques/T1059",
        "https://attack.mitre.org/techniques/T1059/004/x",
        "https://attack.mitre.org/tactics/TA0005",
      })
  void everythingElseIsPassedOver(String text) {
    assertEquals(List.of(), new Techniques().add(text).add(null).ids());
  }

  @Test
  void aCommentOfAHundredCharactersIsPassedOverAndALongerOneIsNone() {
    assertEquals(List.of("T1059"), new Techniques().add("T1059 " + "x".repeat(100)).ids());
    assertEquals(List.of(), new Techniques().add("T1059 " + "x".repeat(101)).ids());
    assertEquals(List.of(), new Techniques().add(" ".repeat(296) + "T1059").ids());
    assertEquals(List.of("T1059"), new Techniques().add(" ".repeat(295) + "T1059").ids());
  }

  @Test
  void techniquesAreSortedOnceAndThirtyTwoAtMost() {
    assertEquals(
        List.of("T1001", "T1059", "T1059.004"),
        new Techniques().addAll(List.of("T1059.004", "T1059", "t1001", "T1059")).ids());
    List<String> many = IntStream.range(0, 40).mapToObj(n -> "T" + (1000 + n)).toList();
    assertEquals(many.subList(0, 32), new Techniques().addAll(many).ids());
  }

  @ParameterizedTest
  @EnumSource
  void aTacticIsFoundByIdAndByItsNameInEachSpelling(Tactic tactic) {
    String words = tactic.name().replace('_', ' ');
    for (String text :
        List.of(
            tactic.id(),
            tactic.id().toLowerCase(Locale.ROOT),
            tactic.name(),
            words,
            words.toLowerCase(Locale.ROOT).replace(' ', '-'),
            words.replace(" ", ""))) {
      assertEquals(List.of(tactic), new Tactics().add(text).list(), text);
    }
  }

  @Test
  void tacticsAreListedOnceInTheOrderOfAnAttack() {
    assertEquals(
        List.of(Tactic.RECONNAISSANCE, Tactic.COMMAND_AND_CONTROL, Tactic.EXFILTRATION),
        new Tactics()
            .addAll(List.of("exfiltration", "TA0011", "Shopping", "", "TA0043", "TA0010"))
            .add((String) null)
            .add(Optional.empty())
            .add(Optional.of(Tactic.EXFILTRATION))
            .list());
  }

  @Test
  void aTextBeyondSixtyCharactersIsNoTactic() {
    assertEquals(List.of(Tactic.IMPACT), new Tactics().add("impact" + " ".repeat(54)).list());
    assertEquals(List.of(), new Tactics().add("impact" + " ".repeat(55)).list());
  }

  @Test
  void stepsAreCountedInBothDirections() {
    assertEquals(0, Tactic.IMPACT.stepsTo(Tactic.IMPACT));
    assertEquals(1, Tactic.EXFILTRATION.stepsTo(Tactic.COMMAND_AND_CONTROL));
    assertEquals(13, Tactic.RECONNAISSANCE.stepsTo(Tactic.IMPACT));
    assertEquals(13, Tactic.IMPACT.stepsTo(Tactic.RECONNAISSANCE));
  }

  @ParameterizedTest
  @CsvSource({
    "unknown, UNKNOWN",
    "SEVERITY_UNSPECIFIED, UNKNOWN",
    "Info, INFORMATIONAL",
    "informational, INFORMATIONAL",
    "' low ', LOW",
    "MEDIUM, MEDIUM",
    "moderate, MEDIUM",
    "High, HIGH",
    "critical, CRITICAL",
    "fatal, FATAL",
  })
  void aSeverityIsKnownByItsEnglishNameInAnyCase(String name, Severity severity)
      throws AlertRefused {
    assertEquals(severity, Severities.known(name));
    assertEquals(severity, Severities.named(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "severe", "hoch", "high!"})
  void anotherWordIsNoSeverity(String name) {
    assertEquals(null, Severities.known(name));
    refused("alert_bad_severity", () -> Severities.named(name));
  }

  @Test
  void aBoundIsReachedByTheNumberItself() {
    assertEquals(true, Severities.atLeast(new BigDecimal("7.0"), 7));
    assertEquals(false, Severities.atLeast(new BigDecimal("6.9999999999"), 7));
  }
}
