package witan.actors.node;

import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import witan.actors.anchor.CassandraAnchorJournal;
import witan.actors.catalogue.PlaybookService;
import witan.actors.entity.CaseBallots;
import witan.actors.entity.CodecFormat;
import witan.actors.entity.EntitySurroundings;
import witan.actors.entity.LoggedCouncil;
import witan.actors.entity.LoggedEntity;
import witan.actors.entity.NodeMessages;
import witan.actors.entity.ShardedEntities;
import witan.actors.feed.FeedSettings;
import witan.actors.feed.VerifiedFeed;
import witan.actors.log.AppendSignature;
import witan.actors.log.CassandraContentStore;
import witan.actors.log.CassandraFollowerCursor;
import witan.actors.log.CassandraKeyTable;
import witan.actors.log.CommittedEntries;
import witan.actors.log.Counters;
import witan.actors.log.EntryFormat;
import witan.actors.log.LogGenerations;
import witan.actors.log.LogHead;
import witan.actors.log.LogKey;
import witan.actors.log.LogSchema;
import witan.actors.log.PublishedLog;
import witan.actors.log.PublishedSize;
import witan.actors.log.Remembered;
import witan.actors.log.Sequencer;
import witan.actors.memory.DamagedMemoryException;
import witan.actors.memory.NodeMemory;
import witan.actors.peer.NodeIdentity;
import witan.actors.peer.Peers;
import witan.actors.seal.Sealer;
import witan.actors.spi.Cursor;
import witan.actors.spi.Driver;
import witan.actors.spi.Entities;
import witan.actors.spi.EntryLog;
import witan.actors.spi.KeyTable;
import witan.actors.spi.PidLog;
import witan.actors.view.CatalogueLog;
import witan.actors.view.EntryDecoder;
import witan.actors.waiting.WaitBook;
import witan.chain.anchor.AnchorJournal;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.domain.api.Anchors;
import witan.domain.api.Ballots;
import witan.domain.api.Councils;
import witan.domain.api.LogReads;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Playbooks;
import witan.domain.catalogue.CatalogueAggregate;
import witan.domain.common.CaseId;
import witan.domain.common.DomainEvent;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ContentHasher;
import witan.domain.registry.FoundingPlace;
import witan.domain.registry.RegistryAggregate;
import witan.log.tree.Hash;
import witan.signing.BallotSignatures;
import witan.signing.StatementSignatures;

/**
 * One node's log and entities. First {@link #open}, which gives all that services stand on, then
 * {@link #start} with the driver that stands on those services. The actor system must be a member
 * of a cluster and have {@code witan-runtime.conf} in its configuration.
 */
public final class RuntimeNode implements AutoCloseable {
  private static final Duration COVERED_TIMEOUT = Duration.ofSeconds(30);

  private final ActorSystem<?> system;
  private final RuntimeSettings settings;
  private final CqlSession session;
  private final LogKey logKey;
  private final Supplier<Instant> clock;
  private final Counters counters = new Counters();
  private final WaitBook planning = new WaitBook();
  private final WaitBook executing = new WaitBook();
  private final LogGenerations log;
  private final KeyTable keys;
  private final CassandraContentStore content;
  private final EntryLog entries;
  private final LogReads reads;
  private final ClusterSharding sharding;
  private final Peers peers;
  private final NodeMessages messages;
  private final ShardedEntities entities;
  private final ContentHasher hasher = new JcsContentHasher();
  private final RegistryAggregate registryRules;
  private final CatalogueAggregate catalogueRules = PlaybookService.rules();
  private final LoggedCouncil councils;
  private final Optional<NodeMemory> memory;
  private volatile Optional<Anchors> anchors = Optional.empty();

