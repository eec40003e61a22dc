package witan.actors.entity;

import akka.Done;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.Entities;
import witan.codec.event.Family;
import witan.codec.json.JsonRefused;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;

/**
 * Commands to the sharded entities. A command that is not answered in time is Busy to its caller,
 * and may still be logged: the same command again gets the same answer.
 */
public final class ShardedEntities implements Entities {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final ClusterSharding sharding;
  private final NodeMessages messages;
  private final Duration timeout;

  public ShardedEntities(ClusterSharding sharding, NodeMessages messages, Duration timeout) {
    this.sharding = sharding;
    this.messages = messages;
    this.timeout = timeout;
  }

  /** Where the entities of a family live: their sharding has the family's name. */
  public static EntityTypeKey<LoggedEntity.Message> key(Family<?, ?> family) {
    return EntityTypeKey.create(LoggedEntity.Message.class, family.prefix());
  }

  /** Fails when that council's registry has not caught up within the limit. */
  public CompletionStage<Done> pingRegistry(String councilId, Duration limit) {
    return sharding
        .entityRefFor(key(Family.REGISTRY), councilId)
        .ask(LoggedEntity.Ping::new, limit);
  }

  @Override
  public <C> CompletionStage<Answer<Receipt>> submit(
      Family<C, ?> family, String entityId, C command) {
    try {
      return sharding
          .entityRefFor(key(family), entityId)
          .<Answer<Receipt>>ask(
              replyTo -> messages.submit(family.pid(entityId), command, replyTo), timeout)
          .exceptionally(failure -> new Answer.Busy<>("no answer in time", RETRY_AFTER));
    } catch (JsonRefused unwritable) {
      return CompletableFuture.completedFuture(new Answer.Declined<>(unwritable.refusal()));
    }
  }
}
