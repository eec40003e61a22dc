package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RegistryEvent;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/**
 * A member reports its key stolen; then a node logs a case whose every time is before that, voted
 * on with the electorate in which the key still stands.
 */
class SnapshotTest {
  private static final Instant FOUNDED = Story.START.minus(Duration.ofDays(60));
  private static final Instant BACK_DATED = Story.START.minus(Duration.ofDays(20));

  private final World world = new World(7);
  private final Council council = world.council();
  private final List<RegistryEvent> registry =
      List.of(
          council.founding(FOUNDED),
          new RegistryEvent.KeyRevoked(
              council.revocation(0), Story.START.minus(Duration.ofDays(10))));

  private List<CaseEvent> honest() {
    return new Story(council, Story.CASE, council.electorate(), BACK_DATED)
        .decide()
        .execute("rehearsal", StepOutcome.REHEARSED)
        .events();
  }

  private List<RegistryEvent> founding() {
    return registry.subList(0, 1);
  }

  private Bundle backDated() {
    return world.export(honest(), registry);
  }

  private static List<String> failed(Report report) {
    return report.lines().stream()
        .filter(l -> l.status() == Status.FAILED)
        .map(Line::name)
        .toList();
  }

  @Test
  void aBackDatedCaseRevivesNoRevokedKey() {
    Report report = world.verify(backDated());
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    assertTrue(failed(report).contains("electorate"), report.text());
  }

  @Test
  void whatVersionOneLoggedIsJudgedByItsRulesAndTheReportSaysSo() {
    world.logging(index -> 1);
    Report report = world.verify(backDated());
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertEquals(
        List.of("electorate", "policy"),
        report.lines().stream()
            .filter(l -> l.text().endsWith("by the rules of v 1"))
            .map(Line::name)
            .toList(),
        report.text());
  }

  @Test
  void theVersionOfTheOpeningChoosesTheRule() {
    // Leaf 0 is another's, 1 and 2 are the registry's, 3 another's; the vote opens at 7.
    for (int first : List.of(4, 5, 6, 7)) {
      world.logging(index -> index < first ? 1 : 2);
      assertTrue(failed(world.verify(backDated())).contains("electorate"), "from " + first);
    }
    world.logging(index -> index < 8 ? 1 : 2);
    Report report = world.verify(backDated());
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }

  @Test
  void noEntryOfVersionOneIsAcceptedAfterOneOfVersionTwo() {
    Bundle upgraded = world.logging(index -> index < 4 ? 1 : 2).export(honest(), founding());
    assertEquals(Verdict.PROVEN, world.verify(upgraded).verdict());
    for (int old : List.of(4, 6)) {
      Report report =
          world.verify(world.logging(i -> i == old ? 1 : 2).export(honest(), founding()));
      assertEquals(List.of("versions"), failed(report), report.text());
    }
  }

  @Test
  void theSameCaseIsProvenWhereNobodyReportedAKey() {
    Report report = world.verify(world.export(honest(), founding()));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }
}
