package witan.cluster.node;

import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.ClusterSingletonSettings;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.SingletonActor;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.anchor.AnchorActor;
import witan.actors.anchor.AnchorStatus;
import witan.actors.anchor.AnchorWork;
import witan.actors.anchor.AnchoredMemory;
import witan.actors.bundle.BundleExporter;
import witan.actors.correlation.CorrelationEntity;
import witan.actors.execution.ExecutorKey;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.log.LogKey;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.planning.ResponsePlanning;
import witan.actors.planning.RuleOptions;
import witan.actors.service.CaseDriver;
import witan.actors.service.CaseReader;
import witan.actors.service.CaseWaits;
import witan.actors.service.Correlations;
import witan.actors.service.CurrentBallots;
import witan.actors.service.DriverSettings;
import witan.actors.service.IntakeRules;
import witan.actors.service.IntakeService;
import witan.actors.service.InterventionService;
import witan.actors.service.LateCases;
import witan.actors.service.StatementService;
import witan.actors.service.VerdictService;
import witan.actors.service.VetoService;
import witan.actors.view.CaseLog;
import witan.actors.view.CaseViews;
import witan.actors.view.EntryDecoder;
import witan.actors.view.RegistryLog;
import witan.chain.anchor.AnchorChain;
import witan.chain.anchor.AnchorJournal;
import witan.chain.anchor.AnchorKey;
import witan.chain.anchor.Web3jAnchorChain;
import witan.codec.event.EventCodec;
import witan.domain.api.Anchors;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Playbooks;
import witan.domain.correlation.CorrelationAggregate;
import witan.domain.correlation.CorrelationLimits;
import witan.http.HttpServer;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.route.RefusedBody;

/**
 * One node, put together: log and entities, then the services that stand on them, then the HTTP API
 * in front. It ends by Akka's coordinated shutdown (SIGTERM); a kill loses nothing acknowledged.
 */
