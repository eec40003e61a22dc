package witan.actors.execution;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.planning.PlaybookSteps;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.spi.PidLog;
import witan.actors.view.ContainmentLog;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentState;
import witan.domain.execution.Attestation;
import witan.domain.execution.CaseOrders;
import witan.domain.execution.ContainmentRun;
import witan.domain.execution.Lease;
import witan.domain.execution.Move;
import witan.domain.planning.PlannedStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.Phase;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

/**
 * Whether a case may act before its vote is decided, worked out from the log and the registry
 * alone, never from the word of who woke the executor, nor from what the case says of itself: the
 * policy table allows it, the alerts of the log corroborate each target, the dry run that is voted
 * on found nothing against it, and the council's containments granted a lease. The grant is written
 * before anything else; a crash after it leaves a lease that is counted and runs out. Once begun,
 * all of it is looked at again before each effect. Thread-safe.
 */
public final class ContainmentCheck {
  private final PidLog log;
  private final ContainmentLog leases;
  private final ContainmentGrounds grounds;
  private final Entities entities;
  private final ContainmentSettings settings;
  private final String adapter;
  private final InstantSource clock;

  public ContainmentCheck(
      PidLog log,
      VerifiedCouncil council,
      ContainmentLog leases,
      ContentStore content,
      PlaybookSteps playbooks,
      ContentHasher hasher,
      Entities entities,
      ContainmentSettings settings,
      String adapter,
      InstantSource clock) {
    this.log = log;
    this.leases = leases;
    this.grounds =
        new ContainmentGrounds(
            council, content, new StoredPlaybooks(content, playbooks), hasher, settings);
    this.entities = entities;
    this.settings = settings;
    this.adapter = adapter;
    this.clock = clock;
  }

  /** What the executor does next about it; {@link Move.Rest} where nothing is in the way. */
  CompletionStage<Move> next(LoggedCase logged, boolean refused, Attestation attestation) {
    CaseState state = logged.state();
    Containment containment = state.precautions().containment();
    if (containment == null) {
      return begin(logged);
    }
    return grounds
        .of(logged, containment.ledger().option())
        .thenCombine(
            leases.grant(containment.grant()),
            (found, grant) -> new Standing(found, grant.orElse(null)))
        .thenCombine(
            leases.current(),
            (standing, known) ->
                standing.found() instanceof ContainmentGrounds.Waits waits
                        && waits.steps().isEmpty()
                    ? new Move.Later(missing(waits))
                    : ContainmentRun.next(
                        state,
                        CaseOrders.provisional(
                            Objects.requireNonNull(state.caseId()), standing.found().steps()),
                        lease(state, containment, standing, known),
                        attestation,
                        refused,
                        clock.instant()))
        .thenCompose(move -> released(state, move));
  }

  private record Standing(ContainmentGrounds.Found found, ContainmentLog.@Nullable Granted grant) {}

  private Lease lease(
      CaseState state, Containment containment, Standing standing, ContainmentState known) {
    if (known.revoked(containment.grant())) {
      return Lease.none("an operator took it back");
    }
    if (standing.found() instanceof ContainmentGrounds.Refused refused) {
      return Lease.none(refused.code() + ": " + refused.detail());
    }
    if (standing.found() instanceof ContainmentGrounds.Waits waits) {
      return Lease.halted(waits.reason(), Who.NOBODY);
    }
    Optional<String> problem = granted(state, containment, standing);
    if (problem.isPresent()) {
      return Lease.none(problem.get());
    }
    return known.on()
        ? Lease.HELD
        : Lease.halted("provisional containment is switched off", Who.MEMBERS);
  }

  /** What is wrong with the grant that the case names: it is held against our own terms. */
  private Optional<String> granted(CaseState state, Containment containment, Standing standing) {
    ContainmentLog.Granted grant = standing.grant();
    CaseId caseId = Objects.requireNonNull(state.caseId());
    if (grant == null || !grant.event().caseId().equals(caseId)) {
      return Optional.of("no_grant: the case was granted no lease " + containment.grant());
    }
    // After the vote the lease goes and the effects stay.
    if (grant.released() && state.phase() == Phase.VOTING) {
      return Optional.of("grant_over: the lease " + containment.grant() + " was let go");
    }
    List<String> clusters = clusters(standing.found().steps());
    if (!grant.event().clusters().containsAll(clusters)) {
      return Optional.of("wrong_clusters: the lease is not for " + clusters);
    }
    if (containment.lease().compareTo(lease(standing.found().steps())) > 0) {
      return Optional.of("wrong_lease: " + containment.lease() + " is longer than allowed");
    }
    ContainmentCommand asked =
        new ContainmentCommand.GrantContainment(caseId, grant.event().clusters(), settings.terms());
    return new ContainmentAggregate().decide(grant.before(), asked, grant.event().at())
            instanceof Decision.Accepted<ContainmentEvent>
        ? Optional.empty()
        : Optional.of("containment_budget: the grant was not within the budgets");
  }

