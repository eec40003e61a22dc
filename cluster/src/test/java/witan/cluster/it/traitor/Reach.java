package witan.cluster.it.traitor;

import akka.actor.ActorRef;
import akka.actor.Identify;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.pattern.Patterns;
import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import witan.actors.entity.CodecFormat;
import witan.actors.entity.LoggedEntity;
import witan.actors.execution.ExecutorEntity;
import witan.actors.execution.ExecutorMessage;
import witan.actors.log.AppendSignature;
import witan.actors.log.CassandraContentStore;
import witan.actors.log.CassandraKeyTable;
import witan.actors.log.CassandraLogStore;
import witan.actors.log.IndexRow;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.actors.log.Sequencer;
import witan.actors.node.RuntimeSettings;
import witan.actors.peer.NodeIdentity;
import witan.actors.peer.NodeSignature;
import witan.actors.peer.Peers;
import witan.codec.command.CommandCodec;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;
import witan.secret.Pem;

/**
 * What a node of the council can reach, with the classes that a node has: the rows of the database,
 * and the sharding regions of another node, by its port. Blocks.
 */
final class Reach implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Of one try: what was sent to a life of the node that is over is lost. */
  private static final Duration TRY = Duration.ofSeconds(5);

  private static final int TRIES = 5;

  /** Above any number of a chain in a test. */
  private static final int PAGE = 10_000;

  /** An entry as it is logged, and what it says. */
  record Known(long index, long seq, Hash hash, UUID batch, DomainEvent event) {}

  private final ActorSystem<Void> system;
  private final CqlSession session;
  private final RuntimeSettings settings;
  private final String node;
  private final CassandraLogStore store;
  private final CassandraKeyTable keys;
  private final CassandraContentStore content;
  private final Peers peers;
  private final CommandCodec codec = new CommandCodec();
  private final CodecFormat<DomainEvent> format = new CodecFormat<>(DomainEvent.class);

  /** Rules that believe every signature. */
  private final CaseAggregate rules;

  private Reach(Config config, String node) {
    this.node = node;
    this.settings = RuntimeSettings.from(config);
    this.session = settings.cassandra().connect();
    this.store = new CassandraLogStore(session, settings.cassandra(), settings.councilId());
    this.keys = new CassandraKeyTable(session, settings.cassandra());
    this.content = new CassandraContentStore(session, settings.cassandra());
    this.rules =
        new CaseAggregate(
            new JcsContentHasher(), content, (domain, signed) -> signed.ballot().voter());
    this.peers = Peers.signing(identity(config), settings.origin(), Copy::now);
    this.system = ActorSystem.create(Behaviors.empty(), "witan", config);
  }

  /** With the certificate, the key and the authority that the configuration names. */
  static Reach open(Config config, String node) {
    return new Reach(config, node);
  }

  private static NodeIdentity identity(Config config) {
    Config tls = config.getConfig("witan.node.tls");
    try {
      return NodeIdentity.of(
          Pem.certificates(Path.of(tls.getString("certificate-file"))),
          Pem.privateKey(Path.of(tls.getString("key-file"))),
          Pem.certificates(Path.of(tls.getString("authority-file"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String council() {
    return settings.councilId();
  }

  String keyspace() {
    return settings.cassandra().keyspace();
  }

  CqlSession session() {
    return session;
  }

  CassandraLogStore store() {
    return store;
  }

  CassandraContentStore content() {
    return content;
  }

  CassandraKeyTable keys() {
    return keys;
  }

  CaseAggregate rules() {
    return rules;
  }

  static String pid(CaseId caseId) {
    return "case|" + caseId;
  }

  static <T> T now(CompletionStage<T> later) {
    try {
      return later.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- the log ----------------------------------------------------------------------------

  /** What the rows say of a pid. */
  List<Known> entries(String pid) {
    List<Known> known = new ArrayList<>();
    for (IndexRow row : now(store.indexOf(pid, 1, PAGE))) {
      var batch = now(store.batch(row.batch())).orElseThrow();
      LogItem item = batch.items().get((int) (row.index() - batch.start()));
      byte[] key = now(keys.existing(format.subject(item.entry()))).orElseThrow();
      known.add(
          new Known(row.index(), row.seq(), row.hash(), row.batch(), format.decode(item, key)));
    }
    return known;
  }

  List<Known> entries(CaseId caseId) {
    return entries(pid(caseId));
  }

  CaseState state(CaseId caseId) {
    CaseState state = rules.empty();
    for (Known known : entries(caseId)) {
      state = rules.apply(state, (CaseEvent) known.event());
    }
    return state;
  }

  /** Entries that follow what the rows have of the pid, as a case node makes them. */
  List<LogItem> items(String pid, List<? extends DomainEvent> events) {
    List<Known> before = entries(pid);
    CaseState state = rules.empty();
    boolean isCase = pid.startsWith("case|");
    for (Known known : before) {
      state = isCase ? rules.apply(state, (CaseEvent) known.event()) : state;
    }
    Hash prev =
        before.isEmpty() ? Hash.of(new byte[Hash.LENGTH]) : before.get(before.size() - 1).hash();
    List<LogItem> items = new ArrayList<>();
    for (DomainEvent event : events) {
      state = isCase ? rules.apply(state, (CaseEvent) event) : state;
      Digest policy = isCase ? CaseAggregate.policyDigest(state) : null;
      byte[] key = now(keys.keyFor(format.subject(pid, event)));
      LogItem item =
          format.encode(event, pid, before.size() + items.size() + 1L, prev, policy, key);
      items.add(item);
      prev = Hashing.leaf(item.entry());
    }
    return items;
  }

  /** Has the sequencer log them, as a case node does; index of the last. */
  long append(String pid, List<? extends DomainEvent> events) {
    Object reply = asked(Sequencer.KEY.name(), appending(pid, events));
    if (reply instanceof LogReply.Appended appended) {
      return appended.index();
    }
    throw new IllegalStateException("the sequencer answered " + reply);
  }

  /** One try; empty where the sequencer says nothing. */
  Optional<Object> appendOnce(String pid, List<? extends DomainEvent> events) {
    return once(Sequencer.KEY.name(), appending(pid, events));
  }

  private Function<ActorRef, Object> appending(String pid, List<? extends DomainEvent> events) {
    List<LogItem> items = items(pid, events);
    NodeSignature signature = AppendSignature.of(peers, format, pid, items);
    return to ->
        new ShardingEnvelope<Sequencer.Command>(
            council(), new Sequencer.Append(pid, items, signature, Adapter.toTyped(to)));
  }

  // ---- entities ---------------------------------------------------------------------------

  private String region(String type) {
    return "akka://witan@" + node + "/system/sharding/" + type;
  }

  /** A command to an entity, as its services send it; what it answered. */
  Object ask(EntityTypeKey<LoggedEntity.Message> type, String id, Object command) {
    byte[] bytes = codec.encode(command);
    String pid = type.name() + "|" + id;
    return asked(
        type.name(),
        to ->
            new ShardingEnvelope<LoggedEntity.Message>(
                id,
                new LoggedEntity.Submit(
                    bytes, peers.prove("command", pid, bytes), Adapter.toTyped(to))));
  }

  /** Whether anybody at the node's port answers. */
  boolean knock() {
    return once(Family.CASE.prefix(), to -> new Identify("knock")).isPresent();
  }

  private Optional<Object> once(String type, Function<ActorRef, Object> message) {
    try {
      return Optional.of(sent(type, message));
    } catch (IllegalStateException noAnswer) {
      return Optional.empty();
    }
  }

  private Object sent(String type, Function<ActorRef, Object> message) {
    return now(
        Patterns.askWithReplyTo(
            system.classicSystem().actorSelection(region(type)), message::apply, TRY));
  }

  /** Again where no answer comes: every command and every append may be sent twice. */
  private Object asked(String type, Function<ActorRef, Object> message) {
    for (int attempt = 1; ; attempt++) {
      try {
        return sent(type, message);
      } catch (IllegalStateException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /** Tells the executor to look at a case. */
  void wake(CaseId caseId) {
    system
        .classicSystem()
        .actorSelection(region(ExecutorEntity.TYPE.name()))
        .tell(
            new ShardingEnvelope<ExecutorMessage>(caseId.value(), new ExecutorMessage.Wake(caseId)),
            ActorRef.noSender());
  }

  @Override
  public void close() {
    system.terminate();
    session.close();
  }
}