public final class ClusterNode {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);

  private static final Duration ANCHORS_LIMIT = Duration.ofSeconds(5);
  private static final Duration BIND_LIMIT = Duration.ofSeconds(10);

  /** What the chain should cover soon: an end, and a decision that may wait for the chain. */
  private static final Set<String> ANCHOR_SOON =
      Set.of("CouncilFounded", "ProposalApproved", "CaseSealed");

  private final NodeSettings settings;
  private final Fittings fittings;
  private final InstantSource clock = InstantSource.system();
  private final ActorSystem<Void> system;
  private final LogKey logKey;
  private final NodeApi api;
  private final RuntimeNode runtime;
  private final ExecutorWiring executors;
  private final EventCodec codec = new EventCodec();
  private CompletionStage<Anchors.Status> anchorsKnown = new CompletableFuture<>();

  private ClusterNode(NodeSettings settings, Fittings fittings) throws IOException {
    this.settings = settings;
    this.fittings = fittings;
    NodeKeys keys = new NodeKeys(settings.createKeys());
    this.logKey = keys.log(settings.runtime(), settings.has(NodeRoles.LOG));
    this.api = new NodeApi(settings);
    ExecutorKey executorKey = ExecutorWiring.key(settings);
    this.system = ActorSystem.create(Behaviors.empty(), "witan", settings.all());
    this.runtime =
        RuntimeNode.open(
            system, settings.runtime(), logKey, NodeTls.identity(settings.all()), clock);
    this.executors = new ExecutorWiring(system, settings, runtime, executorKey, clock);
  }

  /** Returns when the API listens; blocks until then. */
  static ClusterNode start(NodeSettings settings, Fittings fittings)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    CallbackThreads.share();
    settings.insecure().warn(LOG);
    ClusterNode node = new ClusterNode(settings, fittings);
    try {
      Services services = node.services();
      node.join();
      node.awaitMembership();
      node.awaitAnchors();
      node.serve(services);
      return node;
    } catch (RuntimeException | InterruptedException | ExecutionException | TimeoutException e) {
      node.system.terminate();
      throw e;
    }
  }

  /**
   * When everything a member takes part in is there: a coordinator that succeeds a dead one reads
   * its state from all members, and waits ten seconds for one that has no sharding yet.
   */
  private void join() {
    Cluster.get(system)
        .manager()
        .tell(
            new JoinSeedNodes(
                settings.seeds().stream()
                    .map(seed -> AddressFromURIString.parse("akka://witan@" + seed))
                    .toList()));
  }

  private void awaitMembership() throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + JOIN_LIMIT.toNanos();
    while (Cluster.get(system).selfMember().status() != MemberStatus.up()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "not a member of the cluster after " + JOIN_LIMIT.toSeconds() + " s");
      }
      Thread.sleep(50);
    }
  }

  /**
   * So that nothing anchored is shown as not anchored; not for long, since the chain may be down.
   */
  private void awaitAnchors() throws InterruptedException, ExecutionException {
    try {
      anchorsKnown.toCompletableFuture().get(ANCHORS_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("the anchoring has not answered yet; the API starts without it");
    }
  }

  private Services services() {
    EntryDecoder decoder = new EntryDecoder(runtime.keys(), codec);
    CaseLog cases = new CaseLog(runtime.entries(), decoder, runtime.caseRules());
    ActorRef<AnchorActor.Message> anchoring = settings.anchor().enabled() ? anchoring() : null;
    AnchorStatus anchors =
        anchoring == null
            ? AnchorStatus.disabled()
            : AnchorStatus.follow(system, anchoring, settings.anchor());
    anchorsKnown = anchors.first();
    RegistryLog registry =
        new RegistryLog(
            runtime.entries(), decoder, runtime.registryRules(), settings.runtime().councilId());
    CaseViews views =
        CaseViews.start(
            system,
            runtime.entries(),
            decoder,
            settings.view(),
            event -> {
              registry.follow(event);
              runtime.logged(event);
              if (anchoring != null && ANCHOR_SOON.contains(event.type())) {
                anchoring.tell(new AnchorActor.Nudge());
              }
              logLine(event);
            });
    ClusterActions actions = fittings.actions().apply(ExecutorWiring.actions(settings));
    Playbooks playbooks = runtime.playbooks(decoder);
    ContainmentWiring containment = new ContainmentWiring(settings, runtime, decoder);
    ProvedLog proved = ProvedLog.of(system, settings, runtime, decoder);
    executors.start(proved, anchors, actions, containment.check(proved, actions.adapter(), clock));
    startCorrelation();
    runtime.start(
        driver(registry, playbooks).and(Notifying.driver(runtime, settings.webhooks(), clock)));
    Settling.start(system, runtime, decoder, registry, settings.settlement(), clock);
    if (settings.has(NodeRoles.CASE)) {
      wakeLate(views);
    }
    BundleExporter bundles =
        new BundleExporter(
            runtime.entries(),
            runtime.keys(),
            codec,
            runtime.log(),
            runtime.content(),
            anchors,
            cases,
            playbooks,
            runtime.seals(),
            settings.runtime().generation());
    VetoService vetoes =
        new VetoService(
            cases,
            runtime.caseRules(),
            runtime.entities(),
            runtime.entries(),
            decoder,
            settings.runtime().councilId(),
            clock);
    NodeHealth health =
        new NodeHealth(
            system,
            runtime,
            views,
            anchors,
            actions.adapter(),
            proved,
            settings.insecure(),
            settings.livenessLimit(),
            settings.has(NodeRoles.CASE));
    return new Services(
        intake(),
        runtime.councils(),
        new CurrentBallots(runtime.ballots(), cases),
        new VerdictService(
            cases, registry, runtime.content(), runtime.entities(), settings.runtime().councilId()),
        vetoes,
        playbooks,
        new InterventionService(cases, runtime.entries(), decoder, runtime.entities()),
        new CaseReader(
            cases,
            bundles,
            runtime.content(),
            CaseWaits.sharded(ClusterSharding.get(system), executors::anywhere, clock)),
        views,
        runtime.log(),
        anchors,
        health,
        new NodeOperations(system, runtime, views, anchors, health),
        runtime.hasher(),
        containment.service(executors::wake),
        api.persons(runtime.keys()),
        new StatementService(
            cases, runtime.caseRules(), runtime.entities(), settings.runtime().councilId(), clock));
  }

  private void wakeLate(CaseViews views) {
    DriverSettings driver = settings.driver();
    LateCases late =
        new LateCases(views::after, runtime::wake, driver.lateAfter(), driver.lateAtOnce());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            driver.lateLook(),
            driver.lateLook(),
            () -> late.look(clock.instant()),
            system.executionContext());
  }

  private IntakeService intake() {
    IntakeService intake =
        new IntakeService(
            fittings
                .correlations()
                .apply(Correlations.sharded(system, settings.correlationTimeout())),
            runtime.entities(),
            runtime.hasher(),
            settings.runtime().councilId(),
            settings.correlationRounds(),
            IntakeRules.from(settings.all()));
    system
        .scheduler()
        .scheduleWithFixedDelay(
            settings.refusalsInterval(),
            settings.refusalsInterval(),
            () -> intake.logRefusals(clock.instant()),
            system.executionContext());
    return intake;
  }

  private static void logLine(LoggedEvent event) {
    LOG.info("log #{} {} {} {}", event.index(), event.pid(), event.seq(), event.type());
  }

  /** Runs on the oldest node with the role; the others only know the way to it. */
  private ActorRef<AnchorActor.Message> anchoring() {
    Behavior<AnchorActor.Message> behavior =
        settings.has(NodeRoles.LOG)
            ? AnchorActor.create(anchorWork(), settings.anchor())
            : Behaviors.empty();
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(
                    Behaviors.supervise(behavior)
                        .onFailure(
                            SupervisorStrategy.restartWithBackoff(
                                Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2)),
                    "anchoring")
                .withSettings(ClusterSingletonSettings.create(system).withRole(NodeRoles.LOG)));
  }

  /** Made before the first sequencer starts, which asks the chain what it remembers. */
  private AnchorWork anchorWork() {
    AnchorKey key = AnchorKey.loadOrCreate(settings.anchorKeyFile());
    AnchorChain chain =
        fittings.chain().apply(new Web3jAnchorChain(settings.anchor().chain(), key));
    AnchorJournal journal = runtime.anchorJournal();
    String origin = settings.runtime().currentOrigin();
    runtime.remembers(new AnchoredMemory(chain, journal, origin, settings.anchor()));
    return new AnchorWork(
        chain, journal, runtime.log(), origin, settings.runtime().generation(), settings.anchor());
  }

  private void startCorrelation() {
    ClusterSharding.get(system)
        .init(
            Entity.of(
                    CorrelationEntity.TYPE,
                    context ->
                        CorrelationEntity.create(
                            context.getEntityId(),
                            context.getShard(),
                            new CorrelationAggregate(CorrelationLimits.DEFAULT),
                            clock))
                .withRole(NodeRoles.CASE));
  }

  private CaseDriver driver(RegistryLog registry, Playbooks playbooks) {
    ResponsePlanning planning =
        new ResponsePlanning(
            registry,
            runtime.content(),
            new RuleOptions(IntakeRules.from(settings.all()).response(), playbooks),
            playbooks,
            runtime.entities(),
            new RadiusWiring(system, runtime, settings.radius()).radii());
    return new CaseDriver(
        planning, runtime.entities(), executors::wake, settings.driver(), runtime.planning());
  }

  private void serve(Services services)
      throws InterruptedException, ExecutionException, TimeoutException {
    HttpSettings http = settings.http(logKey.key().vkey());
    HttpServer server =
        HttpServer.bind(
                system.classicSystem(),
                settings.httpHost(),
                settings.httpPort(),
                settings.httpTls(),
                admitted(api.route(system, services, http, clock), http),
                http)
            .toCompletableFuture()
            .get(BIND_LIMIT.toSeconds(), TimeUnit.SECONDS);
    LOG.info("{} on {}", api.whole() ? "the API listens" : "health and status", server.address());
  }

  private Route admitted(Route route, HttpSettings http) {
    Materializer materializer = SystemMaterializer.get(system).materializer();
    Admission admission =
        new Admission(
            settings.maxRequests(),
            settings.maxRequestBytes(),
            http.maxBodyBytes(),
            request -> RefusedBody.readAway(request, http.bodyTimeout(), materializer));
    return admission.before(route, system);
  }

  /** Returns when the node has ended. */
  void awaitEnd() throws InterruptedException, ExecutionException {
    system.getWhenTerminated().toCompletableFuture().get();
    runtime.close();
  }
}
