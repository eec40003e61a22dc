package witan.actors.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.log.AppendSignature;
import witan.actors.log.Counters;
import witan.actors.log.EntryFormat;
import witan.actors.log.LogGenerations;
import witan.actors.log.LogItem;
import witan.actors.log.LogMemory;
import witan.actors.log.LogReply;
import witan.actors.log.LogStore;
import witan.actors.log.Sequencer;
import witan.actors.log.SequencerSettings;
import witan.actors.log.SimStore;
import witan.actors.log.StoredCheckpoint;
import witan.actors.node.NodeRoles;
import witan.actors.node.SenderRules;
import witan.actors.peer.NodeIdentity;
import witan.actors.peer.Peers;
import witan.actors.spi.EntryLog;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.codec.hash.JcsContentHasher;
import witan.dev.DevAuthority;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Aggregate;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentTerms;
import witan.domain.governance.Target;
import witan.domain.notes.NoteCommand;
import witan.domain.notes.NoteEvent;
import witan.domain.notes.NotesAggregate;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.log.checkpoint.NoteSigner;
import witan.secret.Pem;
import witan.signing.BallotSignatures;
import witan.signing.StatementSignatures;

/**
 * A sequencer and entities of nodes with certificates, and what a node of one role alone can have
 * of them. Every message is written and read as between two nodes; the log is a double.
 */
class CommandsByRoleTest {
  private static final String ORIGIN = "witan.test/log";
  private static final Duration QUIET = Duration.ofMillis(300);

  @TempDir static Path folder;
  private static NodeIdentity api;
  private static NodeIdentity caseNode;
  private static NodeIdentity executor;

  private final ActorTestKit kit =
      ActorTestKit.create(
          PersistenceTestKitPlugin.config()
              .withFallback(
                  ConfigFactory.parseString(
                      """
                      akka.persistence.testkit.events.serialize = on
                      akka.actor.serialize-messages = on
                      akka.actor.provider = local
                      akka.coordinated-shutdown.exit-jvm = off
                      """))
              .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
              .withFallback(ConfigFactory.load())
              .resolve());
  private final Counters counters = new Counters();
  private final SimStore rows = new SimStore();
  private final EntryFormat format = new CodecFormat<>(DomainEvent.class);
  private final ActorRef<Sequencer.Command> sequencer = sequencer();
  private final TestProbe<Answer<Receipt>> answers = kit.createTestProbe();

  @BeforeAll
  static void issue() throws IOException {
    DevAuthority authority = DevAuthority.make(folder);
    api = identity(authority, NodeRoles.API);
    caseNode = identity(authority, NodeRoles.CASE);
    executor = identity(authority, NodeRoles.EXECUTOR);
  }

