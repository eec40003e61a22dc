package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.security.SecureRandom;
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
import witan.domain.api.Intake;
import witan.domain.api.IntakeOutcome;
import witan.domain.api.Intaken;
import witan.domain.common.Refusal;
import witan.domain.correlation.CorrelationAggregate;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.correlation.CorrelationEvent;
import witan.domain.correlation.CorrelationLimits;
import witan.domain.correlation.CorrelationState;
import witan.domain.correlation.Relations;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Normalised;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;
import witan.domain.detection.SuppressionRule;
import witan.domain.detection.SuppressionRules;
import witan.domain.detection.Tactic;
import witan.domain.proposal.CaseCommand;
import witan.domain.response.ResponseRules;
import witan.log.checkpoint.NoteSigner;
import witan.signing.AlertSignatures;

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
    return take(alert, null);
  }

  private Intaken taken(Alert alert) throws Exception {
    return assertInstanceOf(Answer.Done.class, take(alert)).value() instanceof Intaken i ? i : null;
  }

  @Test
  void anAlertUnderAForgedSignatureIsDeclinedAndAssignedToNoCase() throws Exception {
    NoteSigner falco = NoteSigner.generate("falco", new SecureRandom());
    Alert alert = MemoryCouncil.alert("falco", "a1", "web-1");
    AlertSignature good =
        AlertSignatures.sign(falco, MemoryCouncil.ID, "a1", MemoryCouncil.START, alert.rawDigest());
    AlertSignature another =
        AlertSignatures.sign(falco, MemoryCouncil.ID, "a2", MemoryCouncil.START, alert.rawDigest());
    int before = correlations.writes;

    Answer<Intaken> declined = take(alert, another);

    assertEquals(
        "alert_signature", assertInstanceOf(Answer.Declined.class, declined).refusal().code());
    assertEquals(before, correlations.writes);
    Intaken taken = (Intaken) assertInstanceOf(Answer.Done.class, take(alert, good)).value();
    assertEquals(IntakeOutcome.OPENED, taken.outcome());
  }

  private Answer<Intaken> take(Alert alert, AlertSignature signed) throws Exception {
    return intake
        .take(new Normalised.Finding(alert), "{}", signed)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
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
    assertEquals(34, first.caseId().value().length());
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
    assertTrue(retried.caseId().value().matches("c-[0-9a-f]{32}"), retried.caseId().value());
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
    assertEquals(
        List.of("Correlate", "Settle", "Correlate", "Settle"),
        correlations.asked.stream().filter(c -> !c.equals("Relate")).toList());
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
                "{}",
                null)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    Intaken taken = (Intaken) assertInstanceOf(Answer.Done.class, answer).value();
    assertEquals(IntakeOutcome.RECORDED, taken.outcome());
    assertNull(taken.caseId());
    assertEquals("intake|falco", taken.receipt().pid());
    assertEquals(List.of(), correlations.asked);
  }

  @Test
  void aCaseThatFollowsAnotherSaysSoAndIsRelatedToIt() throws Exception {
    Intaken first = taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    council.decide(first.caseId(), new CaseCommand.DismissCase("nothing_to_do"));

    Intaken second = taken(MemoryCouncil.alert("falco", "a2", "web-1"));

    assertEquals(first.caseId(), second.follows());
    List<Intake.Related> related =
        intake
            .related(second.caseId(), council.state(second.caseId()).alerts())
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    assertEquals(List.of(first.caseId()), related.stream().map(Intake.Related::caseId).toList());
  }

  @Test
  void casesOfOneNamespaceAreRelated() throws Exception {
    Intaken web = taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    Intaken db = taken(MemoryCouncil.alert("falco", "a2", "db-1"));
    List<Intake.Related> related =
        intake
            .related(db.caseId(), council.state(db.caseId()).alerts())
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    assertEquals(web.caseId(), related.get(0).caseId());
    assertEquals(List.of(Relations.Kind.NAMESPACE), related.get(0).by());
  }

  @Test
  void theNextStepOfAnAttackInTheClusterIsRelatedThoughNothingElseIsShared() throws Exception {
    Intaken entry = taken(onHost("h-1", Tactic.INITIAL_ACCESS));
    Intaken theft = taken(onHost("h-2", Tactic.EXECUTION));
    Intaken unrelated = taken(onHost("h-3", Tactic.IMPACT));
    List<Intake.Related> related =
        intake
            .related(theft.caseId(), council.state(theft.caseId()).alerts())
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    assertEquals(
        List.of(new Intake.Related(entry.caseId(), List.of(Relations.Kind.KILL_CHAIN))), related);
    assertNotEquals(unrelated.caseId(), related.get(0).caseId());
  }

  private static Alert onHost(String host, Tactic tactic) {
    Alert a = MemoryCouncil.alert("falco", "alert-" + host, "web-1");
    return anAlert(a)
        .of(new Resource(ResourceKind.HOST, "eu-1", null, host))
        .principal(null)
        .tactics(List.of(tactic))
        .build();
  }

  @Test
  void aCaseIsLinkedOnceHoweverManyAlertsItGets() throws Exception {
    for (int n = 0; n < 5; n++) {
      taken(MemoryCouncil.alert("falco", "a" + n, "web-1"));
    }
    assertEquals(1, correlations.asked.stream().filter("Relate"::equals).count());
  }

  @Test
  void aDuplicateAsksNoCase() throws Exception {
    taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    int commands = council.commands.size();
    assertEquals(
        IntakeOutcome.DUPLICATE, taken(MemoryCouncil.alert("falco", "a1", "web-1")).outcome());
    assertEquals(commands, council.commands.size());
  }

  @Test
  void theLogSaysWhichCaseIsReopened() throws Exception {
    Intaken first = taken(MemoryCouncil.alert("falco", "a1", "web-1"));
    council.decide(first.caseId(), new CaseCommand.DismissCase("nothing_to_do"));
    council.before = c -> Optional.of(new Answer.Busy<>("fail-over", Duration.ofSeconds(1)));
    take(MemoryCouncil.alert("falco", "a2", "web-1"));
    council.before = c -> Optional.empty();

    taken(MemoryCouncil.alert("falco", "a2", "web-1"));

    CaseCommand.RecordAlert opening =
        council.commands.stream()
            .filter(CaseCommand.RecordAlert.class::isInstance)
            .map(CaseCommand.RecordAlert.class::cast)
            .reduce((a, b) -> b)
            .orElseThrow();
    assertEquals(first.caseId(), opening.follows(), "also after a retry");
  }

  @Test
  void suppressedAlertsAreCountedOnceEachHoweverOftenTheyAreSent() throws Exception {
    SuppressionRule rule =
        new SuppressionRule(
            "known", "the nightly scan", "falco", null, null, null, "web-*", Severity.HIGH, null);
    IntakeService quiet =
        new IntakeService(
            correlations,
            council,
            council.hasher(),
            MemoryCouncil.ID,
            3,
            new IntakeRules(
                new SuppressionRules(4, List.of(rule)), IntakeRules.shipped().response()));
    int outcomes = 0;
    for (int round = 0; round < 10; round++) {
      for (int n = 0; n < 7; n++) {
        Answer<Intaken> answer =
            quiet
                .take(
                    new Normalised.Finding(MemoryCouncil.alert("falco", "a" + n, "web-1")),
                    "{}",
                    null)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        Intaken taken = (Intaken) assertInstanceOf(Answer.Done.class, answer).value();
        assertNull(taken.caseId());
        outcomes += taken.outcome() == IntakeOutcome.SUPPRESSED ? 1 : 0;
        assertEquals(
            round == 0 ? IntakeOutcome.SUPPRESSED : IntakeOutcome.DUPLICATE, taken.outcome());
      }
    }
    assertEquals(7, outcomes);
    assertEquals(7, council.size(), "one event each, as none had to wait");
    assertEquals(List.of(), correlations.asked);
  }

  @Test
  void refusalsAreLoggedWhenTheIntervalEnds() {
    intake.refused("falco", "alert_bad_time");
    intake.refused("falco", "alert_bad_time");
    intake.refused("falco", "rate_limited");
    intake.logRefusals(MemoryCouncil.START);
    assertEquals(1, council.size());
    intake.logRefusals(MemoryCouncil.START.plusSeconds(60));
    assertEquals(1, council.size(), "nothing more was refused");
  }

  @Test
  void theShippedRulesIsolateThePod() {
    ResponseRules.Evaluation evaluation =
        intake.evaluate(List.of(MemoryCouncil.alert("falco", "a1", "web-1"))).orElseThrow();
    assertEquals("isolate-workload", evaluation.proposed().get(0).playbook());
    assertEquals("web-1", evaluation.proposed().get(0).targets().get(0).name());
  }

  @Test
  void anUnreadableEventIsDeclined() throws Exception {
    Refusal refusal = new Refusal("unknown_format", "?", "");
    assertEquals(
        new Answer.Declined<>(refusal),
        intake
            .take(new Normalised.Unreadable(refusal), "x", null)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS));
    assertEquals(0, council.size());
  }
}
