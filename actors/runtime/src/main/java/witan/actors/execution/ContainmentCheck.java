package witan.actors.execution;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.spi.PidLog;
import witan.actors.view.CaseLog;
import witan.actors.view.ContainmentLog;
import witan.actors.view.RegistryLog;
import witan.codec.content.BlastRadiusJson;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.common.Digest;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentState;
import witan.domain.correlation.Corroboration;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.PolicyEvidence;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.playbook.PlannedStep;
import witan.domain.playbook.ReversibleStart;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Voting;
import witan.domain.registry.RegistryHistory;
import witan.domain.spi.ContentHasher;

/**
 * Whether a case may act before its vote is decided, worked out from the log and the registry
 * alone, never from the word of who woke the executor: the policy table allows it, the alerts of
 * the log corroborate each target, the dry run that is voted on found nothing against it, and the
 * council's containments grant a lease. The grant is written before anything else; a crash after it
 * leaves a lease that is counted and runs out. Thread-safe.
 */
public final class ContainmentCheck {
  private final PidLog log;
  private final RegistryLog registry;
  private final ContainmentLog leases;
  private final ContentStore content;
  private final StoredPlaybooks playbooks;
  private final ContentHasher hasher;
  private final Entities entities;
  private final ContainmentSettings settings;
  private final String adapter;
  private final InstantSource clock;

  public ContainmentCheck(
      PidLog log,
      RegistryLog registry,
      ContainmentLog leases,
      ContentStore content,
      PlaybookSteps playbooks,
      ContentHasher hasher,
      Entities entities,
      ContainmentSettings settings,
      String adapter,
      InstantSource clock) {
    this.log = log;
    this.registry = registry;
    this.leases = leases;
    this.content = content;
    this.playbooks = new StoredPlaybooks(content, playbooks);
    this.hasher = hasher;
    this.entities = entities;
    this.settings = settings;
    this.adapter = adapter;
    this.clock = clock;
  }

  /** A containment that nothing stands against but the budgets. */
  private record Candidate(
      int option, List<PlannedStep> steps, Set<String> sensors, boolean trusted) {}

  /** What the executor does next about it; {@link Move.Rest} where nothing is in the way. */
  CompletionStage<Move> next(LoggedCase logged, boolean refused) {
    CaseState state = logged.state();
    Containment containment = state.precautions().containment();
    if (containment == null) {
      return begin(logged);
    }
    return steps(state, containment.ledger().option())
        .thenCombine(
            leases.current(),
            (steps, known) ->
                ContainmentRun.next(
                    state, steps, lease(known, containment), refused, clock.instant()))
        .thenCompose(move -> released(state, move));
  }

  private static ContainmentRun.Lease lease(ContainmentState known, Containment containment) {
    if (known.revoked(containment.grant())) {
      return ContainmentRun.Lease.REVOKED;
    }
    return known.on() ? ContainmentRun.Lease.HELD : ContainmentRun.Lease.HALTED;
  }

  /** The lease goes before the containment ends: whoever dies in between releases it once more. */
  private CompletionStage<Move> released(CaseState state, Move move) {
    boolean confirmed = move instanceof Move.Rest && state.outcome() != null;
    return move instanceof Move.Over || confirmed
        ? release(state, confirmed).thenApply(answer -> move)
        : CompletableFuture.completedFuture(move);
  }

  CompletionStage<Answer<Receipt>> release(CaseState state, boolean confirmed) {
    return entities.toContainments(
        String.valueOf(state.councilId()),
        new ContainmentCommand.ReleaseContainment(
            Objects.requireNonNull(state.caseId()), confirmed));
  }

  private CompletionStage<List<PlannedStep>> steps(CaseState state, int option) {
    ResponseOption chosen = Objects.requireNonNull(state.voting()).content().options().get(option);
    return playbooks
        .fetch(chosen.playbookDigest())
        .thenApply(
            documents ->
                playbooks.plan(chosen, documents) instanceof Verdict.Ready ready
                    ? ReversibleStart.of(ready.plan()).stream()
                        .map(ContainmentCheck::provisional)
                        .toList()
                    : List.of());
  }

  private static PlannedStep provisional(PlannedStep step) {
    return new PlannedStep(
        Containment.step(step.id()),
        step.name(),
        step.command(),
        step.target(),
        step.parameters(),
        step.timeout(),
        step.reversible(),
        step.ttl());
  }

  private CompletionStage<Move> begin(LoggedCase logged) {
    return log.publishedSize()
        .thenCompose(
            size ->
                size > logged.index()
                    ? registry.before(logged.index())
                    : CompletableFuture.completedFuture(Optional.<RegistryHistory>empty()))
        .thenCompose(
            history ->
                history.isPresent()
                    ? judged(logged, history.get())
                    : CompletableFuture.completedFuture(
                        new Move.Later("the alerts are not under a published checkpoint yet")));
  }

