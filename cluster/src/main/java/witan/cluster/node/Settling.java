package witan.cluster.node;

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
    context.singleton("settlement", NodeRoles.CASE, SettlementActor.create(all, settings));
  }
}
