package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ClusterShardingHealthCheck;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import scala.jdk.javaapi.FutureConverters;
import witan.actors.log.JournalProbe;
import witan.actors.node.RuntimeNode;
import witan.actors.view.CaseViews;
import witan.ballot.Signatures;
import witan.domain.api.Anchors;
import witan.domain.api.Health;
import witan.domain.api.LogReads;

/**
 * Readiness: member of the cluster, sharding has found its coordinators, the database answers, the
 * log can be read. How far the chain has followed is told, but is not readiness.
 */
final class NodeHealth implements Health {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final JournalProbe journal;
  private final LogReads log;
  private final CaseViews views;
  private final Anchors anchors;
  private final String adapter;
  private final Duration livenessLimit;
  private final ClusterShardingHealthCheck sharding;
  private volatile long lastBeat = System.nanoTime();

  /** Begins to beat; after every region was initialised. */
  NodeHealth(
      ActorSystem<?> system,
      RuntimeNode runtime,
      CaseViews views,
      Anchors anchors,
      String adapter,
      Duration livenessLimit) {
    this.system = system;
    this.journal = runtime.journal();
    this.log = runtime.log();
    this.views = views;
    this.anchors = anchors;
    this.adapter = adapter;
    this.livenessLimit = livenessLimit;
    this.sharding = new ClusterShardingHealthCheck(system.classicSystem());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            BEAT, BEAT, () -> lastBeat = System.nanoTime(), system.executionContext());
  }

  @Override
  public boolean alive() {
    Duration sinceBeat = Duration.ofNanos(System.nanoTime() - lastBeat);
    return sinceBeat.compareTo(livenessLimit) < 0
        && views.sinceLastTurn().compareTo(livenessLimit) < 0;
  }

  @Override
  public CompletionStage<Report> check() {
    CompletableFuture<Part> regions = part("sharding", this::regions);
    CompletableFuture<Part> database = part("database", journal::answers);
    CompletableFuture<Part> checkpoint = part("log", log::checkpoint);
    return CompletableFuture.allOf(regions, database, checkpoint)
        .thenApply(
            done -> {
              List<Part> parts =
                  new ArrayList<>(
                      List.of(cluster(), regions.join(), database.join(), checkpoint.join()));
              boolean ready = parts.stream().allMatch(Part::up);
              parts.add(chain());
              parts.add(new Part("executor", true, false, "adapter " + adapter));
              parts.add(
                  new Part("signatures", true, false, "recovered by " + Signatures.backendName()));
              return new Report(ready, parts);
            });
  }

  private CompletionStage<?> regions() {
    return FutureConverters.asJava(sharding.apply())
        .thenApply(
            registered -> {
              if (!Boolean.TRUE.equals(registered)) {
                throw new IllegalStateException("a region has not found its coordinator");
              }
              return registered;
            });
  }

  private Part cluster() {
    MemberStatus status = Cluster.get(system).selfMember().status();
    return new Part("cluster", status == MemberStatus.up(), true, status.toString());
  }

  private Part chain() {
    Anchors.Status status = anchors.status();
    boolean up =
        status.state() == Anchors.State.FOLLOWING || status.state() == Anchors.State.DISABLED;
    return new Part(
        "chain",
        up,
        false,
        status.state() + ", " + status.anchoredSize() + " entries anchored: " + status.detail());
  }

  private static CompletableFuture<Part> part(
      String name, Supplier<? extends CompletionStage<?>> question) {
    return question
        .get()
        .toCompletableFuture()
        .thenApply(answer -> new Part(name, true, true, "answers"))
        .completeOnTimeout(
            new Part(name, false, true, "no answer within " + LIMIT.toMillis() + " ms"),
            LIMIT.toMillis(),
            TimeUnit.MILLISECONDS)
        .exceptionally(failure -> new Part(name, false, true, String.valueOf(failure)));
  }
}