  /** The lease goes before the containment ends: whoever dies in between releases it once more. */
  private CompletionStage<Move> released(CaseState state, Move move) {
    Move last = move instanceof Move.Forged forged ? forged.next() : move;
    boolean confirmed = last instanceof Move.Rest && state.outcome() != null;
    return last instanceof Move.Over || confirmed
        ? release(state, confirmed).thenApply(answer -> move)
        : CompletableFuture.completedFuture(move);
  }

  CompletionStage<Answer<Receipt>> release(CaseState state, boolean confirmed) {
    return entities.toContainments(
        String.valueOf(state.councilId()),
        new ContainmentCommand.ReleaseContainment(
            Objects.requireNonNull(state.caseId()), confirmed));
  }

  private CompletionStage<Move> begin(LoggedCase logged) {
    return log.publishedSize()
        .thenCompose(
            size ->
                size > logged.index()
                    ? grounds.first(logged).thenCompose(found -> found(logged.state(), found))
                    : CompletableFuture.completedFuture(
                        new Move.Later(
                            new Reason(
                                WaitCode.CHECKPOINT_MISSING,
                                "the alerts are not under a published checkpoint yet",
                                Who.LOG))));
  }

  private CompletionStage<Move> found(CaseState state, ContainmentGrounds.Found found) {
    if (found instanceof ContainmentGrounds.Refused refused) {
      return refuse(state, refused.code(), refused.detail());
    }
    if (found instanceof ContainmentGrounds.Waits waits) {
      return CompletableFuture.completedFuture(new Move.Later(missing(waits)));
    }
    ContainmentGrounds.Stands stands = (ContainmentGrounds.Stands) found;
    return leases
        .current()
        .thenCompose(
            known ->
                // Somebody may have switched it on who may not: then the entity grants.
                known.on() || known.active().containsKey(state.caseId())
                    ? granted(state, stands)
                    : refuse(state, "containment_off", "provisional containment is switched off"));
  }

  private CompletionStage<Move> granted(CaseState state, ContainmentGrounds.Stands stands) {
    return entities
        .toContainments(
            String.valueOf(state.councilId()),
            new ContainmentCommand.GrantContainment(
                Objects.requireNonNull(state.caseId()), clusters(stands.steps()), settings.terms()))
        .thenCompose(answer -> answered(state, stands, answer));
  }

  private static Reason missing(ContainmentGrounds.Waits waits) {
    return new Reason(WaitCode.CONTENT_MISSING, waits.reason(), Who.NOBODY);
  }

  private static List<String> clusters(List<PlannedStep> steps) {
    return steps.stream().map(step -> step.target().cluster()).distinct().toList();
  }

  private Duration lease(List<PlannedStep> steps) {
    return steps.stream()
        .map(PlannedStep::ttl)
        .filter(Objects::nonNull)
        .map(Duration.class::cast)
        .reduce(settings.terms().lease(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  private CompletionStage<Move> answered(
      CaseState state, ContainmentGrounds.Stands stands, Answer<Receipt> answer) {
    if (answer instanceof Answer.Declined<Receipt> no) {
      return refuse(state, no.refusal().code(), no.refusal().message());
    }
    if (!(answer instanceof Answer.Done<Receipt> done)) {
      return CompletableFuture.completedFuture(
          new Move.Later(
              new Reason(
                  WaitCode.ENTITY_BUSY,
                  "the council's containments do not answer: " + answer,
                  Who.COUNCIL)));
    }
    return CompletableFuture.completedFuture(
        new Move.Tell(
            new CaseCommand.StartContainment(
                stands.option(),
                adapter,
                stands.steps().stream().map(step -> Containment.step(step.id())).toList(),
                List.copyOf(stands.sensors()),
                stands.trusted(),
                done.value().seq(),
                lease(stands.steps()))));
  }

  private static CompletionStage<Move> refuse(CaseState judged, String code, String detail) {
    return CompletableFuture.completedFuture(
        new Move.Tell(new CaseCommand.RefuseContainment(code, detail, judged.alerts().size())));
  }
}