  private CompletionStage<Move> judged(LoggedCase logged, RegistryHistory history) {
    CaseState state = logged.state();
    Voting voting = Objects.requireNonNull(state.voting());
    List<CaseEvent> events =
        logged.events().stream().map(e -> CaseLog.meaning(e, CaseEvent.class)).toList();
    Optional<String> problem = new PolicyEvidence(events).problem(history, logged.snapshot());
    boolean hashed =
        hasher.policy(voting.policy()).equals(voting.content().policyDigest())
            && hasher.proposal(voting.content()).equals(voting.proposalHash());
    Digest radius = voting.content().blastRadius();
    if (!settings.enabled()) {
      return refuse("containment_disabled", "witan.containment.enabled is false");
    }
    if (problem.isPresent() || !hashed) {
      return refuse("wrong_policy", problem.orElse("the content is not the one that was hashed"));
    }
    if (radius == null) {
      return refuse("no_blast_radius", "nobody has tried the options");
    }
    return content
        .get(radius)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(
                        new Move.Later("the blast radius is not in the content store yet"))
                    : candidate(state, BlastRadiusJson.read(radius, found.get())));
  }

  private CompletionStage<Move> candidate(CaseState state, BlastRadius radius) {
    List<ResponseOption> options = Objects.requireNonNull(state.voting()).content().options();
    List<Integer> gentle =
        IntStream.range(0, options.size())
            .boxed()
            .filter(i -> options.get(i).impact() <= settings.terms().maxImpact())
            .sorted(Comparator.comparingInt(i -> options.get(i).impact()))
            .toList();
    CompletionStage<Optional<Candidate>> first =
        CompletableFuture.completedFuture(Optional.empty());
    for (int option : gentle) {
      first =
          first.thenCompose(
              known ->
                  known.isPresent()
                      ? CompletableFuture.completedFuture(known)
                      : steps(state, option).thenApply(steps -> candidate(state, option, steps)));
    }
    return first.thenCompose(
        known ->
            known.isEmpty()
                ? refuse(
                    "no_gentle_option",
                    "no option of an impact up to "
                        + settings.terms().maxImpact()
                        + " begins with what can be taken back")
                : granted(state, known.get(), radius.options().get(known.get().option())));
  }

  private Optional<Candidate> candidate(CaseState state, int option, List<PlannedStep> steps) {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Set<String> sensors = new TreeSet<>();
    boolean trusted = false;
    boolean corroborated = true;
    for (Target target : steps.stream().map(PlannedStep::target).distinct().toList()) {
      Set<String> own = Corroboration.sensorsOf(target, state.alerts());
      Set<String> believed = new TreeSet<>(own);
      believed.retainAll(settings.terms().trustedSensors());
      corroborated = corroborated && (own.size() >= 2 || !believed.isEmpty());
      trusted = trusted || own.size() < 2;
      sensors.addAll(own.size() < 2 ? believed : own);
    }
    return Optional.of(new Candidate(option, steps, corroborated ? sensors : Set.of(), trusted));
  }

  private CompletionStage<Move> granted(CaseState state, Candidate candidate, OptionRadius radius) {
    if (!radius.complete() || !radius.refusals().isEmpty() || !radius.budgets().isEmpty()) {
      return refuse("containment_guardrail", String.join("; ", radius.refusals()));
    }
    if (candidate.sensors().isEmpty()) {
      return refuse(
          "not_corroborated",
          "not every target is named by two distinct sensors, or by a trusted one");
    }
    List<String> clusters =
        candidate.steps().stream().map(step -> step.target().cluster()).distinct().toList();
    return entities
        .toContainments(
            String.valueOf(state.councilId()),
            new ContainmentCommand.GrantContainment(
                Objects.requireNonNull(state.caseId()), clusters, settings.terms()))
        .thenCompose(answer -> answered(candidate, answer));
  }

  private CompletionStage<Move> answered(Candidate candidate, Answer<Receipt> answer) {
    if (answer instanceof Answer.Declined<Receipt> no) {
      return refuse(no.refusal().code(), no.refusal().message());
    }
    if (!(answer instanceof Answer.Done<Receipt> done)) {
      return CompletableFuture.completedFuture(
          new Move.Later("the council's containments do not answer"));
    }
    Duration lease =
        candidate.steps().stream()
            .map(PlannedStep::ttl)
            .filter(Objects::nonNull)
            .map(Duration.class::cast)
            .reduce(settings.terms().lease(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    return CompletableFuture.completedFuture(
        new Move.Tell(
            new CaseCommand.StartContainment(
                candidate.option(),
                adapter,
                candidate.steps().stream().map(PlannedStep::id).toList(),
                List.copyOf(candidate.sensors()),
                candidate.trusted(),
                done.value().seq(),
                lease)));
  }

  private static CompletionStage<Move> refuse(String code, String detail) {
    return CompletableFuture.completedFuture(
        new Move.Tell(new CaseCommand.RefuseContainment(code, detail)));
  }
}
