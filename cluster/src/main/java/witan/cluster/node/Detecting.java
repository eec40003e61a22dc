package witan.cluster.node;

import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import witan.actors.correlation.CorrelationEntity;
import witan.actors.node.NodeRoles;
import witan.actors.service.Correlations;
import witan.actors.service.IntakeService;
import witan.domain.correlation.CorrelationAggregate;
import witan.domain.correlation.CorrelationLimits;

/** From alerts to cases. */
final class Detecting {
  private Detecting() {}

  /** Correlation lives on case nodes, the others reach it. */
  static void startCorrelation(NodeContext context) {
    ClusterSharding.get(context.system())
        .init(
            Entity.of(
                    CorrelationEntity.TYPE,
                    entity ->
                        CorrelationEntity.create(
                            entity.getEntityId(),
                            entity.getShard(),
                            new CorrelationAggregate(CorrelationLimits.DEFAULT),
                            context.clock()))
                .withRole(NodeRoles.CASE));
  }

  /** What the API hands alerts to; refused ones are logged by their number. */
  static IntakeService intake(NodeContext context) {
    NodeSettings settings = context.settings();
    IntakeService intake =
        new IntakeService(
            context
                .fittings()
                .correlations()
                .apply(Correlations.sharded(context.system(), settings.correlationTimeout())),
            context.runtime().entities(),
            context.runtime().hasher(),
            context.councilId(),
            settings.correlationRounds(),
            settings.rules());
    context.every(settings.refusalsInterval(), intake::logRefusals);
    return intake;
  }
}
