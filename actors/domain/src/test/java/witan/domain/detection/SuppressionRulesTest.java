package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.Fixtures.START;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;

class SuppressionRulesTest {
  private static SuppressionRule rule(
      String id, String sensor, String cluster, String rule, Severity atMost, Instant until) {
    return new SuppressionRule(
        id, "the nightly scan", sensor, cluster, null, rule, null, atMost, until);
  }

  private static boolean suppressed(SuppressionRule rule, Severity severity) {
    Alert alert =
        anAlert()
            .sensor("suricata-1")
            .id("a")
            .format("suricata")
            .rule("2010935")
            .title("t")
            .severity(severity)
            .of(new Resource(ResourceKind.HOST, "eu-1", null, "web-1"))
            .techniques(List.of())
            .raw(Digest.ZERO)
            .build();
    return new SuppressionRules(1, List.of(rule)).of(alert).isPresent();
  }

  @Test
  void aRuleSuppressesWhatAllItsPatternsFit() {
    assertEquals(
        true, suppressed(rule("r", null, null, "2010935", Severity.LOW, null), Severity.LOW));
    assertEquals(
        true, suppressed(rule("r", "suri*", "eu-1", "20*", Severity.LOW, null), Severity.LOW));
    assertEquals(
        false, suppressed(rule("r", "suri*", "us-*", "20*", Severity.LOW, null), Severity.LOW));
    assertEquals(
        false, suppressed(rule("r", null, null, "201093", Severity.LOW, null), Severity.LOW));
  }

  @Test
  void whatIsGraverThanTheRuleAllowsIsNeverSuppressed() {
    SuppressionRule rule = rule("r", null, null, "2010935", Severity.MEDIUM, null);
    assertEquals(true, suppressed(rule, Severity.MEDIUM));
    assertEquals(false, suppressed(rule, Severity.HIGH));
    assertThrows(
        IllegalArgumentException.class, () -> rule("r", null, null, "x", Severity.CRITICAL, null));
  }

  @Test
  void aRuleEnds() {
    assertEquals(
        true,
        suppressed(rule("r", null, null, "2*", Severity.LOW, START.plusSeconds(1)), Severity.LOW));
    assertEquals(false, suppressed(rule("r", null, null, "2*", Severity.LOW, START), Severity.LOW));
  }

  @Test
  void aRuleThatSilencesEverythingIsRefused() {
    for (String everything : new String[] {null, "*"}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> rule("r", everything, "eu-1", everything, Severity.LOW, null));
    }
    assertThrows(
        IllegalArgumentException.class, () -> rule("R!", "s", null, null, Severity.LOW, null));
    SuppressionRule one = rule("r", "s", null, null, Severity.LOW, null);
    assertThrows(IllegalArgumentException.class, () -> new SuppressionRules(1, List.of(one, one)));
  }

  @Test
  void thereAreAThousandRulesOfAVersionFromZero() {
    List<SuppressionRule> rules =
        IntStream.range(0, 1_001)
            .mapToObj(i -> rule("r" + i, "s", null, null, Severity.LOW, null))
            .toList();

    assertEquals(1_000, new SuppressionRules(0, rules.subList(0, 1_000)).rules().size());
    assertThrows(IllegalArgumentException.class, () -> new SuppressionRules(0, rules));
    assertThrows(IllegalArgumentException.class, () -> new SuppressionRules(-1, List.of()));
  }

  @Test
  void aRuleSaysWhyAndHasANameOf64() {
    assertEquals("a".repeat(64), named("a".repeat(64), "why").id());
    assertEquals(512, named("r", "w".repeat(512)).reason().length());
    for (String id : List.of("", "-a", "A", "a_b", "a".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> named(id, "why"));
    }
    for (String reason : List.of("", " ", "w".repeat(513))) {
      assertThrows(IllegalArgumentException.class, () -> named("r", reason));
    }
  }

  private static SuppressionRule named(String id, String reason) {
    return new SuppressionRule(id, reason, "s", null, null, null, null, Severity.LOW, null);
  }
}
