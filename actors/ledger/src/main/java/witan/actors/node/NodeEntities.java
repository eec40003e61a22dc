package witan.actors.node;

import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import witan.actors.entity.CodecFormat;
import witan.actors.entity.Decider;
import witan.actors.entity.EntitySurroundings;
import witan.actors.entity.LoggedEntity;
import witan.actors.entity.ShardedEntities;
import witan.actors.spi.Driver;
import witan.codec.event.Family;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.common.Aggregate;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.intake.IntakeAggregate;
import witan.domain.notes.NotesAggregate;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseState;
import witan.domain.registry.RegistryAggregate;

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
    EntitySurroundings around) {

  /** Open cases begin to be driven. */
  void start(
      CaseAggregate cases,
      RegistryAggregate registry,
      CatalogueAggregate catalogue,
      Driver<CaseState> driver) {
    ClusterShardingSettings remembered = shards.withRememberEntities(true);
    sharding.init(
        entity(
                Family.CASE,
                cases,
                state -> Optional.ofNullable(CaseAggregate.policyDigest(state)),
                driver)
            .withSettings(remembered));
    sharding.init(entity(Family.REGISTRY, registry).withSettings(remembered));
    sharding.init(entity(Family.INTAKE, new IntakeAggregate()));
    sharding.init(entity(Family.CONTAINMENT, new ContainmentAggregate()));
    sharding.init(entity(Family.CATALOGUE, catalogue));
    sharding.init(entity(Family.NOTES, new NotesAggregate()));
  }

  /** Entities that nothing drives, and that stand under no policy. */
  private <S, C, E extends DomainEvent>
      Entity<LoggedEntity.Message, ShardingEnvelope<LoggedEntity.Message>> entity(
          Family<C, E> family, Aggregate<S, C, E> aggregate) {
    return entity(
        family, aggregate, state -> Optional.empty(), (id, state, now) -> Optional.empty());
  }

  private <S, C, E extends DomainEvent>
      Entity<LoggedEntity.Message, ShardingEnvelope<LoggedEntity.Message>> entity(
          Family<C, E> family,
          Aggregate<S, C, E> aggregate,
          Function<S, Optional<Digest>> policy,
          Driver<S> driver) {
    CodecFormat<E> format = new CodecFormat<>(family.events());
    Class<C> commands = Objects.requireNonNull(family.commands());
    return Entity.of(
            ShardedEntities.key(family),
            context ->
                LoggedEntity.create(
                    context.getShard(),
                    new Decider<>(
                        family.pid(context.getEntityId()),
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
}
