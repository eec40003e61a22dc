package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.domain.api.Answer;
import witan.domain.api.IntakeOutcome;
import witan.domain.api.Intaken;
import witan.domain.common.Refusal;
import witan.domain.correlation.CorrelationAggregate;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.correlation.CorrelationEvent;
import witan.domain.correlation.CorrelationLimits;
import witan.domain.correlation.CorrelationState;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;
import witan.domain.proposal.CaseCommand;

class IntakeServiceTest {
  private final MemoryCouncil council = new MemoryCouncil();
  private final MemoryCorrelations correlations = new MemoryCorrelations();
  private final IntakeService intake =
      new IntakeService(correlations, council, council.hasher(), MemoryCouncil.ID, 3);

  /** The pure aggregate by key; can lose a Settle. */
  private static final class MemoryCorrelations implements Correlations {
    private final CorrelationAggregate aggregate =
        new CorrelationAggregate(CorrelationLimits.DEFAULT);
    private final Map<String, CorrelationState> states = new HashMap<>();
    private boolean loseSettle;
    private int writes;
    private final List<String> asked = new ArrayList<>();

    @Override
    public CompletionStage<CorrelationAnswer> ask(String key, CorrelationCommand command) {
      asked.add(command.getClass().getSimpleName());
      if (loseSettle && command instanceof CorrelationCommand.Settle) {
        return CompletableFuture.failedFuture(new IllegalStateException("lost"));
      }
      CorrelationState state = states.getOrDefault(key, CorrelationState.EMPTY);
      CorrelationAnswer answer = aggregate.decide(state, command, MemoryCouncil.START);
      List<CorrelationEvent> events =
          answer instanceof CorrelationAnswer.Forward forward
              ? forward.events()
              : answer instanceof CorrelationAnswer.Noted noted ? noted.events() : List.of();
      for (CorrelationEvent event : events) {
        state = aggregate.apply(state, event);
        writes++;
      }
      states.put(key, state);
      return CompletableFuture.completedFuture(answer);
    }
  }

  private Answer<Intaken> take(Alert alert) throws Exception {
    return intake
        .take(new Normalised.Finding(alert), "{}")
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private Intaken taken(Alert alert) throws Exception {
    return assertInstanceOf(Answer.Done.class, take(alert)).value() instanceof Intaken i ? i : null;
  }

  @Test
  void theFirstAlertOpensACaseAndTheNextAboutTheSamePodJoinsIt() throws Exception {
    Intaken first = taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    Intaken second = taken(MemoryCouncil.alert("suricata", "b1", "web-1"));
    Intaken other = taken(MemoryCouncil.alert("falco", "a2", "web-2"));

    assertEquals(IntakeOutcome.OPENED, first.outcome());
    assertEquals(IntakeOutcome.JOINED, second.outcome());
    assertEquals(first.caseId(), second.caseId());
    assertNotEquals(first.caseId(), other.caseId());
    assertEquals(2, council.state(first.caseId()).alerts().size());
    assertEquals(18, first.caseId().value().length());
  }

  @Test
  void aRedeliveryIsADuplicateWithTheSameReceiptAndWithoutAWrite() throws Exception {
    Intaken first = taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    long size = council.size();
    int writes = correlations.writes;

    Intaken again = taken(MemoryCouncil.alert("falco", "a1", "web-1"));

    assertEquals(IntakeOutcome.DUPLICATE, again.outcome());
    assertEquals(first.caseId(), again.caseId());
    assertEquals(first.receipt().seq(), again.receipt().seq());
    assertEquals(first.receipt().index(), again.receipt().index());
    assertEquals(size, council.size());
    assertEquals(writes, correlations.writes);
  }

  @Test
  void anAlertWhoseCaseDidNotAnswerIsForwardedAgainToTheSameCase() throws Exception {
    council.before = c -> Optional.of(new Answer.Busy<>("fail-over", Duration.ofSeconds(1)));
    assertInstanceOf(Answer.Busy.class, take(MemoryCouncil.alert("falco", "a1", "web-1")));
    council.before = c -> Optional.empty();

    Intaken retried = taken(MemoryCouncil.alert("falco", "a1", "web-1"));

    assertEquals(IntakeOutcome.OPENED, retried.outcome());
    assertEquals(intake.caseIdFor(MemoryCouncil.alert("falco", "a1", "web-1")), retried.caseId());
  }

  @Test
  void aLostSettlementChangesNoAnswerAndIsMadeUpForByTheRetry() throws Exception {
    correlations.loseSettle = true;
    Intaken first = taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    assertEquals(IntakeOutcome.OPENED, first.outcome());
    correlations.loseSettle = false;

    Intaken again = taken(MemoryCouncil.alert("falco", "a1", "web-1"));

    assertEquals(IntakeOutcome.DUPLICATE, again.outcome());
    assertEquals(first.caseId(), again.caseId());
    assertEquals(List.of("Correlate", "Settle", "Correlate", "Settle"), correlations.asked);
  }

  @Test
  void anAlertForAClosedCaseOpensANewOne() throws Exception {
    Intaken first = taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    council.decide(first.caseId(), new CaseCommand.DismissCase("nothing_to_do"));

    Intaken second = taken(MemoryCouncil.alert("falco", "a2", "web-1"));

    assertEquals(IntakeOutcome.OPENED, second.outcome());
    assertNotEquals(first.caseId(), second.caseId());
    assertEquals(1, council.state(second.caseId()).alerts().size());
  }

  @Test
  void casesThatCloseAgainAndAgainMakeTheSensorWait() throws Exception {
    council.before =
        c -> Optional.of(new Answer.Declined<>(new Refusal("case_closed", "closed", "")));
    assertInstanceOf(Answer.Busy.class, take(MemoryCouncil.alert("falco", "a1", "web-1")));
    assertEquals(3, council.commands.size());
  }

  @Test
  void whatIsNoFindingIsRecordedAndOpensNoCase() throws Exception {
    Answer<Intaken> answer =
        intake
            .take(
                new Normalised.NotAFinding(MemoryCouncil.alert("falco", "m1", "web-1"), "metrics"),
                "{}")
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    Intaken taken = (Intaken) assertInstanceOf(Answer.Done.class, answer).value();
    assertEquals(IntakeOutcome.RECORDED, taken.outcome());
    assertNull(taken.caseId());
    assertEquals("intake|falco", taken.receipt().pid());
    assertEquals(List.of(), correlations.asked);
  }

  @Test
  void anUnreadableEventIsDeclined() throws Exception {
    Refusal refusal = new Refusal("unknown_format", "?", "");
    assertEquals(
        new Answer.Declined<>(refusal),
        intake
            .take(new Normalised.Unreadable(refusal), "x")
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS));
    assertEquals(0, council.size());
  }
}
