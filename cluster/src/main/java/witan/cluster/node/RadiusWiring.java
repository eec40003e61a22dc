package witan.cluster.node;

import akka.actor.typed.DispatcherSelector;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import witan.actors.execution.CacaoSteps;
import witan.actors.execution.DriftCheck;
import witan.actors.execution.ExecutionSettings;
import witan.actors.execution.RadiusEntity;
import witan.actors.execution.RadiusSettings;
import witan.actors.execution.RadiusSurvey;
import witan.actors.execution.ShardedRadii;
import witan.actors.execution.StoredPlaybooks;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;

/** Blast radii: made on executors, asked for by whoever plans. */
final class RadiusWiring {
  private RadiusWiring() {}

  /** Starts what answers; the check is for the executor of this node. */
  static DriftCheck start(NodeContext context, ClusterActions actions) {
    RuntimeNode runtime = context.runtime();
    RadiusSettings settings = context.settings().radius();
    RadiusSurvey survey =
        new RadiusSurvey(
            new StoredPlaybooks(runtime.content(), new CacaoSteps()),
            actions,
            settings,
            context
                .system()
                .dispatchers()
                .lookup(DispatcherSelector.fromConfig(ExecutionSettings.DISPATCHER)));
    ClusterSharding.get(context.system())
        .init(
            Entity.of(RadiusEntity.TYPE, entity -> RadiusEntity.create(survey, runtime.content()))
                .withRole(NodeRoles.EXECUTOR));
    return new DriftCheck(
        runtime.content(), runtime.entities(), survey, settings, actions, context.clock());
  }

  static ShardedRadii radii(NodeContext context) {
    return new ShardedRadii(
        ClusterSharding.get(context.system()),
        context.runtime().content(),
        context.settings().radius());
  }
}
