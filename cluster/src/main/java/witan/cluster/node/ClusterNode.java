package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.anchor.AnchorStatus;
import witan.actors.execution.ExecutorKey;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.log.LogKey;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.planning.HandProposals;
import witan.actors.view.CaseViews;
import witan.domain.api.LoggedEvent;
import witan.domain.common.CaseId;
import witan.http.HttpServer;
import witan.http.HttpSettings;
import witan.http.Services;

/**
 * One node, put together: log and entities, then the services that stand on them, then the HTTP API
 * in front. It ends by Akka's coordinated shutdown (SIGTERM); a kill loses nothing acknowledged.
 */
public final class ClusterNode {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
  private static final Duration BIND_LIMIT = Duration.ofSeconds(10);

  private final NodeContext context;
  private final LogKey logKey;
  private final ExecutorKey executorKey;
  private final NodeApi api;

  private ClusterNode(NodeSettings settings, Fittings fittings) throws IOException {
    InstantSource clock = InstantSource.system();
    this.logKey =
        new NodeKeys(settings.createKeys()).log(settings.runtime(), settings.has(NodeRoles.LOG));
    this.api = new NodeApi(settings);
    this.executorKey = ExecutorWiring.key(settings);
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "witan", settings.all());
    RuntimeNode runtime =
        RuntimeNode.open(
            system, settings.runtime(), logKey, NodeTls.identity(settings.all()), clock);
    this.context = NodeContext.of(system, settings, fittings, clock, runtime);
  }

  /** Returns when the API listens; blocks until then. */
  static ClusterNode start(NodeSettings settings, Fittings fittings)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    CallbackThreads.share();
    settings.insecure().warn(LOG);
    ClusterNode node = new ClusterNode(settings, fittings);
    try {
      Anchoring anchoring = Anchoring.start(node.context);
      Services services = node.services(anchoring);
      Membership.join(node.context.system(), settings.seeds());
      anchoring.awaitFirst();
      node.serve(services);
      return node;
    } catch (RuntimeException | InterruptedException | ExecutionException | TimeoutException e) {
      node.context.system().terminate();
      throw e;
    }
  }

  /** Starts every area, then makes of them what the API serves. */
  private Services services(Anchoring anchoring) {
    NodeSettings settings = context.settings();
    RuntimeNode runtime = context.runtime();
    AnchorStatus anchors = anchoring.status();
    HandProposals proposals = new HandProposals();
    CaseViews views =
        CaseViews.start(
            context.system(),
            runtime.entries(),
            context.decoder(),
            settings.view(),
            event -> logged(event, anchoring, proposals));
    ClusterActions actions = context.fittings().actions().apply(ExecutorWiring.actions(settings));
    ProvedLog proved = ProvedLog.of(context);
    Consumer<CaseId> executors = caseId -> ExecutorWiring.wake(context.system(), caseId);
    ExecutorWiring.start(context, proved, anchors, actions, executorKey);
    Detecting.startCorrelation(context);
    runtime.start(Driving.driver(context, executors, proposals), anchors);
    Settling.start(context);
    Driving.wakeLate(context, views);
    NodeHealth health = new NodeHealth(context, views, anchors, actions.adapter(), proved);
    return NodeServices.of(context, views, anchors, health, executors, api.persons(runtime.keys()));
  }

  private void logged(LoggedEvent event, Anchoring anchoring, HandProposals proposals) {
    context.registry().follow(event);
    proposals.follow(event);
    context.runtime().logged(event);
    anchoring.logged(event);
    LOG.info("log #{} {} {} {}", event.index(), event.pid(), event.seq(), event.type());
  }

  private void serve(Services services)
      throws InterruptedException, ExecutionException, TimeoutException {
    NodeSettings settings = context.settings();
    HttpSettings http = settings.http(logKey.key().vkey());
    HttpServer server =
        HttpServer.bind(
                context.system().classicSystem(),
                settings.httpHost(),
                settings.httpPort(),
                settings.httpTls(),
                Admission.of(settings, http, context.system())
                    .before(
                        api.route(context.system(), services, http, context.clock()),
                        context.system()),
                http)
            .toCompletableFuture()
            .get(BIND_LIMIT.toSeconds(), TimeUnit.SECONDS);
    LOG.info("{} on {}", api.whole() ? "the API listens" : "health and status", server.address());
  }

  /** Returns when the node has ended. */
  void awaitEnd() throws InterruptedException, ExecutionException {
    context.system().getWhenTerminated().toCompletableFuture().get();
    context.runtime().close();
  }
}
