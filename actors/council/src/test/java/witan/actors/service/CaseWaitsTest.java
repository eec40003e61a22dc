package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.waiting.WaitsTold;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Waiting;
import witan.domain.waiting.Who;

/** Who is asked why a case waits, and what is made of the answers. */
class CaseWaitsTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final Waiting ANCHOR =
      new Waiting(WaitCode.ANCHOR_MISSING, "10 of 12", Instant.EPOCH, Who.CHAIN);

  private final MemoryCouncil council = new MemoryCouncil();
  private final List<String> asked = new ArrayList<>();
  private CompletionStage<WaitsTold> answer =
      CompletableFuture.completedFuture(new WaitsTold(List.of(ANCHOR)));
  private boolean anyExecutor = true;

  @BeforeEach
  void alert() {
    council.found(Assurance.IMMEDIATE);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
  }

  private void open() throws Exception {
    new ResponsePlanning(council.registry(), council, new Playbooks(), council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    council.now = council.now.plusSeconds(10);
  }

  private void approve() throws Exception {
    open();
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
  }

  private List<String> codes() throws Exception {
    CaseWaits waits =
        new CaseWaits(
            caseId -> asks("planner of " + caseId),
            caseId -> asks("executor of " + caseId),
            () -> anyExecutor,
            () -> council.now);
    return waits
        .of(council.caseLog().read(CASE).toCompletableFuture().get().orElseThrow())
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .stream()
        .map(w -> w.code().text())
        .toList();
  }

  private CompletionStage<WaitsTold> asks(String whom) {
    asked.add(whom);
    return answer;
  }

  @Test
  void ofAnObservedCaseItsPlannerIsAsked() throws Exception {
    assertEquals(List.of("anchor_missing", "planning"), codes());
    assertEquals(List.of("planner of c-1"), asked);
  }

  @Test
  void ofAnOpenVoteNobodyIsAsked() throws Exception {
    open();
    assertEquals(List.of("quorum_missing", "voting_open"), codes());
    assertEquals(List.of(), asked);
  }

  @Test
  void ofAnApprovedCaseItsExecutorIsAsked() throws Exception {
    approve();
    assertEquals(List.of("anchor_missing", "execution_due"), codes());
    assertEquals(List.of("executor of c-1"), asked);
  }

  @Test
  void whoIsSilentIsAReasonOfItsOwn() throws Exception {
    answer = CompletableFuture.failedFuture(new TimeoutException("a test"));
    assertEquals(List.of("planner_silent", "planning"), codes());
    approve();
    assertEquals(List.of("executor_silent", "execution_due"), codes());
  }

  @Test
  void whereNobodyMayExecuteNobodyIsAsked() throws Exception {
    approve();
    anyExecutor = false;
    assertEquals(List.of("no_executor", "execution_due"), codes());
    assertEquals(List.of(), asked);
  }

  @Test
  void whatIsOverWaitsForNothing() throws Exception {
    council.decide(CASE, new CaseCommand.DismissCase("no_response_option"));
    assertEquals(List.of(), codes());
    assertEquals(List.of(), asked);
  }
}
