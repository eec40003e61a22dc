package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.domain.detection.Alert;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/**
 * A member reports its key stolen; then a node logs a case that it dates before that, and has it
 * voted on with the electorate in which the key still stands.
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
              council.revocation(1), Story.START.minus(Duration.ofDays(10))));

  /** Its alert says that it came at that time. */
  private List<CaseEvent> events(Instant start, Instant ingested) {
    String raw = "{}";
    Alert alert =
        anAlert()
            .sensor("falco")
            .id("a0")
            .title("A shell")
            .pod("demo", "shop", "web-1")
            .when(ingested)
            .techniques(List.of("T1059.004"))
            .raw(Council.HASHER.text(raw))
            .build();
    return new Story(council, Story.CASE, council.electorate(), start)
        .tell(new CaseCommand.RecordAlert(Story.CASE, "council", alert, raw))
        .decide()
        .refuse()
        .events();
  }

  private List<CaseEvent> honest() {
    return events(Story.START, Story.START);
  }

  private List<RegistryEvent> founding() {
    return registry.subList(0, 1);
  }

  /** The alert alone is: the log takes the times of its entries. */
  private Bundle backDated() {
    return world.export(events(Story.START, BACK_DATED), registry);
  }

  private static List<String> failed(Report report) {
    return report.lines().stream()
        .filter(l -> l.status() == Status.FAILED)
        .map(Line::name)
        .toList();
  }

  @Test
  void aBackDatedAlertRevivesNoRevokedKey() {
    Report report = world.verify(backDated());
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    assertEquals(List.of("electorate"), failed(report), report.text());
  }

  @Test
  void norDoesACaseWhoseEveryTimeIsBackDated() {
    Report report = world.verify(world.export(events(BACK_DATED, BACK_DATED), registry));
    assertTrue(failed(report).contains("electorate"), report.text());
  }

  @Test
  void whatVersionOneLoggedIsJudgedByItsRulesAndTheReportSaysSo() {
    world.logging((pid, seq) -> 1);
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
    // The vote opens at number 5.
    for (int first : List.of(2, 4, 5)) {
      world.logging((pid, seq) -> pid.startsWith("case|") && seq >= first ? 2 : 1);
      assertTrue(failed(world.verify(backDated())).contains("electorate"), "from " + first);
    }
    world.logging((pid, seq) -> pid.startsWith("case|") && seq >= 6 ? 2 : 1);
    Report report = world.verify(backDated());
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }

  @Test
  void noEntryOfVersionOneIsAcceptedAfterOneOfVersionTwo() {
    Bundle upgraded =
        world
            .logging((pid, seq) -> pid.startsWith("registry|") && seq == 1 ? 1 : 2)
            .export(honest(), founding());
    Report proven = world.verify(upgraded);
    assertEquals(Verdict.PROVEN, proven.verdict(), proven.text());
    for (int old : List.of(1, 3)) {
      world.logging((pid, seq) -> pid.startsWith("case|") && seq == old ? 1 : 2);
      Report report = world.verify(world.export(honest(), founding()));
      assertEquals(List.of("versions"), failed(report), report.text());
    }
  }

  @Test
  void theSameCaseIsProvenWhereNobodyReportedAKey() {
    Report report = world.verify(world.export(honest(), founding()));
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
  }
}
