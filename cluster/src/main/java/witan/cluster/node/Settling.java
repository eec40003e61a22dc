package witan.cluster.node;

import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.ClusterSingletonSettings;
import akka.cluster.typed.SingletonActor;
import java.time.Duration;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.settlement.CaseSettlement;
import witan.actors.settlement.SettlementActor;
import witan.actors.settlement.SettlementSettings;
import witan.actors.settlement.Settlements;

/** Has one node of the cluster settle bonds and absences. */
final class Settling {
  private Settling() {}

  /** Runs on the oldest node with the role of the cases. */
  static void start(NodeContext context) {
    RuntimeNode runtime = context.runtime();
    SettlementSettings settings = context.settings().settlement();
    CaseSettlement one =
        new CaseSettlement(
            runtime.entries(),
            context.decoder(),
            runtime.caseRules(),
            context.registry(),
            runtime.content(),
            runtime.entities(),
            context.clock());
    Settlements all =
        new Settlements(
            runtime.entries(), one::settle, runtime.cursor("settlement"), settings.batchEntries());
    ClusterSingleton.get(context.system())
        .init(
            SingletonActor.of(
                    Behaviors.supervise(SettlementActor.create(all, settings))
                        .onFailure(
                            SupervisorStrategy.restartWithBackoff(
                                Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2)),
                    "settlement")
                .withSettings(
                    ClusterSingletonSettings.create(context.system()).withRole(NodeRoles.CASE)));
  }
}
