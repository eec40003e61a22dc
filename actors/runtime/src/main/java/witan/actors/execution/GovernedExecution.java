package witan.actors.execution;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.Entities;
import witan.actors.spi.RegistryChanges;
import witan.actors.view.CaseLog;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.governance.ProposalContent;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Phase;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.StepOutcome;
import witan.domain.proposal.Voting;

/**
 * Carries out a decided change of the registry: recount, start, intent, change, observation, end.
 * Each step follows from the logged state alone, every command and the change itself are
 * idempotent, so that a crash or a second executor costs nothing; what gets no answer is taken up
 * at the executor's next wake. Thread-safe.
 */
public final class GovernedExecution {
  public static final String ADAPTER = "registry";
  static final String STEP = "apply";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(GovernedExecution.class);

  private final CaseLog cases;
  private final Entities entities;
  private final DecisionCheck check;
  private final RegistryChanges registry;
  private final InstantSource clock;
  private final Set<CaseId> underWay = ConcurrentHashMap.newKeySet();

  public GovernedExecution(
      CaseLog cases,
      Entities entities,
      DecisionCheck check,
      RegistryChanges registry,
      InstantSource clock) {
    this.cases = cases;
    this.entities = entities;
    this.check = check;
    this.registry = registry;
    this.clock = clock;
  }

  /** Goes as far as answers come; does nothing for a case that is no approved change. */
  public void carryOut(CaseId caseId, LoggedCase logged) {
    if (!underWay.add(caseId)) {
      return;
    }
    next(caseId, logged)
        .whenComplete(
            (done, failure) -> {
              underWay.remove(caseId);
              if (failure != null) {
                LOG.warn("case {}: the change will be tried again", caseId, failure);
              }
            });
  }

  private CompletionStage<Void> next(CaseId caseId, LoggedCase logged) {
    CaseState state = logged.state();
    Voting voting = state.voting();
    if (voting == null || voting.content().kind() == ProposalKind.INCIDENT) {
      return done();
    }
    if (state.phase() == Phase.APPROVED) {
      return check.check(logged).thenCompose(verdict -> judged(caseId, verdict));
    }
    Execution execution = state.execution();
    if (state.phase() != Phase.EXECUTING || execution == null) {
      return done();
    }
    if (!execution.intents().containsKey(STEP)) {
      return send(caseId, intent(caseId, String.valueOf(state.councilId())));
    }
    return execution.observations().containsKey(STEP)
        ? send(caseId, new CaseCommand.EndExecution())
        : apply(caseId, String.valueOf(state.councilId()), voting);
  }

  private CompletionStage<Void> judged(CaseId caseId, Verdict verdict) {
    if (verdict instanceof Verdict.Ready) {
      return send(caseId, new CaseCommand.StartExecution(ADAPTER, List.of(STEP)));
    }
    if (verdict instanceof Verdict.Refuse refuse) {
      LOG.error("case {}: the change is refused: {}", caseId, refuse);
      return send(caseId, new CaseCommand.RefuseExecution(refuse.code(), refuse.detail()));
    }
    return done();
  }

  private CaseCommand intent(CaseId caseId, String councilId) {
    return new CaseCommand.IntendStep(
        STEP,
        1,
        "registry-change",
        new Target(ADAPTER, null, "Council", councilId),
        Map.of(),
        caseId + "/" + STEP,
        clock.instant().plus(PATIENCE).truncatedTo(ChronoUnit.MILLIS));
  }

  private CompletionStage<Void> apply(CaseId caseId, String councilId, Voting voting) {
    ProposalContent content = voting.content();
    return registry
        .apply(
            councilId,
            caseId,
            voting.proposalHash(),
            Objects.requireNonNull(content.change(), "a governed proposal has a change"))
        .thenCompose(answer -> applied(caseId, answer));
  }

  private CompletionStage<Void> applied(CaseId caseId, Answer<Receipt> answer) {
    if (answer instanceof Answer.Done<Receipt> ok) {
      return observe(
          caseId,
          StepOutcome.DONE,
          "registry number " + ok.value().seq() + ", log index " + ok.value().index());
    }
    if (answer instanceof Answer.Declined<Receipt> no) {
      return observe(
          caseId, StepOutcome.FAILED, no.refusal().code() + ": " + no.refusal().message());
    }
    LOG.info("case {}: the registry is busy: {}", caseId, answer);
    return done();
  }

  private CompletionStage<Void> observe(CaseId caseId, StepOutcome outcome, String detail) {
    return send(caseId, new CaseCommand.ObserveStep(STEP, 1, outcome, detail, "[]"));
  }

  /** The command, and then the next step, if the log already shows what the command did. */
  private CompletionStage<Void> send(CaseId caseId, CaseCommand command) {
    return entities
        .toCase(caseId, command)
        .thenCompose(
            answer ->
                answer instanceof Answer.Done<Receipt> ok
                    ? cases.read(caseId).thenCompose(read -> goOn(caseId, read, ok.value().seq()))
                    : done());
  }

  private CompletionStage<Void> goOn(CaseId caseId, Optional<LoggedCase> read, long seq) {
    return read.isPresent() && read.get().state().seq() >= seq ? next(caseId, read.get()) : done();
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
