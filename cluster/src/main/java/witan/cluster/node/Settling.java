package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.ClusterSingletonSettings;
import akka.cluster.typed.SingletonActor;
import java.time.Duration;
import java.time.InstantSource;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.settlement.CaseSettlement;
import witan.actors.settlement.SettlementActor;
import witan.actors.settlement.SettlementSettings;
import witan.actors.settlement.Settlements;
import witan.actors.view.EntryDecoder;
import witan.actors.view.RegistryLog;

/** Has one node of the cluster settle bonds and absences. */
final class Settling {
  private Settling() {}

  /** Runs on the oldest node with the role of the cases. */
  static void start(
      ActorSystem<?> system,
      RuntimeNode runtime,
      EntryDecoder decoder,
      RegistryLog registry,
      SettlementSettings settings,
      InstantSource clock) {
    CaseSettlement one =
        new CaseSettlement(
            runtime.entries(),
            decoder,
            runtime.caseRules(),
            registry,
            runtime.content(),
            runtime.entities(),
            clock);
    Settlements all =
        new Settlements(
            runtime.entries(), one::settle, runtime.cursor("settlement"), settings.batchEntries());
    ClusterSingleton.get(system)
        .init(
            SingletonActor.of(
                    Behaviors.supervise(SettlementActor.create(all, settings))
                        .onFailure(
                            SupervisorStrategy.restartWithBackoff(
                                Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2)),
                    "settlement")
                .withSettings(ClusterSingletonSettings.create(system).withRole(NodeRoles.CASE)));
  }
}
