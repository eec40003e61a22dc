package witan.actors.service;

import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import witan.actors.correlation.CorrelationEntity;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;

/** Asks the correlation of a resource; fails when it does not answer in time. */
@FunctionalInterface
public interface Correlations {
  /**
   * Completes after the answer's events are persisted.
   *
   * @param key {@link witan.domain.detection.Resource#correlationKey()}
   */
  CompletionStage<CorrelationAnswer> ask(String key, CorrelationCommand command);

  /** The sharded entities; the caller has initialised {@link CorrelationEntity#TYPE}. */
  static Correlations sharded(ActorSystem<?> system, Duration timeout) {
    ClusterSharding sharding = ClusterSharding.get(system);
    return (key, command) ->
        sharding
            .entityRefFor(CorrelationEntity.TYPE, key)
            .ask(replyTo -> new CorrelationEntity.Ask(command, replyTo), timeout);
  }
}
