package witan.actors.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import witan.actors.spi.ContentStore;
import witan.actors.view.CaseLog;
import witan.codec.content.BlastRadiusJson;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.ReversibleStart;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.Voting;
import witan.domain.recount.PolicyEvidence;
import witan.domain.registry.RegistryHistory;
import witan.evidence.AlertEvidence;
import witan.evidence.Council;

/**
 * What a provisional containment stands on, but for its lease: policy, gentle option, alerts, dry
 * run. Thread-safe.
 */
final class ContainmentGrounds {
  /** What was found. */
  sealed interface Found {
    /** By the ids of the playbook. */
    default List<PlannedStep> steps() {
      return List.of();
    }
  }

  /** Nothing stands against it but the budgets. */
  record Stands(int option, List<PlannedStep> steps, Set<String> sensors, boolean trusted)
      implements Found {}

  /** What was begun of these steps is taken back. */
  record Refused(String code, String detail, List<PlannedStep> steps) implements Found {}

  /** Not there yet, or for the moment. */
  record Waits(String reason, List<PlannedStep> steps) implements Found {}

  /** What is judged by. */
  private record Basis(AlertEvidence alerts, BlastRadius radius) {}

  private final VerifiedCouncil council;
  private final ContentStore content;
  private final StoredPlaybooks playbooks;
  private final ContentHasher hasher;
  private final ContainmentSettings settings;

  ContainmentGrounds(
      VerifiedCouncil council,
      ContentStore content,
      StoredPlaybooks playbooks,
      ContentHasher hasher,
      ContainmentSettings settings) {
    this.council = council;
    this.content = content;
    this.playbooks = playbooks;
    this.hasher = hasher;
    this.settings = settings;
  }

  /** For the gentlest option that begins with what can be taken back. */
  CompletionStage<Found> first(LoggedCase logged) {
    return basis(logged, basis -> gentlest(logged, basis), List.of());
  }

  /** For the option that was begun. */
  CompletionStage<Found> of(LoggedCase logged, int option) {
    List<ResponseOption> options = options(logged);
    if (option < 0 || option >= options.size()) {
      return done(new Refused("wrong_option", "there is no option " + option, List.of()));
    }
    return steps(options.get(option))
        .thenCompose(
            steps ->
                steps.isEmpty()
                    // Not there yet, or nothing that could have been begun.
                    ? playbooks
                        .fetch(options.get(option).playbookDigest())
                        .thenApply(
                            found ->
                                found.isEmpty()
                                    ? new Waits(
                                        "the playbook is not in the content store yet", steps)
                                    : new Refused(
                                        "no_gentle_option", "nothing of it can be begun", steps))
                    : basis(logged, basis -> done(judged(logged, option, steps, basis)), steps));
  }

  private static List<ResponseOption> options(LoggedCase logged) {
    return Objects.requireNonNull(logged.state().voting()).content().options();
  }

  private CompletionStage<List<PlannedStep>> steps(ResponseOption option) {
    return playbooks
        .fetch(option.playbookDigest())
        .thenApply(
            documents ->
                playbooks.plan(option, documents) instanceof Clearance.Ready ready
                    ? ReversibleStart.of(ready.plan())
                    : List.of());
  }

  private CompletionStage<Found> basis(
      LoggedCase logged, Function<Basis, CompletionStage<Found>> then, List<PlannedStep> of) {
    return council
        .current()
        .thenCompose(
            believed -> {
              Optional<Found> wrong = wrong(logged, believed.history(), of);
              Digest radius =
                  Objects.requireNonNull(logged.state().voting()).content().blastRadius();
              if (wrong.isPresent() || radius == null) {
                return done(
                    wrong.orElseGet(
                        () -> new Refused("no_blast_radius", "nobody has tried the options", of)));
              }
              return content
                  .get(radius)
                  .thenCompose(
                      found ->
                          found.isEmpty()
                              ? done(
                                  new Waits("the blast radius is not in the content store yet", of))
                              : then.apply(
                                  new Basis(
                                      alerts(logged, believed),
                                      BlastRadiusJson.read(radius, found.get()))));
            });
  }

