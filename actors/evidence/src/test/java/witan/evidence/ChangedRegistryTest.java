package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.codec.entry.Entry;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.governance.Weights;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.proposal.Snapshot;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryVersions;
import witan.domain.registry.Seat;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.signing.StatementSignatures;

/** A registry that grew by a vote, and in which somebody delegated. */
class ChangedRegistryTest {
  private static final Instant DECIDED = Story.START.minus(Duration.ofDays(20));

  private final World world = new World(3);
  private final Council council = world.council();
  private final RegistryEvent founding = council.founding(Story.START.minus(Duration.ofDays(30)));
  private final SignedDraft draft =
      council.propose(
          new Draft(
              "council", ProposalKind.MEMBERSHIP, "new joins", List.of(), List.of(), change()),
          0,
          DECIDED.getEpochSecond() + 600);
  private final CaseId caseId = DraftRules.caseId(draft, Council.HASHER);
  private final Story governed =
      proposed().vote(0, Support.FOR, 1).vote(1, Support.FOR, 1).vote(2, Support.FOR, 1);

  private Story proposed() {
    return new Story(council, caseId, council.electorate(), DECIDED).propose(draft);
  }

  private static RegistryChange change() {
    return admit(BigInteger.TEN);
  }

  private static RegistryChange admit(BigInteger tokens) {
    return new RegistryChange.AdmitMembers(
        List.of(new Seat("new", "other", "legal", new Address("0x" + "ab".repeat(20)), tokens)));
  }

  private RegistryEvent applied(Digest proposalHash) {
    return new RegistryEvent.ChangeApplied(
        caseId, proposalHash, change(), DECIDED.plusSeconds(600));
  }

  private RegistryEvent delegated(int signer) {
    long expiry = Story.START.plus(Duration.ofDays(90)).getEpochSecond();
    return new RegistryEvent.Delegated(
        council.delegation(1, 2, expiry, signer), DECIDED.plus(Duration.ofDays(9)));
  }

  private RegistryEvent delegatedTo(@Nullable Digest named) {
    long expiry = Story.START.plus(Duration.ofDays(90)).getEpochSecond();
    return new RegistryEvent.Delegated(
        council.delegation(named, 1, 2, expiry, 1), DECIDED.plus(Duration.ofDays(9)));
  }

  private Bundle export(List<RegistryEvent> registry, List<CaseEvent> decision) {
    return export(registry, caseId, decision);
  }

  private Bundle export(List<RegistryEvent> registry, CaseId caseId, List<CaseEvent> decision) {
    RegistryVersions versions =
        new RegistryVersions(new RegistryAggregate(Council.HASHER, new StatementSignatures()));
    registry.forEach(event -> versions.add(versions.current().seq(), event));
    Electorate electorate =
        Electorates.asOf(
                versions,
                Snapshot.now(new LogPlace(registry.size(), Story.START.plusSeconds(1))),
                Council.POLICY.minimumHolding(),
                Weighting.TOKEN,
                Weights.WHOLE_BPS,
                Urgency.ROUTINE)
            .orElseThrow();
    List<CaseEvent> events =
        new Story(council, Story.CASE, electorate, Story.START)
            .decide()
            .execute("rehearsal", StepOutcome.REHEARSED)
            .events();
    return world.export(events, registry, caseId, decision, electorate);
  }

  private Bundle good() {
    return export(
        List.of(founding, applied(governed.proposalHash()), delegated(1)), governed.events());
  }

  private static void fails(String check, Report report) {
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    assertEquals(
        List.of(check),
        report.lines().stream().filter(l -> l.status() == Status.FAILED).map(Line::name).toList(),
        report.text());
  }

  @Test
  void anElectorateIsProvenFromTheFoundingAndTheDecidedChanges() {
    Report report = world.verify(good());
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(report.text().contains("5 members hold 110 votes"), report.text());
    assertTrue(report.text().contains("1 changes of the registry were decided"), report.text());
    assertTrue(report.text().contains("3 later entries of the registry"), report.text());
  }

