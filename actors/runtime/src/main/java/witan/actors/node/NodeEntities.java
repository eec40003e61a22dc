package witan.actors.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import witan.actors.entity.CodecFormat;
import witan.actors.entity.Decider;
import witan.actors.entity.LoggedEntity;
import witan.actors.entity.ShardedEntities;
import witan.actors.spi.Driver;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.catalogue.CatalogueCommand;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.common.Aggregate;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.intake.IntakeAggregate;
import witan.domain.intake.IntakeCommand;
import witan.domain.intake.IntakeEvent;
import witan.domain.notes.NoteCommand;
import witan.domain.notes.NoteEvent;
import witan.domain.notes.NotesAggregate;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;

/**
 * The sharding of every kind of logged entity.
 *
 * @param around what each of them stands on
 */
record NodeEntities(
    ClusterSharding sharding,
    ClusterShardingSettings shards,
    RuntimeSettings settings,
    Supplier<Instant> clock,
    LoggedEntity.Surroundings around) {

  /** Open cases begin to be driven. */
  void start(
      CaseAggregate cases,
      RegistryAggregate registry,
      CatalogueAggregate catalogue,
      Driver<CaseState> driver) {
    ClusterShardingSettings remembered = shards.withRememberEntities(true);
    sharding.init(
        entity(
                ShardedEntities.CASE,
                cases,
                CaseCommand.class,
                CaseEvent.class,
                state -> Optional.ofNullable(CaseAggregate.policyDigest(state)),
                driver)
            .withSettings(remembered));
    sharding.init(
        entity(
                ShardedEntities.REGISTRY,
                registry,
                RegistryCommand.class,
                RegistryEvent.class,
                state -> Optional.empty(),
                (id, state, now) -> Optional.empty())
            .withSettings(remembered));
    sharding.init(
        entity(
            ShardedEntities.INTAKE,
            new IntakeAggregate(),
            IntakeCommand.class,
            IntakeEvent.class,
            state -> Optional.empty(),
            (id, state, now) -> Optional.empty()));
    sharding.init(
        entity(
            ShardedEntities.CONTAINMENT,
            new ContainmentAggregate(),
            ContainmentCommand.class,
            ContainmentEvent.class,
            state -> Optional.empty(),
            (id, state, now) -> Optional.empty()));
    sharding.init(
        entity(
            ShardedEntities.CATALOGUE,
            catalogue,
            CatalogueCommand.class,
            CatalogueEvent.class,
            state -> Optional.empty(),
            (id, state, now) -> Optional.empty()));
    sharding.init(
        entity(
            ShardedEntities.NOTES,
            new NotesAggregate(),
            NoteCommand.class,
            NoteEvent.class,
            state -> Optional.empty(),
            (id, state, now) -> Optional.empty()));
  }

  private <S, C, E extends DomainEvent>
      Entity<
              LoggedEntity.Message,
              akka.cluster.sharding.typed.ShardingEnvelope<LoggedEntity.Message>>
          entity(
              EntityTypeKey<LoggedEntity.Message> key,
              Aggregate<S, C, E> aggregate,
              Class<C> commands,
              Class<E> events,
              Function<S, Optional<Digest>> policy,
              Driver<S> driver) {
    CodecFormat<E> format = new CodecFormat<>(events);
    return Entity.of(
            key,
            context ->
                behavior(
                    context.getShard(),
                    new Decider<>(
                        ShardedEntities.pid(key, context.getEntityId()),
                        aggregate,
                        format,
                        policy,
                        settings.entity(),
                        clock),
                    commands,
                    context.getEntityId(),
                    driver,
                    around))
        .withRole(NodeRoles.CASE)
        .withStopMessage(new LoggedEntity.Stop());
  }

  private static <S, C, E> Behavior<LoggedEntity.Message> behavior(
      ActorRef<ClusterSharding.ShardCommand> shard,
      Decider<S, C, E> decider,
      Class<C> commands,
      String entityId,
      Driver<S> driver,
      LoggedEntity.Surroundings around) {
    return LoggedEntity.create(shard, decider, commands, entityId, driver, around);
  }
}
