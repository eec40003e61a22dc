package witan.domain.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.RAW;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.founders;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.detection.Severity;
import witan.domain.fixtures.CharterBuilder;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.PolicyTable.Row;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.Snapshot;
import witan.domain.registry.Charter;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryVersions;

/** Whose word a provisional containment stands on is the council's to say, not the case's. */
class EvidencedContainmentTest {
  private static final Policy POLICY = aPolicy().build();
  private static final Policy OTHER = aPolicy().named("other").quorum(1).build();
  private static final AlertTrust SIGNED = new AlertTrust(true, List.of("falco-1"));
  private static final Snapshot FIRST = Snapshot.now(new LogPlace(1, START));

  /** Urgent incidents may be contained on the signed alerts of one sensor, others not at all. */
  private static CharterBuilder council() {
    return aCharter()
        .policies(POLICY, OTHER)
        .table(
            new PolicyTable(
                1,
                List.of(
                    new Row(Urgency.ROUTINE, 0, POLICY.name(), null, false),
                    new Row(Urgency.ELEVATED, 0, POLICY.name(), null, false),
                    new Row(Urgency.URGENT, 0, POLICY.name(), null, true, SIGNED))));
  }

  private static RegistryHistory founded(CharterBuilder builder) {
    Charter charter = builder.build();
    RegistryVersions versions = new RegistryVersions(new RegistryAggregate(HASHER, STATEMENTS));
    versions.add(
        0,
        new RegistryEvent.CouncilFounded(
            charter, HASHER.charter(charter), founders(charter), null, START));
    return versions;
  }

  private static CaseRun opened(Severity severity, Policy policy, boolean containment) {
    Urgency urgency = severity == Severity.CRITICAL ? Urgency.URGENT : Urgency.ROUTINE;
    Electorate electorate = anElectorate(electorate(50, 30, 20)).urgency(urgency).build();
    CaseRun run = new CaseRun(electorate);
    run.accepted(
        new CaseCommand.RecordAlert(CASE, COUNCIL, anAlert().severity(severity).build(), RAW));
    run.accepted(open(open(electorate, policy, List.of(option("a", 10))), null, containment));
    return run;
  }

  private static Optional<AlertTrust> trust(CaseRun run) {
    return new PolicyEvidence(run.events).containment(founded(council()), FIRST);
  }

  private static Optional<String> problem(CaseRun run, CharterBuilder council) {
    return new PolicyEvidence(run.events).problem(founded(council), FIRST);
  }

  @Test
  void whereTheRowAllowsItItIsOnTheAlertsThatTheRowNames() {
    CaseRun run = opened(Severity.CRITICAL, POLICY, true);
    assertEquals(Optional.of(SIGNED), trust(run));
    assertEquals(Optional.empty(), problem(run, council()));
  }

  @Test
  void aCaseThatSaysItMayWhereTheRowDoesNotIsFoundOut() {
    CaseRun run = opened(Severity.LOW, POLICY, true);
    assertEquals(Optional.empty(), trust(run));
    assertTrue(problem(run, council()).isPresent());
  }

  @Test
  void aCaseThatSaysItMayNotWhereTheRowDoesIsFoundOutToo() {
    CaseRun run = opened(Severity.CRITICAL, POLICY, false);
    assertEquals(Optional.empty(), trust(run));
    assertTrue(problem(run, council()).isPresent());
  }

  @Test
  void aPolicyThatTheRowDoesNotNameContainsNothing() {
    CaseRun run = opened(Severity.CRITICAL, OTHER, true);
    assertEquals(Optional.empty(), trust(run));
    assertTrue(problem(run, council()).orElse("").contains("policy other"));
  }

  @Test
  void ballotsAreAskedForInTheChartersDomain() {
    CaseRun run = opened(Severity.CRITICAL, POLICY, true);
    Eip712Domain domain = council().build().domain();
    CharterBuilder elsewhere =
        council()
            .domain(
                new Eip712Domain(
                    domain.name(),
                    domain.version(),
                    domain.chainId() + 1,
                    domain.verifyingContract()));
    assertTrue(problem(run, elsewhere).orElse("").contains("domain"));
  }

  @Test
  void aCaseWithoutAVoteContainsNothingAndBreaksNoRule() {
    CaseRun run = new CaseRun();
    run.accepted(new CaseCommand.RecordAlert(CASE, COUNCIL, anAlert().build(), RAW));
    assertEquals(Optional.empty(), trust(run));
    assertEquals(Optional.empty(), problem(run, council()));
    assertEquals(Urgency.ROUTINE, new PolicyEvidence(run.events).urgency());
  }

  /** It came before the vote opened and after its policy was chosen, within one urgency. */
  @Test
  void alertsAfterTheOpeningChangeNothing() {
    CaseRun run = opened(Severity.CRITICAL, POLICY, true);
    run.accepted(
        new CaseCommand.RecordAlert(
            CASE, COUNCIL, anAlert().sensor("other").id("late").build(), RAW));
    assertEquals(Optional.of(SIGNED), trust(run));
  }
}
