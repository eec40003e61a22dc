package witan.cluster.node;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.ClusterEvent;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.sharding.typed.GetClusterShardingStats;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import witan.actors.correlation.CorrelationEntity;
import witan.actors.entity.ShardedEntities;
import witan.actors.execution.ExecutorEntity;
import witan.actors.log.Counters;
import witan.actors.log.Sequencer;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.view.CaseViews;
import witan.actors.waiting.WaitBook;
import witan.codec.event.Family;
import witan.domain.api.Anchors;
import witan.domain.api.Health;
import witan.domain.api.Operations;
import witan.domain.common.LogIndex;

/** The state of the cluster as Akka tells it, and this node's own. Thread-safe. */
final class NodeOperations implements Operations {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final List<EntityTypeKey<?>> TYPES =
      List.of(
          ShardedEntities.key(Family.CASE),
          ShardedEntities.key(Family.REGISTRY),
          ShardedEntities.key(Family.INTAKE),
          CorrelationEntity.TYPE,
          ExecutorEntity.TYPE,
          Sequencer.KEY);

  private final ActorSystem<?> system;
  private final RuntimeNode runtime;
  private final CaseViews views;
  private final Anchors anchors;
  private final Health health;

  NodeOperations(
      ActorSystem<?> system, RuntimeNode runtime, CaseViews views, Anchors anchors, Health health) {
    this.system = system;
    this.runtime = runtime;
    this.views = views;
    this.anchors = anchors;
    this.health = health;
  }

  @Override
  public CompletionStage<Overview> overview() {
    List<CompletableFuture<List<Placement>>> asked = TYPES.stream().map(this::placements).toList();
    CompletableFuture<@Nullable Long> size = orNull(runtime::logSize);
    CompletableFuture<@Nullable Long> published =
        orNull(() -> runtime.log().checkpoint().thenApply(NodeOperations::sizeOf));
    CompletableFuture<Health.Report> report = health.check().toCompletableFuture();
    CompletableFuture<Void> placed =
        CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new));
    return CompletableFuture.allOf(placed, size, published, report)
        .thenApply(
            done -> {
              List<Placement> sharding = new ArrayList<>();
              asked.forEach(answer -> sharding.addAll(answer.join()));
              return new Overview(
                  name(Cluster.get(system).selfMember().address()),
                  members(),
                  sharding,
                  sequencer(sharding),
                  anchorer(),
                  new Log(size.join(), published.join(), LogIndex.inTree(views.viewed())),
                  views.openCases(),
                  WaitBook.counts(runtime.planning(), runtime.executing()),
                  anchors.status().ofTree(),
                  counts(),
                  report.join());
            });
  }

  private List<Member> members() {
    ClusterEvent.CurrentClusterState state = Cluster.get(system).state();
    Set<akka.cluster.Member> unreachable = state.getUnreachable();
    return membersOf(state).stream()
        .map(
            member ->
                new Member(
                    name(member.address()),
                    member.status().toString(),
                    member.getRoles().stream().filter(NodeRoles.ALL::contains).sorted().toList(),
                    !unreachable.contains(member)))
        .toList();
  }

  private static List<akka.cluster.Member> membersOf(ClusterEvent.CurrentClusterState state) {
    return StreamSupport.stream(state.getMembers().spliterator(), false)
        .sorted(Comparator.comparing(member -> name(member.address())))
        .toList();
  }

  /** Akka's rule for singletons: the oldest member with the role. */
  private @Nullable String anchorer() {
    if (anchors.status().state() == Anchors.State.DISABLED) {
      return null;
    }
    return membersOf(Cluster.get(system).state()).stream()
        .filter(member -> member.hasRole(NodeRoles.LOG) && member.status() == MemberStatus.up())
        .min((one, other) -> one.isOlderThan(other) ? -1 : 1)
        .map(member -> name(member.address()))
        .orElse(null);
  }

  private static @Nullable String sequencer(List<Placement> sharding) {
    return sharding.stream()
        .filter(p -> p.type().equals(Sequencer.KEY.name()) && p.entities() > 0)
        .findFirst()
        .map(Placement::node)
        .orElse(null);
  }

  private CompletableFuture<List<Placement>> placements(EntityTypeKey<?> type) {
    return AskPattern
        .<akka.cluster.sharding.typed.ClusterShardingQuery, ShardRegion.ClusterShardingStats>ask(
            ClusterSharding.get(system).shardState(),
            replyTo -> new GetClusterShardingStats(type, LIMIT, replyTo),
            LIMIT,
            system.scheduler())
        .toCompletableFuture()
        .thenApply(stats -> placements(type, stats))
        .exceptionally(failure -> List.of());
  }

  private List<Placement> placements(
      EntityTypeKey<?> type, ShardRegion.ClusterShardingStats stats) {
    List<Placement> placements = new ArrayList<>();
    stats
        .getRegions()
        .forEach(
            (address, region) -> {
              int entities =
                  region.getStats().values().stream().mapToInt(count -> (Integer) count).sum();
              String node = name(full(address));
              placements.add(new Placement(type.name(), node, region.getStats().size(), entities));
            });
    placements.sort(Comparator.comparing(Placement::node));
    return placements;
  }

  /** Akka names this node's own region without host and port. */
  private Address full(Address address) {
    return address.hasLocalScope() ? Cluster.get(system).selfMember().address() : address;
  }

  private Counts counts() {
    Counters counters = runtime.counters();
    return new Counts(
        counters.writerConflicts.sum(),
        counters.alarms.sum(),
        counters.entityFailures.sum(),
        counters.batchesCommitted.sum(),
        counters.entriesCommitted.sum(),
        counters.badTimes.sum());
  }

  /** The second line of a checkpoint. */
  private static Long sizeOf(String checkpoint) {
    return Long.valueOf(checkpoint.lines().skip(1).findFirst().orElseThrow());
  }

  private static String name(Address address) {
    return address.hostPort().replaceFirst("^[^@]*@", "");
  }

  private static <T> CompletableFuture<@Nullable T> orNull(Supplier<CompletionStage<T>> question) {
    CompletableFuture<@Nullable T> answer = new CompletableFuture<>();
    var unused =
        question
            .get()
            .whenComplete((value, failure) -> answer.complete(failure == null ? value : null));
    return answer.completeOnTimeout(null, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
