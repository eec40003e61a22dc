package witan.actors.execution;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.codec.content.BlastRadiusJson;
import witan.codec.content.SentRequests;
import witan.codec.json.Json;
import witan.domain.api.LoggedCase;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.execution.CaseOrders;
import witan.domain.execution.Order;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Drift;
import witan.domain.governance.OptionRadius;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Comparison;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Voting;

/**
 * Holds the clusters against the blast radius that was voted on: by another dry run before the
 * first effect, and by what the steps touched after the last. Thread-safe; every method only works
 * out the next command, so a crash costs nothing.
 */
public final class DriftCheck {
  private final ContentStore content;
  private final Reopening reopening;
  private final RadiusSurvey survey;
  private final RadiusSettings settings;
  private final ClusterActions actions;
  private final InstantSource clock;

  /**
   * One per node.
   *
   * @param actions are asked for their adapter as an execution starts
   */
  public DriftCheck(
      ContentStore content,
      Entities entities,
      RadiusSurvey survey,
      RadiusSettings settings,
      ClusterActions actions,
      InstantSource clock) {
    this.content = content;
    this.reopening = new Reopening(entities);
    this.survey = survey;
    this.settings = settings;
    this.actions = actions;
    this.clock = clock;
  }

  /** What an approved case, whose decision was recounted, does next; empty: look again later. */
  CompletionStage<Optional<CaseCommand>> before(
      CaseId caseId, LoggedCase logged, PlannedWorkflow plan) {
    CaseState state = logged.state();
    CaseId next = state.precautions().next();
    if (next != null) {
      return reopening
          .open(logged, next)
          .thenApply(open -> open ? Optional.of(new CaseCommand.CloseDrifted()) : Optional.empty());
    }
    String adapter = actions.adapter();
    CaseCommand start = new CaseCommand.StartExecution(adapter, plan.order());
    Digest digest = Objects.requireNonNull(state.voting()).content().blastRadius();
    if (digest == null || adapter.equals(BlastRadius.REHEARSAL)) {
      return done(start);
    }
    return content
        .get(digest)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
              }
              Outcome outcome = Objects.requireNonNull(state.outcome());
              BlastRadius radius = BlastRadiusJson.read(digest, found.get());
              OptionRadius voted = radius.options().get(outcome.option());
              return voted.complete()
                  ? compare(caseId, state, plan, digest, radius, voted)
                  // The voters knew that it was not known: there is nothing to compare with.
                  : done(start);
            });
  }

  private CompletionStage<Optional<CaseCommand>> compare(
      CaseId caseId,
      CaseState state,
      PlannedWorkflow plan,
      Digest digest,
      BlastRadius radius,
      OptionRadius voted) {
    return survey
        .again(plan, step -> order(caseId, state, step))
        .thenCompose(
            now ->
                now.complete()
                    ? content
                        .put(Json.canonical(now))
                        .thenApply(
                            found ->
                                Optional.of(
                                    judged(
                                        caseId,
                                        state,
                                        plan,
                                        new Comparison(digest, found, Drift.between(voted, now)),
                                        radius.maxDriftBps())))
                    : CompletableFuture.completedFuture(waited(state, now)));
  }

  /** What was done provisionally is looked for under the fence that it was done with. */
  private static Order order(CaseId caseId, CaseState state, PlannedStep step) {
    Containment containment = state.precautions().containment();
    boolean there =
        containment != null
            && containment.open()
            && containment.ledger().intents().containsKey(Containment.step(step.id()));
    return Order.of(caseId, there ? CaseOrders.provisional(step) : step);
  }

  private CaseCommand judged(
      CaseId caseId, CaseState state, PlannedWorkflow plan, Comparison comparison, int maxBps) {
    if (comparison.drift().within(maxBps)) {
      return new CaseCommand.StartExecution(actions.adapter(), plan.order(), comparison);
    }
    if (state.proposed() != null) {
      // Only its proposer can sign it again.
      return new CaseCommand.RefuseExecution(
          "targets_drifted", comparison.drift() + ", more than was voted on; propose it again");
    }
    return new CaseCommand.ReturnToVoters(comparison, Reopening.drifted(caseId));
  }

  private Optional<CaseCommand> waited(CaseState state, OptionRadius now) {
    Instant decided = Objects.requireNonNull(state.outcome()).at();
    return clock.instant().isBefore(decided.plus(settings.patience()))
        ? Optional.empty()
        : Optional.of(
            new CaseCommand.RefuseExecution(
                "blast_radius_unknown",
                "whether the targets are those voted on could not be found out: "
                    + String.join("; ", now.refusals())));
  }

  /** The comparison that is due before the execution may end; empty where none is. */
  CompletionStage<Optional<CaseCommand>> after(LoggedCase logged) {
    CaseState state = logged.state();
    Voting voting = Objects.requireNonNull(state.voting());
    Execution execution = state.execution();
    Digest digest = voting.content().blastRadius();
    if (digest == null
        || execution == null
        || state.precautions().before() == null
        || state.precautions().after() != null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return content
        .get(digest)
        .thenApply(
            found ->
                found.map(
                    bytes -> {
                      OptionRadius voted =
                          BlastRadiusJson.read(digest, bytes).options().get(execution.option());
                      return new CaseCommand.CompareEffect(
                          new Comparison(digest, null, SentRequests.drift(voted, execution)));
                    }));
  }

  private static CompletionStage<Optional<CaseCommand>> done(CaseCommand command) {
    return CompletableFuture.completedFuture(Optional.of(command));
  }
}
