package witan.actors.node;

import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ShardRegion;
import akka.pattern.Patterns;
import akka.stream.alpakka.cassandra.javadsl.CassandraSession;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import witan.actors.entity.ShardedEntities;
import witan.codec.event.Family;

/**
 * Asks the parts that the entities stand on for a sign of life. Every question fails when its part
 * does not answer in two seconds, or says that it cannot work. Thread-safe.
 */
public final class RuntimeProbes {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final CqlSession session;
  private final ShardedEntities entities;
  private final String councilId;
  private final CassandraSession journalSession;
  private final String messages;
  private final String snapshots;

  RuntimeProbes(
      ActorSystem<?> system, CqlSession session, ShardedEntities entities, String councilId) {
    this.system = system;
    this.session = session;
    this.entities = entities;
    this.councilId = councilId;
    this.journalSession =
        CassandraSessionRegistry.get(system).sessionFor("akka.persistence.cassandra");
    Config cassandra = system.settings().config().getConfig("akka.persistence.cassandra");
    this.messages =
        "SELECT sequence_nr FROM "
            + table(cassandra.getConfig("journal"))
            + " WHERE persistence_id = 'readiness' AND partition_nr = 0 LIMIT 1";
    this.snapshots =
        "SELECT sequence_nr FROM "
            + table(cassandra.getConfig("snapshot"))
            + " WHERE persistence_id = 'readiness' LIMIT 1";
  }

  private static String table(Config plugin) {
    return plugin.getString("keyspace") + "." + plugin.getString("table");
  }

  /** The session of the log and of the services' tables. */
  public CompletionStage<?> database() {
    return session.executeAsync(
        SimpleStatement.newInstance("SELECT key FROM system.local").setTimeout(LIMIT));
  }

  /**
   * The session and the tables of Akka's journal and snapshots, which the remembered entities are
   * kept in too.
   */
  public CompletionStage<?> journal() {
    return journalSession
        .selectOne(SimpleStatement.newInstance(messages).setTimeout(LIMIT))
        .thenCompose(
            row ->
                journalSession.selectOne(SimpleStatement.newInstance(snapshots).setTimeout(LIMIT)));
  }

  /**
   * The coordinator of each kind of entity on this node. It answers when it has read its state and,
   * of remembered entities, which shards there are.
   */
  public CompletionStage<?> coordinators() {
    return all(sharding().getShardTypeNames(), this::coordinator);
  }

  private CompletionStage<?> coordinator(String type) {
    return Patterns.ask(
            sharding().shardRegion(type), ShardRegion.getCurrentRegionsInstance(), LIMIT)
        .handle(
            (answer, failure) -> {
              if (failure != null || ((ShardRegion.CurrentRegions) answer).getRegions().isEmpty()) {
                throw new IllegalStateException("no coordinator of " + type + " answers");
              }
              return answer;
            });
  }

  /** This node's shards of remembered entities: one answers when it has read which there are. */
  public CompletionStage<?> shards() {
    return all(List.of(Family.CASE.prefix(), Family.REGISTRY.prefix()), this::shards);
  }

  private CompletionStage<?> shards(String type) {
    return Patterns.ask(sharding().shardRegion(type), ShardRegion.getRegionStatsInstance(), LIMIT)
        .thenAccept(
            answer -> {
              var failed = ((ShardRegion.ShardRegionStats) answer).getFailed();
              if (!failed.isEmpty()) {
                throw new IllegalStateException(
                    failed.size() + " shards of " + type + " do not answer");
              }
            });
  }

  private ClusterSharding sharding() {
    return ClusterSharding.get(system.classicSystem());
  }

  private static CompletionStage<?> all(
      Collection<String> types, Function<String, CompletionStage<?>> question) {
    return CompletableFuture.allOf(
        types.stream()
            .map(type -> question.apply(type).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * The registry, which every decision needs: the way to it leads through sharding, the store of
   * remembered entities, the journal and the sequencer.
   */
  public CompletionStage<?> registry() {
    return entities.pingRegistry(councilId, LIMIT);
  }
}
