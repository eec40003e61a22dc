package witan.domain.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.RAW;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.founders;
import static witan.domain.Fixtures.normal;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.propose;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.Fixtures;
import witan.domain.common.Refusal;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.Snapshot;
import witan.domain.registry.Charter;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryVersions;
import witan.domain.registry.Seat;

class PolicyEvidenceTest {
  private static final Policy FAST = policy(8_000, 6_000, CountingMode.PARTICIPATION);
  private static final Policy SLOW = normal(FAST, Duration.ofHours(1), 4_000, 5_100);
  private static final PolicyTable TABLE =
      new PolicyTable(
          1,
          List.of(
              new PolicyTable.Row(Urgency.ROUTINE, 0, SLOW.name(), null, false),
              new PolicyTable.Row(Urgency.ELEVATED, 0, SLOW.name(), null, false),
              new PolicyTable.Row(Urgency.ELEVATED, 50, FAST.name(), SLOW.name(), false),
              new PolicyTable.Row(Urgency.URGENT, 0, FAST.name(), SLOW.name(), false)));

  private static RegistryHistory founded(PolicyTable table) {
    Charter charter =
        aCharter()
            .domain(domain())
            .seats(new Seat("m1", "org1", "analyst", address(1), big(40)))
            .policies(FAST, SLOW)
            .table(table)
            .build();
    RegistryAggregate rules = new RegistryAggregate(HASHER, Fixtures.STATEMENTS);
    RegistryEvent founded =
        new RegistryEvent.CouncilFounded(
            charter, HASHER.charter(charter), founders(charter), null, START);
    RegistryVersions versions = new RegistryVersions(rules);
    versions.add(0, founded);
    return versions;
  }

  private static Electorate electorate(Urgency urgency) {
    Electorate like = Fixtures.electorate(40);
    return anElectorate(like).urgency(urgency).build();
  }

  private static CaseCommand alert(int n, String sensor, Severity severity) {
    Alert like = Fixtures.alert(n);
    return new CaseCommand.RecordAlert(
        CASE, COUNCIL, anAlert(like).sensor(sensor).severity(severity).build(), RAW);
  }

  private static Optional<String> problem(CaseRun run, PolicyTable table) {
    return new PolicyEvidence(run.events)
        .problem(founded(table), Snapshot.now(new LogPlace(1, START)));
  }

  @Test
  void theTableChoosesByTheAlertsAndTheGravestOption() {
    Electorate elevated = electorate(Urgency.ELEVATED);
    CaseRun run = new CaseRun(elevated);
    run.accepted(alert(1, "falco-1", Severity.HIGH));
    run.accepted(open(elevated, FAST, SLOW, List.of(option("a", 10), option("b", 50))));
    assertEquals(Optional.empty(), problem(run, TABLE));
    assertEquals(Urgency.ELEVATED, new PolicyEvidence(run.events).urgency());
    assertTrue(problem(run, null).isPresent(), "by severity there is no expedited vote");
  }

  @Test
  void aLaxerPolicyOfTheCouncilThanTheTableChoosesIsFoundOut() {
    Electorate elevated = electorate(Urgency.ELEVATED);
    CaseRun run = new CaseRun(elevated);
    run.accepted(alert(1, "falco-1", Severity.HIGH));
    run.accepted(open(elevated, SLOW, List.of(option("b", 50))));
    assertTrue(problem(run, TABLE).isPresent());
  }

  @Test
  void aSecondSensorThatChangesTheUrgencyMakesThePlanAnOldOne() {
    Electorate elevated = electorate(Urgency.ELEVATED);
    Electorate urgent = electorate(Urgency.URGENT);
    CaseRun run = new CaseRun(elevated, urgent);
    run.accepted(alert(1, "falco-1", Severity.HIGH));
    run.accepted(alert(2, "falco-1", Severity.HIGH));
    run.accepted(alert(3, "suricata-1", Severity.LOW));
    run.refused("plan_outdated", open(elevated, SLOW, List.of(option("a", 10))));
    run.accepted(open(urgent, FAST, SLOW, List.of(option("a", 10))));
    assertEquals(Optional.empty(), problem(run, TABLE));
  }

  @Test
  void aMembersProposalIsRoutineWhateverItIsAbout() {
    Electorate routine = electorate(Urgency.ROUTINE);
    CaseRun run = new CaseRun(routine);
    run.accepted(propose(1, List.of(option("a", 90)), null));
    run.accepted(open(routine, SLOW, List.of(option("a", 90))));
    assertEquals(Optional.empty(), problem(run, TABLE));
  }

  @Test
  void theRecountRefusesAnElectorateOfAnotherUrgency() {
    Electorate routine = electorate(Urgency.ROUTINE);
    Electorate urgent = electorate(Urgency.URGENT);
    CaseRun run = new CaseRun(urgent);
    run.accepted(alert(1, "falco-1", Severity.FATAL));
    CaseEvent.VotingOpened opened =
        (CaseEvent.VotingOpened)
            run.accepted(open(urgent, FAST, SLOW, List.of(option("a", 10)))).get(0);
    ProposalContent c = opened.content();
    ProposalContent forged =
        new ProposalContent(
            c.v(),
            c.kind(),
            c.caseId(),
            c.alertDigests(),
            c.options(),
            c.change(),
            c.blastRadius(),
            c.provisionalContainment(),
            c.policyDigest(),
            c.normalPolicyDigest(),
            HASHER.electorate(routine));
    List<CaseEvent> events = new ArrayList<>(run.events);
    events.set(
        events.size() - 1,
        new CaseEvent.VotingOpened(
            forged,
            HASHER.proposal(forged),
            opened.policy(),
            opened.normal(),
            opened.registrySeq(),
            opened.total(),
            opened.domain(),
            opened.deadline(),
            opened.at()));
    assertEquals(
        Optional.of("recount_opening"),
        Recount.check(events, routine, HASHER, SIGNATURES).map(Refusal::code));
    assertEquals(
        Optional.of("recount_decision"),
        Recount.check(run.events, urgent, HASHER, SIGNATURES).map(Refusal::code),
        "there is no decision yet");
  }
}
