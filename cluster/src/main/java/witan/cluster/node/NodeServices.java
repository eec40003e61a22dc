package witan.cluster.node;

import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import java.util.function.Consumer;
import witan.actors.anchor.AnchorStatus;
import witan.actors.bundle.BundleExporter;
import witan.actors.node.RuntimeNode;
import witan.actors.service.CaseReader;
import witan.actors.service.CaseWaits;
import witan.actors.service.CurrentBallots;
import witan.actors.service.InterventionService;
import witan.actors.service.StatementService;
import witan.actors.service.VerdictService;
import witan.actors.service.VetoService;
import witan.actors.view.CaseViews;
import witan.domain.api.Health;
import witan.domain.api.Persons;
import witan.domain.common.CaseId;
import witan.http.Services;

/** What the API serves, made of the areas that were started. */
final class NodeServices {
  private NodeServices() {}

  static Services of(
      NodeContext context,
      CaseViews views,
      AnchorStatus anchors,
      Health health,
      Consumer<CaseId> executors,
      Persons persons) {
    RuntimeNode runtime = context.runtime();
    return new Services(
        Detecting.intake(context),
        runtime.councils(),
        new CurrentBallots(runtime.ballots(), context.cases()),
        new VerdictService(
            context.cases(),
            context.registry(),
            runtime.content(),
            runtime.entities(),
            context.councilId()),
        new VetoService(
            context.cases(),
            runtime.caseRules(),
            runtime.entities(),
            runtime.entries(),
            context.decoder(),
            context.councilId(),
            context.clock()),
        context.playbooks(),
        new InterventionService(
            context.cases(), runtime.entries(), context.decoder(), runtime.entities()),
        new CaseReader(
            context.cases(),
            bundles(context, anchors),
            runtime.content(),
            CaseWaits.sharded(
                ClusterSharding.get(context.system()),
                (caseId, limit) -> ExecutorWiring.waits(context.system(), caseId, limit),
                () -> ExecutorWiring.anywhere(context.system()),
                context.clock())),
        views,
        runtime.log(),
        anchors,
        health,
        new NodeOperations(context.system(), runtime, views, anchors, health),
        runtime.hasher(),
        ContainmentWiring.service(context, executors),
        persons,
        new StatementService(
            context.cases(),
            runtime.caseRules(),
            runtime.entities(),
            context.councilId(),
            context.clock()));
  }

  private static BundleExporter bundles(NodeContext context, AnchorStatus anchors) {
    RuntimeNode runtime = context.runtime();
    return new BundleExporter(
        runtime.entries(),
        runtime.keys(),
        context.codec(),
        runtime.log(),
        runtime.content(),
        anchors,
        context.cases(),
        context.playbooks(),
        runtime.seals(),
        context.settings().runtime().generation());
  }
}
