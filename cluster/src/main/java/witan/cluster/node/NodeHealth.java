package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import witan.actors.log.JournalProbe;
import witan.ballot.Signatures;
import witan.domain.api.Anchors;
import witan.domain.api.Health;
import witan.domain.api.LogReads;

/**
 * Readiness: member of the cluster, the database answers, the log can be read. How far the chain
 * has followed is told, but is not readiness.
 */
final class NodeHealth implements Health {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final JournalProbe journal;
  private final LogReads log;
  private final Anchors anchors;
  private final String adapter;

  NodeHealth(
      ActorSystem<?> system, JournalProbe journal, LogReads log, Anchors anchors, String adapter) {
    this.system = system;
    this.journal = journal;
    this.log = log;
    this.anchors = anchors;
    this.adapter = adapter;
  }

  @Override
  public CompletionStage<Report> check() {
    CompletableFuture<Part> database = part("database", journal::answers);
    CompletableFuture<Part> checkpoint = part("log", log::checkpoint);
    return database.thenCombine(
        checkpoint,
        (one, two) -> {
          List<Part> parts = new ArrayList<>(List.of(cluster(), one, two));
          boolean ready = parts.stream().allMatch(Part::up);
          parts.add(chain());
          parts.add(new Part("executor", true, false, "adapter " + adapter));
          parts.add(
              new Part("signatures", true, false, "recovered by " + Signatures.backendName()));
          return new Report(ready, parts);
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
