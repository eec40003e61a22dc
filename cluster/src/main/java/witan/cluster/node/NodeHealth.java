package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import witan.actors.log.LogClock;
import witan.actors.log.LogProtection;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.node.RuntimeProbes;
import witan.actors.view.CaseViews;
import witan.actors.waiting.WaitBook;
import witan.domain.api.Anchors;
import witan.domain.api.Councils;
import witan.domain.api.Health;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryState;
import witan.domain.waiting.WaitCode;
import witan.signing.BallotSignatures;

/**
 * Readiness: a member of the cluster, the coordinators of its entities answer, so do database and
 * journal, the log can be read, the remembered entities and the registry are there. How far the
 * chain has followed is told, but is not readiness.
 */
final class NodeHealth implements Health {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** Longer than a fail-over. */
  private static final Duration SUCCESSION = Duration.ofSeconds(25);

  private final ActorSystem<?> system;
  private final CaseViews views;
  private final Anchors anchors;
  private final String adapter;
  private final ProvedLog proved;
  private final Insecure insecure;
  private final Duration livenessLimit;
  private final Readiness readiness;
  private final LogClock clock;
  private final LogProtection protection;
  private final Councils councils;
  private final WaitBook planning;
  private volatile long lastBeat = System.nanoTime();

  /** Begins to beat; after every region was initialised. */
  NodeHealth(
      NodeContext context, CaseViews views, Anchors anchors, String adapter, ProvedLog proved) {
    RuntimeNode runtime = context.runtime();
    this.system = context.system();
    this.views = views;
    this.anchors = anchors;
    this.adapter = adapter;
    this.proved = proved;
    this.insecure = context.settings().insecure();
    this.livenessLimit = context.settings().livenessLimit();
    this.clock = runtime.counters().clock;
    this.protection = runtime.counters().protection;
    this.councils = runtime.councils();
    this.planning = runtime.planning();
    this.readiness =
        new Readiness(questions(runtime, context.has(NodeRoles.CASE)), LIMIT, System::nanoTime);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            BEAT, BEAT, () -> lastBeat = System.nanoTime(), system.executionContext());
  }

  private List<Readiness.Question> questions(RuntimeNode runtime, boolean entities) {
    RuntimeProbes probes = runtime.probes();
    List<Readiness.Question> questions = new ArrayList<>();
    questions.add(new Readiness.Question("sharding", SUCCESSION, probes::coordinators));
    questions.add(new Readiness.Question("database", Duration.ZERO, probes::database));
    questions.add(new Readiness.Question("journal", Duration.ZERO, probes::journal));
    questions.add(new Readiness.Question("log", Duration.ZERO, runtime.log()::checkpoint));
    if (entities) {
      questions.add(new Readiness.Question("remembered", SUCCESSION, probes::shards));
    }
    questions.add(new Readiness.Question("registry", SUCCESSION, probes::registry));
    return questions;
  }

  @Override
  public boolean alive() {
    Duration sinceBeat = Duration.ofNanos(System.nanoTime() - lastBeat);
    return sinceBeat.compareTo(livenessLimit) < 0
        && views.sinceLastTurn().compareTo(livenessLimit) < 0;
  }

  @Override
  public CompletionStage<Report> check() {
    return readiness
        .parts()
        .thenCombine(
            founding(),
            (asked, council) -> {
              List<Part> parts = new ArrayList<>();
              parts.add(cluster());
              parts.addAll(asked);
              boolean ready = parts.stream().allMatch(Part::up);
              council.ifPresent(parts::add);
              parts.add(chain());
              parts.add(clock(clock.differs()));
              protection().ifPresent(parts::add);
              parts.add(proposals(WaitBook.counts(planning)));
              proved.health().ifPresent(parts::add);
              parts.add(insecure.health());
              if (proved.feed().isPresent()) {
                parts.add(new Part("executor", true, false, "adapter " + adapter));
              }
              parts.add(
                  new Part(
                      "signatures", true, false, "recovered by " + BallotSignatures.backendName()));
              return new Report(ready, parts);
            });
  }

  /** Empty where the registry does not say: that is a part of its own. */
  private CompletionStage<Optional<Part>> founding() {
    return councils
        .current()
        .toCompletableFuture()
        .copy()
        .thenApply(found -> Optional.of(council(found)))
        .completeOnTimeout(Optional.empty(), LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(unknown -> Optional.empty());
  }

  /** A node without one is ready, for the founding is asked of it; no case is decided. */
  static Part council(Optional<RegistryState> found) {
    Optional<String> name =
        found.flatMap(state -> Optional.ofNullable(state.charter())).map(Charter::name);
    return new Part(
        "council",
        name.isPresent(),
        false,
        name.orElse(
            "none has been founded, so cases wait and nothing is decided; './witan council init'"
                + " begins one"));
  }

  /** Where only this node's is wrong, its entities can decide nothing; others can. */
  static Part clock(Optional<String> differs) {
    return new Part(
        "clock",
        differs.isEmpty(),
        false,
        differs.map(text -> "clock_differs: " + text).orElse("the log takes this node's time"));
  }

  /** Of the cases that live on this node. */
  static Part proposals(Map<String, Integer> waits) {
    int unproposed = waits.getOrDefault(WaitCode.PROPOSAL_MISSING.text(), 0);
    return new Part(
        "proposals",
        unproposed == 0,
        false,
        "cases that nobody proposes anything for: " + unproposed);
  }

  /** Of a log node: reads go on while the log stands still. */
  private Optional<Part> protection() {
    return protection
        .status()
        .map(status -> new Part("log-memory", status.up(), false, status.detail()));
  }

  private Part cluster() {
    MemberStatus status = Cluster.get(system).selfMember().status();
    return new Part("cluster", status == MemberStatus.up(), true, status.toString());
  }

  private Part chain() {
    Anchors.Status status = anchors.status().ofTree();
    boolean up =
        status.state() == Anchors.State.FOLLOWING || status.state() == Anchors.State.DISABLED;
    return new Part(
        "chain",
        up,
        false,
        status.state() + ", " + status.anchoredSize() + " entries anchored: " + status.detail());
  }
}