  @Test
  void aDecisionThatIsNotThereCannotBeChecked() {
    Bundle without = world.withDecisions(good(), List.of());
    assertEquals(Verdict.COULD_NOT_CHECK, world.verify(without).verdict());
  }

  @Test
  void aChangeThatWasNotApprovedIsSeen() {
    Story rejected = proposed().vote(0, Support.AGAINST, 0).deadline();
    fails(
        "changes",
        world.verify(
            export(List.of(founding, applied(rejected.proposalHash())), rejected.events())));
  }

  @Test
  void aChangeOfAnotherProposalIsSeen() {
    fails(
        "changes",
        world.verify(export(List.of(founding, applied(Digest.ZERO)), governed.events())));
  }

  @Test
  void anotherChangeThanTheApprovedOneIsSeen() {
    RegistryEvent other =
        new RegistryEvent.ChangeApplied(
            caseId,
            governed.proposalHash(),
            admit(BigInteger.valueOf(11)),
            DECIDED.plusSeconds(600));
    Report report = world.verify(export(List.of(founding, other), governed.events()));
    fails("changes", report);
    assertTrue(report.text().contains("another change was proposed"), report.text());
  }

  @Test
  void aDecisionWithABallotMissingIsSeen() {
    List<CaseEvent> events = new java.util.ArrayList<>(governed.events());
    events.remove(3);
    fails(
        "changes",
        world.verify(export(List.of(founding, applied(governed.proposalHash())), events)));
  }

  @Test
  void aForgedDelegationIsSeen() {
    Report report =
        world.verify(
            export(
                List.of(founding, applied(governed.proposalHash()), delegated(2)),
                governed.events()));
    fails("founding", report);
    assertTrue(report.text().contains("signature_wrong_signer"), report.text());
  }

  /** A name of 96 bits, with which somebody might open the case of one proposal twice. */
  @Test
  void aCaseUnderAnOldNameCountsInEntriesOfVersion1Alone() {
    CaseId old = DraftRules.oldCaseId(draft, Council.HASHER);
    Story before =
        new Story(council, old, council.electorate(), DECIDED)
            .proposeAsBefore(draft)
            .vote(0, Support.FOR, 1)
            .vote(1, Support.FOR, 1)
            .vote(2, Support.FOR, 1);
    RegistryEvent applied =
        new RegistryEvent.ChangeApplied(
            old, before.proposalHash(), change(), DECIDED.plusSeconds(600));

    fails("changes", world.verify(export(List.of(founding, applied), old, before.events())));

    world.logging((pid, seq) -> pid.equals("case|" + old) || pid.startsWith("registry|") ? 1 : 2);
    Report report = world.verify(export(List.of(founding, applied), old, before.events()));
    assertEquals(
        List.of(Status.OK),
        report.lines().stream().filter(l -> l.name().equals("changes")).map(Line::status).toList(),
        report.text());
  }

  private Report withDelegationTo(@Nullable Digest named) {
    return world.verify(
        export(
            List.of(founding, applied(governed.proposalHash()), delegatedTo(named)),
            governed.events()));
  }

  @Test
  void aDelegationThatWasSaidToAnotherCouncilIsSeen() {
    Report report = withDelegationTo(new World(4).council().charterHash());
    fails("founding", report);
    assertTrue(report.text().contains("statement_not_this_council"), report.text());
  }

  @Test
  void aDelegationUnderTheOldTypeCountsInAnEntryOfVersion1Alone() {
    world.logging((pid, seq) -> pid.startsWith("registry|") && seq > 3 ? 2 : 1);
    Report old = withDelegationTo(null);
    assertEquals(
        List.of(Status.OK),
        old.lines().stream().filter(l -> l.name().equals("founding")).map(Line::status).toList(),
        old.text());

    world.logging((pid, seq) -> Entry.VERSION);
    Report report = withDelegationTo(null);
    fails("founding", report);
    assertTrue(report.text().contains("statement_not_this_council"), report.text());
  }
}
