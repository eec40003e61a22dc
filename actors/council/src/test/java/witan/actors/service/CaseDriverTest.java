package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.planning.HandProposals;
import witan.actors.planning.OptionSource;
import witan.actors.planning.Patience;
import witan.actors.planning.ResponsePlanning;
import witan.actors.planning.VoteWaits;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.actors.waiting.WaitBook;
import witan.codec.json.Json;
import witan.domain.api.Answer;
import witan.domain.common.CaseId;
import witan.domain.common.Refusal;
import witan.domain.governance.Assurance;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Waiting;
import witan.domain.waiting.Who;

class CaseDriverTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final DriverSettings SETTINGS = DriverSettings.DEFAULTS;

  private final MemoryCouncil council = new MemoryCouncil();
  private final List<CaseId> woken = new ArrayList<>();
  private final WaitBook waits = new WaitBook();

  private CaseDriver driver(OptionSource options) {
    RegistryLog registry = council.registry();
    return new CaseDriver(
        new ResponsePlanning(registry, council, options, council.playbooks(), council),
        council,
        woken::add,
        SETTINGS,
        waits);
  }

  private CaseDriver patient(OptionSource options) {
    return new CaseDriver(
        new ResponsePlanning(
            council.registry(),
            council,
            options,
            council.playbooks(),
            council,
            (caseId, chosen) -> CompletableFuture.completedFuture(Optional.empty()),
            new Patience(SETTINGS.proposalWait(), new HandProposals(), () -> council.now)),
        council,
        woken::add,
        SETTINGS,
        waits);
  }

  private void alert() {
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
  }

  private static List<WaitCode> said(CaseDriver driver) {
    return driver.waits(CASE.value()).stream().map(Waiting::code).toList();
  }

  private Optional<Duration> drive(CaseDriver driver) {
    return driver.drive("case|c-1", council.state(CASE), council.now);
  }

  @Test
  void anObservedCaseGetsItsVoteWithEverythingItRefersToInTheStore() throws Exception {
    council.found(Assurance.IMMEDIATE);
    alert();

    drive(driver(new Playbooks()));

    CaseState state = council.state(CASE);
    assertEquals(Phase.VOTING, state.phase());
    Voting voting = state.voting();
    byte[] electorate =
        council
            .get(voting.content().snapshotDigest())
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS)
            .orElseThrow();
    assertEquals(3, Json.read(Electorate.class, electorate).electors().size());
    assertTrue(
        council.get(voting.content().policyDigest()).toCompletableFuture().get().isPresent());
    assertTrue(council.get(Playbooks.DIGEST).toCompletableFuture().get().isPresent());
    assertEquals(1, voting.registrySeq());
  }

  @Test
  void withoutACouncilTheCaseStaysAndIsLookedAtLessOften() {
    alert();
    CaseDriver driver = driver(new Playbooks());

    drive(driver);

    assertEquals(Phase.OBSERVING, council.state(CASE).phase());
    assertEquals(Optional.of(SETTINGS.noCouncil()), drive(driver));
    assertEquals(List.of(WaitCode.NO_COUNCIL), said(driver));
    council.found(Assurance.IMMEDIATE);
    drive(driver);
    assertEquals(Phase.VOTING, council.state(CASE).phase());
    assertEquals(List.of(), said(driver));
  }

  @Test
  void aCaseThatNoResponseFitsIsDismissed() {
    council.found(Assurance.IMMEDIATE);
    alert();

    drive(driver(observed -> CompletableFuture.completedFuture(List.of())));

    assertEquals("no_response_option", council.state(CASE).closeReason());
    assertTrue(council.state(CASE).sealed());
  }

  @Test
  void aCaseThatNoRuleProposesAnythingForWaitsForAMemberAndIsClosedWhenNobodyCame() {
    council.found(Assurance.IMMEDIATE);
    alert();
    CaseDriver driver = patient(observed -> CompletableFuture.completedFuture(List.of()));

    drive(driver);

    assertEquals(Phase.OBSERVING, council.state(CASE).phase());
    assertEquals(List.of(WaitCode.PROPOSAL_MISSING), said(driver));
    assertEquals(
        List.of(Who.MEMBERS), driver.waits(CASE.value()).stream().map(Waiting::who).toList());
    assertEquals(Map.of("proposal_missing", 1), WaitBook.counts(waits));
    assertEquals(Optional.of(SETTINGS.proposalLook()), drive(driver));

    council.now = MemoryCouncil.START.plus(SETTINGS.proposalWait());
    CaseDriver afterRestart = patient(observed -> CompletableFuture.completedFuture(List.of()));
    drive(afterRestart);

    assertEquals("no_response_option", council.state(CASE).closeReason());
  }

  @Test
  void aRuleThatCameMeanwhileEndsTheWait() {
    council.found(Assurance.IMMEDIATE);
    alert();
    drive(patient(observed -> CompletableFuture.completedFuture(List.of())));

    drive(patient(new Playbooks()));

    assertEquals(Phase.VOTING, council.state(CASE).phase());
  }

  @Test
  void aVoteIsLookedAtAgainAtItsDeadlineAndEndedThen() {
    council.found(Assurance.IMMEDIATE);
    alert();
    CaseDriver driver = driver(new Playbooks());
    drive(driver);
    council.now = council.now.plusSeconds(60);

    assertEquals(Optional.of(Duration.ofMinutes(4).plusMillis(1)), drive(driver));
    assertEquals(Phase.VOTING, council.state(CASE).phase());

    council.now = council.state(CASE).voting().deadline();
    drive(driver);
    assertEquals("expired", council.state(CASE).closeReason());
    assertEquals(Optional.empty(), drive(driver));
  }

  @Test
  void oneActivityPerCaseAtATime() {
    council.found(Assurance.IMMEDIATE);
    alert();
    council.hangBefore = c -> true;
    CaseDriver driver = driver(new Playbooks());

    drive(driver);
    drive(driver);
    drive(driver);

    assertEquals(1, council.commands.size());
  }

  @Test
  void anApprovedCaseWakesItsExecutor() {
    council.found(Assurance.IMMEDIATE);
    alert();
    CaseDriver driver = driver(new Playbooks());
    drive(driver);
    council.now = council.now.plusSeconds(1);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);

    assertEquals(Optional.of(SETTINGS.wake()), drive(driver));

    assertEquals(List.of(CASE), woken);
  }

  @Test
  void whyAVoteDoesNotOpenIsSaidUntilItDoes() {
    council.found(Assurance.IMMEDIATE);
    alert();
    CaseDriver driver = driver(new Playbooks());
    council.before = c -> Optional.of(new Answer.Busy<>("moving", Duration.ofSeconds(1)));
    drive(driver);
    assertEquals(List.of(WaitCode.ENTITY_BUSY), said(driver));
    council.before = c -> Optional.of(new Answer.Declined<>(new Refusal("no", "never", "")));
    drive(driver);
    assertEquals(List.of(WaitCode.COMMAND_REFUSED), said(driver));

    council.before = c -> Optional.empty();
    drive(driver);
    drive(driver);

    assertEquals(List.of(), said(driver));
    assertEquals(Map.of(), WaitBook.counts(waits));
  }

  @Test
  void aPlanThatFailsSaysSo() {
    council.found(Assurance.IMMEDIATE);
    alert();
    CaseDriver driver =
        driver(o -> CompletableFuture.failedFuture(new IllegalStateException("no such rule")));

    drive(driver);

    assertEquals(List.of(WaitCode.PLANNING_FAILED), said(driver));
    driver.stopped(CASE.value());
    assertEquals(List.of(), said(driver));
  }

  @Test
  void aVoteThatMayNotOpenBeforeItsOptionsWereTriedSaysSo() {
    council.found(Assurance.IMMEDIATE);
    alert();
    Reason untried = new Reason(WaitCode.DRY_RUN_MISSING, "not tried", Who.EXECUTOR);
    CaseDriver driver = driver(o -> CompletableFuture.failedFuture(new VoteWaits(untried)));

    drive(driver);

    assertEquals(List.of(untried.since(council.now)), driver.waits(CASE.value()));
  }
}
