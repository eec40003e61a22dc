package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.governance.Weights;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.Snapshot;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryVersions;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.NoteSigner;
import witan.signing.StatementSignatures;

/** A case that is approved by what verdicts before it made of a member's weight. */
class JudgedWeightsTest {
  private static final Instant JUDGED = Story.START.minus(Duration.ofDays(10));
  private static final Policy BY_REPUTATION = weighted(Council.POLICY);

  private final Council council = Council.of(8).under(List.of(BY_REPUTATION), null);
  private final World world =
      new World(council, NoteSigner.generate(World.ORIGIN, new SecureRandom()));

  private static Policy weighted(Policy p) {
    return aPolicy(p).weighting(Weighting.REPUTATION).build();
  }

  /** Four times member 0 has proposed what turned out true, says member 1. */
  private List<RegistryEvent> judged() {
    List<RegistryEvent> registry = new ArrayList<>(List.of(world.founding()));
    for (int i = 0; i < 4; i++) {
      CaseId caseId = new CaseId("case-of-" + i);
      registry.add(council.verdict(caseId, Verdict.TRUE_POSITIVE, 1, 1, i + 1, JUDGED));
      registry.add(
          new RegistryEvent.VerdictRecorded(
              caseId,
              0,
              new VerdictFacts(Verdict.TRUE_POSITIVE, "member0", List.of(), List.of()),
              List.of(new Gain("member0", 3)),
              JUDGED,
              (long) registry.size()));
    }
    return registry;
  }

  private static Electorate weights(List<RegistryEvent> registry) {
    RegistryVersions versions =
        new RegistryVersions(new RegistryAggregate(Council.HASHER, new StatementSignatures()));
    registry.forEach(event -> versions.add(versions.current().seq(), event));
    return Electorates.asOf(
            versions,
            Snapshot.now(new LogPlace(registry.size(), Story.START.plusSeconds(1))),
            BY_REPUTATION.minimumHolding(),
            Weighting.REPUTATION,
            Weights.WHOLE_BPS,
            Urgency.ROUTINE)
        .orElseThrow();
  }

  /** Half of all tokens are for it, and those of member 0 count for more. */
  private List<CaseEvent> events(Electorate electorate) {
    return new Story(council, Story.CASE, electorate, Story.START)
        .under(BY_REPUTATION)
        .alert("a1")
        .open()
        .vote(1, Support.AGAINST, 0)
        .vote(2, Support.AGAINST, 0)
        .vote(0, Support.FOR, 1)
        .vote(3, Support.FOR, 1)
        .execute("rehearsal", StepOutcome.REHEARSED)
        .events();
  }

  private static List<String> failed(Report report) {
    return report.lines().stream()
        .filter(l -> l.status() == Status.FAILED)
        .map(Line::name)
        .toList();
  }

  @Test
  void theRecountCountsByWhatVerdictsMadeOfTheWeights() {
    Electorate electorate = weights(judged());
    Report report = world.verify(world.export(events(electorate), judged(), electorate));
    assertEquals(List.of(), failed(report), report.text());
    assertEquals(List.of("causes"), report.open(), report.text());
    assertTrue(
        report.text().contains("4 verdicts stand on members' statements on record"), report.text());
  }

  @Test
  void weightsOfVerdictsThatTheRegistryDoesNotHaveAreSeen() {
    Electorate electorate = weights(judged());
    Report report =
        world.verify(world.export(events(electorate), List.of(world.founding()), electorate));
    assertTrue(failed(report).contains("electorate"), report.text());
  }

  @Test
  void weightsThatNoMemberStandsBehindAreSeen() {
    Electorate electorate = weights(judged());
    List<RegistryEvent> unsaid = new ArrayList<>(judged());
    RegistryEvent.VerdictRecorded last = (RegistryEvent.VerdictRecorded) unsaid.remove(8);
    unsaid.set(
        7,
        new RegistryEvent.VerdictRecorded(
            last.caseId(), last.part(), last.facts(), last.gains(), last.at(), null));
    Report report = world.verify(world.export(events(electorate), unsaid, electorate));
    assertTrue(failed(report).contains("founding"), report.text());
  }
}
