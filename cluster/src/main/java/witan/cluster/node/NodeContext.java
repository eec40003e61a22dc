package witan.cluster.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.ClusterSingletonSettings;
import akka.cluster.typed.SingletonActor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import witan.actors.node.RuntimeNode;
import witan.actors.view.CaseLog;
import witan.actors.view.EntryDecoder;
import witan.actors.view.RegistryLog;
import witan.codec.event.EventCodec;
import witan.domain.api.Playbooks;

/**
 * What every area of a node stands on: its settings, its actor system, the log and what can be read
 * of it. Each area has a class in this package that starts it from here.
 */
record NodeContext(
    ActorSystem<Void> system,
    NodeSettings settings,
    Fittings fittings,
    InstantSource clock,
    RuntimeNode runtime,
    EventCodec codec,
    EntryDecoder decoder,
    CaseLog cases,
    RegistryLog registry,
    Playbooks playbooks) {

  static NodeContext of(
      ActorSystem<Void> system,
      NodeSettings settings,
      Fittings fittings,
      InstantSource clock,
      RuntimeNode runtime) {
    EventCodec codec = new EventCodec();
    EntryDecoder decoder = new EntryDecoder(runtime.keys(), codec);
    return new NodeContext(
        system,
        settings,
        fittings,
        clock,
        runtime,
        codec,
        decoder,
        new CaseLog(runtime.entries(), decoder, runtime.caseRules()),
        new RegistryLog(
            runtime.entries(), decoder, runtime.registryRules(), settings.runtime().councilId()),
        runtime.playbooks(decoder));
  }

  String councilId() {
    return settings.runtime().councilId();
  }

  boolean has(String role) {
    return settings.has(role);
  }

  /** Has that done again and again, for as long as the node lives. */
  void every(Duration interval, Consumer<Instant> work) {
    system
        .scheduler()
        .scheduleWithFixedDelay(
            interval, interval, () -> work.accept(clock.instant()), system.executionContext());
  }

  /** Runs on the oldest node with the role, and again after a failure; the others reach it. */
  <T> ActorRef<T> singleton(String name, String role, Behavior<T> behavior) {
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(
                    Behaviors.supervise(behavior)
                        .onFailure(
                            SupervisorStrategy.restartWithBackoff(
                                Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2)),
                    name)
                .withSettings(ClusterSingletonSettings.create(system).withRole(role)));
  }
}
