package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import java.time.InstantSource;
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
  private final ActorSystem<?> system;
  private final RuntimeNode runtime;
  private final RadiusSettings settings;

  RadiusWiring(ActorSystem<?> system, RuntimeNode runtime, RadiusSettings settings) {
    this.system = system;
    this.runtime = runtime;
    this.settings = settings;
  }

  /** Starts what answers; the check is for the executor of this node. */
  DriftCheck start(ClusterActions actions, InstantSource clock) {
    RadiusSurvey survey =
        new RadiusSurvey(
            new StoredPlaybooks(runtime.content(), new CacaoSteps()),
            actions,
            settings,
            system
                .dispatchers()
                .lookup(DispatcherSelector.fromConfig(ExecutionSettings.DISPATCHER)));
    ClusterSharding.get(system)
        .init(
            Entity.of(RadiusEntity.TYPE, context -> RadiusEntity.create(survey, runtime.content()))
                .withRole(NodeRoles.EXECUTOR));
    return new DriftCheck(runtime.content(), runtime.entities(), survey, settings, actions, clock);
  }

  ShardedRadii radii() {
    return new ShardedRadii(ClusterSharding.get(system), runtime.content(), settings);
  }
}