  private RuntimeNode(
      ActorSystem<?> system,
      RuntimeSettings settings,
      LogKey logKey,
      Optional<NodeMemory> memory,
      Optional<NodeIdentity> identity,
      InstantSource clock) {
    this.system = system;
    this.settings = settings;
    this.logKey = logKey;
    this.memory = memory;
    this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.session = settings.cassandra().connect();
    LogSchema.create(session, settings.cassandra());
    JournalSchema.create(system, session, settings.cassandra().replication());
    this.log = StoppedLog.generations(session, settings);
    this.keys = new CassandraKeyTable(session, settings.cassandra());
    this.content = new CassandraContentStore(session, settings.cassandra());
    PublishedSize published = new PublishedSize(log.current());
    this.entries = new CommittedEntries(log, published);
    this.reads = new PublishedLog(log, published, settings.pollInterval(), COVERED_TIMEOUT);
    this.sharding = ClusterSharding.get(system);
    this.peers =
        identity
            .map(own -> Peers.signing(own, settings.origin(), this.clock))
            .orElseGet(Peers::unsigned);
    if (!peers.signs()) {
      system
          .log()
          .warn("no certificate (witan.node.tls): what nodes send is not signed, and is taken so");
    }
    this.messages = new NodeMessages(peers, SenderRules::of, counters);
    this.entities = new ShardedEntities(sharding, messages, settings.askTimeout());
    this.registryRules =
        RegistryAggregate.at(hasher, new StatementSignatures(), this::foundingPlace);
    this.councils =
        new LoggedCouncil(
            settings.councilId(),
            entities,
            entries,
            keys,
            content,
            this::foundingPlace,
            registryRules);
    initSequencer();
  }

  private void initSequencer() {
    EntryFormat format = new CodecFormat<>(DomainEvent.class);
    sharding.init(
        Entity.of(
                Sequencer.KEY,
                context ->
                    Sequencer.create(
                        log,
                        memory.orElseThrow(),
                        format,
                        logKey.signer(),
                        settings.sequencer(),
                        counters,
                        this.clock,
                        append ->
                            AppendSignature.check(
                                peers, format, SenderRules.appenders(append.pid()), append)))
            .withRole(NodeRoles.LOG)
            .withStopMessage(new Sequencer.Stop()));
  }

  /**
   * Connects, creates missing tables and starts the sequencer's sharding. Blocks.
   *
   * @param logKey held where the node has the role {@code log}; its name is {@code
   *     witan.log.origin}
   * @param identity empty: what nodes send each other is not signed, and taken unsigned
   * @throws IllegalArgumentException if the key has another name
   * @throws DamagedMemoryException if what the node remembers of the log is damaged
   */
  public static RuntimeNode open(
      ActorSystem<?> system,
      RuntimeSettings settings,
      LogKey logKey,
      Optional<NodeIdentity> identity,
      InstantSource clock) {
    if (!logKey.key().name().equals(settings.currentOrigin())) {
      throw new IllegalArgumentException(
          "witan.log.origin and .generation are of "
              + settings.currentOrigin()
              + ", the key's is "
              + logKey.key().name());
    }
    Optional<NodeMemory> memory =
        logKey.isHeld()
            ? Optional.of(NodeMemory.open(settings.memory(), logKey.key()))
            : Optional.empty();
    return new RuntimeNode(system, settings, logKey, memory, identity, clock);
  }

  /** A case's rules, with the council's content and signatures. */
  public CaseAggregate caseRules() {
    return new CaseAggregate(hasher, content, new BallotSignatures());
  }

  /**
   * Has the chain asked before this node's sequencer accepts a log. Before {@link #start}.
   *
   * @param anchored as {@link NodeMemory#chain} takes it
   */
  public void remembers(Supplier<Optional<Remembered>> anchored) {
    memory.ifPresent(own -> own.chain(anchored));
  }

  /**
   * Starts the entities; open cases begin to be driven.
   *
   * @param anchoring a council is founded by a charter that names the contract which it knows
   */
  public void start(Driver<CaseState> cases, Anchors anchoring) {
    anchors = Optional.of(anchoring);
    memory.ifPresent(own -> own.start(system, NodeRoles.LOG, reads, counters));
    // Opens the log, so that it has a checkpoint before anybody asks for one.
    sharding
        .entityRefFor(Sequencer.KEY, settings.councilId())
        .tell(new Sequencer.AskHead(Family.REGISTRY.pid(settings.councilId()), system.ignoreRef()));
    EntitySurroundings around =
        new EntitySurroundings(
            sharding.entityRefFor(Sequencer.KEY, settings.councilId()),
            entries,
            keys,
            content::load,
            messages,
            counters,
            settings.generation());
    new NodeEntities(sharding, ClusterShardingSettings.create(system), settings, clock, around)
        .start(caseRules(), registryRules, catalogueRules, cases);
  }