  private Optional<Found> wrong(
      LoggedCase logged, RegistryHistory history, List<PlannedStep> steps) {
    Voting voting = Objects.requireNonNull(logged.state().voting());
    if (!settings.enabled()) {
      return Optional.of(
          new Refused("containment_disabled", "witan.containment.enabled is false", steps));
    }
    if (!voting.content().provisionalContainment()) {
      return Optional.of(
          new Refused("containment_not_allowed", "the policy row allows none", steps));
    }
    Optional<String> problem =
        new PolicyEvidence(events(logged)).problem(history, logged.snapshot());
    boolean hashed =
        hasher.policy(voting.policy()).equals(voting.content().policyDigest())
            && hasher.proposal(voting.content()).equals(voting.proposalHash());
    return problem.isPresent() || !hashed
        ? Optional.of(
            new Refused(
                "wrong_policy",
                problem.orElse("the content is not the one that was hashed"),
                steps))
        : Optional.empty();
  }

  /**
   * By the rules of when the case began; of the sensors' keys only those that are good still, so
   * that a stolen one can be taken away at once.
   */
  private static AlertEvidence alerts(LoggedCase logged, Council believed) {
    return AlertEvidence.of(believed, logged.snapshot(), events(logged))
        .only(Set.copyOf(believed.history().before(Long.MAX_VALUE).sensors()));
  }

  private static List<CaseEvent> events(LoggedCase logged) {
    return logged.events().stream().map(e -> CaseLog.meaning(e, CaseEvent.class)).toList();
  }

  private CompletionStage<Found> gentlest(LoggedCase logged, Basis basis) {
    List<ResponseOption> options = options(logged);
    List<Integer> gentle =
        IntStream.range(0, options.size())
            .boxed()
            .filter(i -> gentle(options.get(i)))
            .sorted(Comparator.comparingInt(i -> options.get(i).impact()))
            .toList();
    CompletionStage<Optional<Found>> first = CompletableFuture.completedFuture(Optional.empty());
    for (int option : gentle) {
      first =
          first.thenCompose(
              known ->
                  known.isPresent()
                      ? CompletableFuture.completedFuture(known)
                      : steps(options.get(option))
                          .thenApply(
                              steps ->
                                  steps.isEmpty()
                                      ? Optional.<Found>empty()
                                      : Optional.of(judged(logged, option, steps, basis))));
    }
    return first.thenApply(known -> known.orElseGet(() -> tooGrave(List.of())));
  }

  private boolean gentle(ResponseOption option) {
    return option.impact() <= settings.terms().maxImpact();
  }

  private Found tooGrave(List<PlannedStep> steps) {
    return new Refused(
        "no_gentle_option",
        "no option of an impact up to "
            + settings.terms().maxImpact()
            + " begins with what can be taken back",
        steps);
  }

  private Found judged(LoggedCase logged, int option, List<PlannedStep> steps, Basis basis) {
    OptionRadius radius = basis.radius().options().get(option);
    if (!gentle(options(logged).get(option))) {
      return tooGrave(steps);
    }
    if (!radius.complete() || !radius.refusals().isEmpty() || !radius.budgets().isEmpty()) {
      return new Refused("containment_guardrail", String.join("; ", radius.refusals()), steps);
    }
    Stands stands = corroborated(basis.alerts(), reliedOn(logged), option, steps);
    return stands.sensors().isEmpty()
        ? new Refused(
            "not_corroborated",
            "not every target is named by two distinct sensors, or by a trusted one"
                + (basis.alerts().trust().signed() ? ", in alerts that they signed" : ""),
            steps)
        : stands;
  }

  /** Alerts that came after the beginning are no reason for it. */
  private static List<CaseEvent.AlertRecorded> reliedOn(LoggedCase logged) {
    List<CaseEvent.AlertRecorded> before = new ArrayList<>();
    for (LoggedEvent event : logged.events()) {
      if (event.event() instanceof CaseEvent.ContainmentStarted) {
        break;
      }
      if (event.event() instanceof CaseEvent.AlertRecorded recorded) {
        before.add(recorded);
      }
    }
    return before;
  }

  private static Stands corroborated(
      AlertEvidence evidence,
      List<CaseEvent.AlertRecorded> alerts,
      int option,
      List<PlannedStep> steps) {
    List<Alert> believed = evidence.believed(alerts, false);
    Set<String> sensors = new TreeSet<>();
    boolean trusted = false;
    boolean corroborated = true;
    for (Target target : steps.stream().map(PlannedStep::target).distinct().toList()) {
      Set<String> own = evidence.sensors(target, believed);
      corroborated = corroborated && !own.isEmpty();
      trusted = trusted || own.size() < 2;
      sensors.addAll(own);
    }
    return new Stands(option, steps, corroborated ? sensors : Set.of(), trusted);
  }

  private static CompletionStage<Found> done(Found found) {
    return CompletableFuture.completedFuture(found);
  }
}
