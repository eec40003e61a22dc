package witan.cluster.node;

import java.util.function.Consumer;
import witan.actors.node.NodeRoles;
import witan.actors.planning.HandProposals;
import witan.actors.planning.Patience;
import witan.actors.planning.ResponsePlanning;
import witan.actors.planning.RuleOptions;
import witan.actors.service.CaseDriver;
import witan.actors.service.DriverSettings;
import witan.actors.service.LateCases;
import witan.actors.spi.Driver;
import witan.actors.view.CaseViews;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseState;

/** What moves open cases on: planning, deadlines, notices to voters. */
final class Driving {
  private Driving() {}

  /**
   * The driver of this node's cases.
   *
   * @param executors to be told of a case that wants executing
   * @param proposals follows the node's feed
   */
  static Driver<CaseState> driver(
      NodeContext context, Consumer<CaseId> executors, HandProposals proposals) {
    NodeSettings settings = context.settings();
    ResponsePlanning planning =
        new ResponsePlanning(
            context.registry(),
            context.runtime().content(),
            new RuleOptions(settings.rules().response(), context.playbooks()),
            context.playbooks(),
            context.runtime().entities(),
            RadiusWiring.radii(context),
            new Patience(settings.driver().proposalWait(), proposals, context.clock()));
    return new CaseDriver(
            planning,
            context.runtime().entities(),
            executors,
            settings.driver(),
            context.runtime().planning())
        .and(Notifying.driver(context));
  }

  /** Has cases looked after that nothing has moved for long. */
  static void wakeLate(NodeContext context, CaseViews views) {
    if (!context.has(NodeRoles.CASE)) {
      return;
    }
    DriverSettings driver = context.settings().driver();
    LateCases late =
        new LateCases(
            views::after, context.runtime()::wake, driver.lateAfter(), driver.lateAtOnce());
    context.every(driver.lateLook(), late::look);
  }
}