  private static NodeIdentity identity(DevAuthority authority, String role) throws IOException {
    DevAuthority.Issued issued = authority.issueNode(role, Set.of(role));
    return NodeIdentity.of(
        Pem.certificates(issued.certificate()),
        Pem.privateKey(issued.key()),
        Pem.certificates(authority.certificate()));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Peers peers(NodeIdentity node) {
    return Peers.signing(node, ORIGIN, CommandsByRoleTest::now);
  }

  private NodeMessages messages(NodeIdentity node) {
    return new NodeMessages(peers(node), SenderRules::of, counters);
  }

  /** Of a log node; whose own roles count for nothing here. */
  private ActorRef<Sequencer.Command> sequencer() {
    return kit.spawn(
        Sequencer.create(
            LogGenerations.of(atOnce(rows)),
            new Forgetful(),
            format,
            NoteSigner.generate(ORIGIN, new SecureRandom()),
            SequencerSettings.DEFAULT,
            counters,
            CommandsByRoleTest::now,
            append ->
                AppendSignature.check(
                    peers(caseNode), format, SenderRules.appenders(append.pid()), append)));
  }

  /** Remembers nothing: this log is never put back. */
  private static final class Forgetful implements LogMemory {
    @Override
    public CompletionStage<Void> remember(StoredCheckpoint checkpoint) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Asked> ask() {
      return CompletableFuture.completedFuture(new Asked(List.of(), List.of()));
    }
  }

  /** The same rows, each call done when it is made. */
  private static LogStore atOnce(SimStore rows) {
    LogStore face = rows.as("sequencer");
    return (LogStore)
        Proxy.newProxyInstance(
            LogStore.class.getClassLoader(),
            new Class<?>[] {LogStore.class},
            (proxy, method, arguments) -> {
              synchronized (rows) {
                try {
                  Object reply = method.invoke(face, arguments);
                  rows.resolve(rows.calls.get(0), SimStore.Outcome.DONE);
                  return reply;
                } catch (InvocationTargetException e) {
                  throw Objects.requireNonNull(e.getCause());
                }
              }
            });
  }

  private static final KeyTable KEYS =
      new KeyTable() {
        @Override
        public CompletionStage<byte[]> keyFor(String subject) {
          return CompletableFuture.completedFuture(new byte[32]);
        }

        @Override
        public CompletionStage<Optional<byte[]>> existing(String subject) {
          return CompletableFuture.completedFuture(Optional.of(new byte[32]));
        }
      };

  private static final EntryLog NOTHING_ELSE =
      new EntryLog() {
        @Override
        public CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq) {
          return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<List<StoredEntry>> from(long index, int max) {
          return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<Long> publishedSize() {
          return CompletableFuture.completedFuture(0L);
        }
      };

  private <S, C, E extends DomainEvent> ActorRef<LoggedEntity.Message> entity(
      String pid, Aggregate<S, C, E> rules, Class<C> commands, Class<E> events) {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    Decider<S, C, E> decider =
        new Decider<>(
            pid,
            rules,
            new CodecFormat<>(events),
            state -> Optional.empty(),
            EntitySettings.DEFAULT,
            CommandsByRoleTest::now);
    return kit.spawn(
        LoggedEntity.create(
            shard.getRef(),
            decider,
            commands,
            pid.substring(pid.indexOf('|') + 1),
            (id, state, time) -> Optional.empty(),
            new EntitySurroundings(
                sequencer,
                NOTHING_ELSE,
                KEYS,
                digest -> CompletableFuture.completedFuture(false),
                messages(caseNode),
                counters,
                0)));
  }

  private Answer<Receipt> asked(
      ActorRef<LoggedEntity.Message> entity, NodeIdentity sender, String pid, Object command) {
    entity.tell(messages(sender).submit(pid, command, answers.getRef()));
    return answers.receiveMessage(Duration.ofSeconds(20));
  }

  private void refusedByRole(Answer<Receipt> answer, String command) {
    Answer.Busy<?> busy = assertInstanceOf(Answer.Busy.class, answer);
    assertTrue(
        busy.reason().startsWith("wrong_role: ") && busy.reason().contains(command), busy.reason());
    assertEquals(0, size());
  }

  private long size() {
    synchronized (rows) {
      return rows.head.size();
    }
  }

  @Test
  void anApiNodeIntendsNothingAndAnExecutorIsHeard() {
    String pid = "case|c1";
    ActorRef<LoggedEntity.Message> entity =
        entity(
            pid,
            new CaseAggregate(new JcsContentHasher(), digest -> null, new BallotSignatures()),
            CaseCommand.class,
            CaseEvent.class);
    CaseCommand intent =
        new CaseCommand.IntendStep(
            "s1",
            1,
            "isolate-pod",
            new Target("eu-1", "shop", "POD", "web-1"),
            Map.of(),
            "fence",
            now().plusSeconds(60));

    refusedByRole(asked(entity, api, pid, intent), "IntendStep");
    refusedByRole(asked(entity, caseNode, pid, intent), "IntendStep");
    assertEquals(2, counters.refusedSenders.sum());

    // There is no such execution, says the case itself.
    assertInstanceOf(Answer.Declined.class, asked(entity, executor, pid, intent));
  }

  @Test
  void anApiNodeChangesNoCouncilAndAnExecutorIsHeard() {
    String pid = "registry|council";
    ActorRef<LoggedEntity.Message> entity =
        entity(
            pid,
            new RegistryAggregate(new JcsContentHasher(), new StatementSignatures()),
            RegistryCommand.class,
            RegistryEvent.class);
    RegistryCommand change =
        new RegistryCommand.ApplyChange(
            new CaseId("c1"),
            new Digest("ab".repeat(32)),
            new RegistryChange.RemoveMembers(List.of("ana")));

    refusedByRole(asked(entity, api, pid, change), "ApplyChange");
    assertInstanceOf(Answer.Declined.class, asked(entity, executor, pid, change));
  }

  @Test
  void anApiNodeGrantsNoContainmentAndWhatAnExecutorAsksForIsLogged() {
    String pid = "containment|council";
    ActorRef<LoggedEntity.Message> entity =
        entity(pid, new ContainmentAggregate(), ContainmentCommand.class, ContainmentEvent.class);
    ContainmentCommand grant =
        new ContainmentCommand.GrantContainment(
            new CaseId("c1"),
            List.of("eu-1"),
            new ContainmentTerms(List.of(), 5, 5, 100, Duration.ofMinutes(1)));

    refusedByRole(asked(entity, api, pid, grant), "GrantContainment");
    assertInstanceOf(Answer.Done.class, asked(entity, executor, pid, grant));
    assertEquals(1, size());
  }

  @Test
  void whatAnApiNodeMaySayIsLoggedOnceAndUnsignedNever() {
    String pid = "notes|c1";
    ActorRef<LoggedEntity.Message> entity =
        entity(pid, new NotesAggregate(), NoteCommand.class, NoteEvent.class);
    NoteCommand note = new NoteCommand.AddNote(new Person("p1:ana", null), "seen", null);

    LoggedEntity.Submit signed = messages(api).submit(pid, note, answers.getRef());
    entity.tell(new LoggedEntity.Submit(signed.command(), null, answers.getRef()));
    Answer.Busy<?> unsigned =
        assertInstanceOf(Answer.Busy.class, answers.receiveMessage(Duration.ofSeconds(20)));
    assertTrue(unsigned.reason().startsWith("unsigned: "), unsigned.reason());

    entity.tell(signed);
    assertInstanceOf(Answer.Done.class, answers.receiveMessage(Duration.ofSeconds(20)));
    entity.tell(signed);
    Answer.Busy<?> repeated = assertInstanceOf(Answer.Busy.class, answers.receiveMessage());
    assertTrue(repeated.reason().startsWith("repeated: "), repeated.reason());
    assertEquals(1, size());
  }

  @Test
  void anApiNodesAppendGrowsNothingAndTheSameOfACaseNodeIsLogged() {
    String pid = "notes|c2";
    NoteEvent event = new NoteEvent.NoteAdded("p1:ana", "seen", null, now(), null);
    List<LogItem> items =
        List.of(
            new CodecFormat<>(NoteEvent.class)
                .encode(event, pid, 1, EntryFormat.NONE, null, new byte[32]));
    TestProbe<LogReply> replies = kit.createTestProbe();

    sequencer.tell(
        new Sequencer.Append(
            pid, items, AppendSignature.of(peers(api), format, pid, items), replies.getRef()));
    sequencer.tell(new Sequencer.Append(pid, items, null, replies.getRef()));
    sequencer.tell(
        new Sequencer.Append(
            pid,
            items,
            AppendSignature.of(peers(caseNode), format, "notes|c1", items),
            replies.getRef()));
    replies.expectNoMessage(QUIET);
    assertEquals(3, counters.refusedSenders.sum());
    assertEquals(0, size());

    Sequencer.Append honest =
        new Sequencer.Append(
            pid, items, AppendSignature.of(peers(caseNode), format, pid, items), replies.getRef());
    for (int sent = 0; sent < 2; sent++) {
      sequencer.tell(honest);
      assertInstanceOf(LogReply.Appended.class, replies.receiveMessage(Duration.ofSeconds(20)));
    }
    assertEquals(1, size());
  }
}
