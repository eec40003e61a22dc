package witan.cluster.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import witan.actors.execution.CacaoSteps;
import witan.actors.execution.ContainmentCheck;
import witan.actors.service.ContainmentService;
import witan.actors.view.ContainmentLog;
import witan.domain.common.CaseId;

/** Provisional containment: its check for the executor, its switch for the API. */
final class ContainmentWiring {
  private ContainmentWiring() {}

  static ContainmentCheck check(NodeContext context, ProvedLog proved, String adapter) {
    return new ContainmentCheck(
        proved.entries(),
        proved.council(),
        proved.leases(),
        context.runtime().content(),
        new CacaoSteps(),
        context.runtime().hasher(),
        context.runtime().entities(),
        context.settings().containment(),
        adapter,
        context.clock());
  }

  static ContainmentService service(NodeContext context, Consumer<CaseId> executors) {
    ContainmentLog leases =
        new ContainmentLog(
            context.runtime().entries(),
            context.decoder(),
            context.councilId(),
            () -> CompletableFuture.completedFuture(ContainmentLog.Belief.ALL));
    return new ContainmentService(
        leases, context.runtime().entities(), executors, context.councilId());
  }
}