  private FoundingPlace foundingPlace() {
    return anchors
        .map(known -> known.status().place(settings.councilId()))
        .orElseGet(() -> FoundingPlace.awaited(settings.councilId()));
  }

  /**
   * Starts the case's entity where it is not awake, and has it look for what others have logged; it
   * drives itself then. Does not wait.
   */
  public void wake(CaseId caseId) {
    sharding
        .entityRefFor(ShardedEntities.key(Family.CASE), caseId.value())
        .tell(new LoggedEntity.Ping(system.ignoreRef()));
  }

  public Entities entities() {
    return entities;
  }

  public EntryLog entries() {
    return entries;
  }

  /** Begins to prove the log for this node; one per node. Reads the file, which blocks. */
  public VerifiedFeed follow(FeedSettings given) {
    return new LogProving(system, settings, log, reads, keys, counters)
        .start(given.orKey(logKey.key()));
  }

  public KeyTable keys() {
    return keys;
  }

  /** Also the node's {@link witan.domain.proposal.ContentLookup}. */
  public CassandraContentStore content() {
    return content;
  }

  /**
   * How far a follower of the log has come. Blocks.
   *
   * @param follower its name, one of its kind in the cluster
   */
  public Cursor cursor(String follower) {
    return new CassandraFollowerCursor(
        session, settings.cassandra(), settings.councilId(), follower);
  }

  public ContentHasher hasher() {
    return hasher;
  }

  /** What the registry's entity decides by. */
  public RegistryAggregate registryRules() {
    return registryRules;
  }

  /** The playbooks of this council. */
  public Playbooks playbooks(EntryDecoder decoder) {
    return playbooks(decoder, entries);
  }

  /** The same, read from that log. */
  public Playbooks playbooks(EntryDecoder decoder, PidLog log) {
    return new PlaybookService(
        new CatalogueLog(log, decoder, catalogueRules, settings.councilId()),
        content,
        entities,
        settings.councilId());
  }

  public LogReads log() {
    return reads;
  }

  /** Has the digests of bundles signed with the log's key, which only log nodes hold. Once. */
  public Function<Hash, CompletionStage<String>> seals() {
    Sealer.Askers askers = new Sealer.Askers(peers, SenderRules.SEALS, counters);
    if (logKey.isHeld()) {
      Sealer.start(system, logKey.signer(), settings.sealsPerSecond(), askers);
    }
    return Sealer.asked(system, askers);
  }

  /** Committed entries, published or not; a serial read, for operators. */
  public CompletionStage<Long> logSize() {
    return log.current().head().thenApply(LogHead::size);
  }

  public Councils councils() {
    return councils;
  }

  /** To be told each event that the node's view of the log has, before the view shows it. */
  public void logged(LoggedEvent event) {
    councils.logged(event);
  }

  public Ballots ballots() {
    return new CaseBallots(entities, hasher);
  }

  public Counters counters() {
    return counters;
  }

  /** Where this node's planner says why a case has no vote yet. */
  public WaitBook planning() {
    return planning;
  }

  /** Where this node's executors say why a case waits. */
  public WaitBook executing() {
    return executing;
  }

  /** Of the log's own session; for health and for services' own tables. */
  public CqlSession session() {
    return session;
  }

  /** For health. */
  public RuntimeProbes probes() {
    return new RuntimeProbes(system, session, entities, settings.councilId());
  }

  /** Creates missing tables; blocks, like the journal itself. */
  public AnchorJournal anchorJournal() {
    String keyspace = settings.cassandra().keyspace();
    LogSchema.execute(session, CassandraAnchorJournal.tables(keyspace));
    return new CassandraAnchorJournal(session, keyspace, settings.currentOrigin());
  }

  /** After the actor system has ended. */
  @Override
  public void close() {
    CompletableFuture<Void> closed = session.closeAsync().toCompletableFuture();
    closed.exceptionally(
        failure -> {
          system.log().warn("closing the session of the log", failure);
          return null;
        });
  }
}
