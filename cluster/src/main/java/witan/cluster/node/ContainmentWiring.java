package witan.cluster.node;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import witan.actors.execution.CacaoSteps;
import witan.actors.execution.ContainmentCheck;
import witan.actors.node.RuntimeNode;
import witan.actors.service.ContainmentService;
import witan.actors.view.ContainmentLog;
import witan.actors.view.EntryDecoder;
import witan.domain.common.CaseId;

/** Provisional containment: its check for the executor, its switch for the API. */
final class ContainmentWiring {
  private final NodeSettings settings;
  private final RuntimeNode runtime;
  private final ContainmentLog leases;

  ContainmentWiring(NodeSettings settings, RuntimeNode runtime, EntryDecoder decoder) {
    this.settings = settings;
    this.runtime = runtime;
    this.leases =
        new ContainmentLog(
            runtime.entries(),
            decoder,
            settings.runtime().councilId(),
            () -> CompletableFuture.completedFuture(ContainmentLog.Belief.ALL));
  }

  ContainmentCheck check(ProvedLog proved, String adapter, InstantSource clock) {
    return new ContainmentCheck(
        proved.entries(),
        proved.council(),
        proved.leases(),
        runtime.content(),
        new CacaoSteps(),
        runtime.hasher(),
        runtime.entities(),
        settings.containment(),
        adapter,
        clock);
  }

  ContainmentService service(Consumer<CaseId> executors) {
    return new ContainmentService(
        leases, runtime.entities(), executors, settings.runtime().councilId());
  }
}
