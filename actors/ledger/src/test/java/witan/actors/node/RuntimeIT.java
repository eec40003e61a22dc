package witan.actors.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.OptionBuilder.anOption;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import akka.persistence.cassandra.query.javadsl.CassandraReadJournal;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.PersistenceQuery;
import akka.stream.javadsl.Sink;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.entity.Recorded;
import witan.actors.spi.StoredEntry;
import witan.actors.testing.MemoryCouncil;
import witan.codec.entry.Entry;
import witan.codec.event.EventCodec;
import witan.codec.json.Json;
import witan.dev.CassandraProcess;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.governance.Ballot;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.proof.Proofs;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** The whole way on a real Cassandra, which is killed in the middle; then on a new node. */
class RuntimeIT {
  private static final int CASES = 50;
  private static final int VOTERS = 20;

  @TempDir Path dir;

  private final NoteSigner signer = NoteSigner.generate("witan.example/log", new SecureRandom());
  private final Electorate electorate = electorate();

  @Test
  @SuppressWarnings("try")
  void keepsWhatItAcknowledgedOverACrashOfTheDatabaseAndASuccession() throws Exception {
    CassandraProcess first = CassandraProcess.start(CassandraProcess.Options.in(dir));
    CassandraProcess.Options options = first.options();
    Map<String, Receipt> receipts = new HashMap<>();
    Map<String, CaseCommand> votes = new HashMap<>();
    try (first;
        TestNode node = new TestNode(first.contactPoint(), signer)) {
      openCases(node, receipts);
      makeVotes(node, votes);
      List<String> keys = List.copyOf(votes.keySet());
      cast(node, keys.subList(0, 400), votes, receipts);
      List<CompletionStage<Receipt>> during = start(node, keys.subList(400, 500), votes);
      first.kill9();
      try (CassandraProcess second = CassandraProcess.start(options)) {
        for (int i = 0; i < during.size(); i++) {
          receipts.put(keys.get(400 + i), get(during.get(i)));
        }
        long begin = System.nanoTime();
        cast(node, keys.subList(500, votes.size()), votes, receipts);
        System.out.printf(
            "%d votes over %d cases in %d ms%n",
            votes.size() - 500, CASES, (System.nanoTime() - begin) / 1_000_000);
        check(node, receipts, votes.size());
        node.close();
        try (TestNode next = new TestNode(second.contactPoint(), signer)) {
          for (String key : keys.subList(0, 100)) {
            Receipt again = get(submit(next, key, votes.get(key)));
            assertEquals(receipts.get(key).index(), again.index(), key);
            assertEquals(receipts.get(key).seq(), again.seq(), key);
            assertTrue(again.repeated(), key);
          }
          check(next, receipts, votes.size());
          assertEquals(0, next.runtime.counters().alarms.sum());
        }
      }
    }
  }

  private void openCases(TestNode node, Map<String, Receipt> receipts) throws Exception {
    get(node.runtime.content().put(Json.canonical(electorate)));
    List<CompletionStage<Receipt>> opened = new ArrayList<>();
    for (int c = 0; c < CASES; c++) {
      String key = "open " + c;
      CaseId id = caseId(c);
      opened.add(
          submit(node, key, id, new CaseCommand.RecordAlert(id, "witan", alert(c), "{}"))
              .thenCompose(done -> submit(node, key, id, openVoting(node))));
    }
    for (int c = 0; c < CASES; c++) {
      receipts.put("open " + c, get(opened.get(c)));
    }
  }

  private CaseCommand openVoting(TestNode node) {
    return new CaseCommand.OpenVoting(
        List.of(
            anOption()
                .titled("isolate")
                .playbook(Digest.ZERO)
                .impact(10)
                .targets(new Target("eu", "shop", "Pod", "web"))
                .build()),
        aPolicy().from(Severity.LOW).window(Duration.ofHours(1)).quorum(10_000).build(),
        null,
        node.runtime.hasher().electorate(electorate),
        1,
        electorate.total(),
        MemoryCouncil.DOMAIN);
  }

  private void makeVotes(TestNode node, Map<String, CaseCommand> votes) throws Exception {
    EventCodec codec = new EventCodec();
    for (int c = 0; c < CASES; c++) {
      String pid = "case|" + caseId(c);
      List<StoredEntry> entries = get(node.runtime.entries().ofPid(pid, 1));
      byte[] key = get(node.runtime.keys().existing(pid)).orElseThrow();
      StoredEntry last = entries.get(entries.size() - 1);
      CaseEvent.VotingOpened opened =
          assertInstanceOf(
              CaseEvent.VotingOpened.class, codec.decode(last.entry(), last.sealedBody(), key));
      for (int v = 0; v < VOTERS; v++) {
        Ballot ballot =
            aBallot()
                .proposal(node.runtime.hasher().text(caseId(c).value()))
                .hash(opened.proposalHash())
                .voter(MemoryCouncil.address(v))
                .support(v % 2 == 0 ? Support.FOR : Support.ABSTAIN)
                .mask(v % 2 == 0 ? BigInteger.ONE : BigInteger.ZERO)
                .nonce(v)
                .deadline(Instant.now().getEpochSecond() + 3_600)
                .build();
        votes.put(
            c + "/" + v,
            new CaseCommand.CastVote(MemoryCouncil.sign(ballot, MemoryCouncil.key(v)), null));
      }
    }
  }

  private void cast(
      TestNode node,
      List<String> keys,
      Map<String, CaseCommand> votes,
      Map<String, Receipt> receipts)
      throws Exception {
    List<CompletionStage<Receipt>> answers = start(node, keys, votes);
    for (int i = 0; i < keys.size(); i++) {
      receipts.put(keys.get(i), get(answers.get(i)));
    }
  }

  private static List<CompletionStage<Receipt>> start(
      TestNode node, List<String> keys, Map<String, CaseCommand> votes) {
    return keys.stream().map(key -> submit(node, key, votes.get(key))).toList();
  }

  private static CompletionStage<Receipt> submit(TestNode node, String key, CaseCommand command) {
    int slash = key.indexOf('/');
    return submit(node, key, caseId(Integer.parseInt(key.substring(0, slash))), command);
  }

  /** A client: the same request again while it is busy. */
  private static CompletionStage<Receipt> submit(
      TestNode node, String key, CaseId id, CaseCommand command) {
    return node.runtime
        .entities()
        .toCase(id, command)
        .thenCompose(
            answer -> {
              if (answer instanceof Answer.Done<Receipt> done) {
                return CompletableFuture.completedFuture(done.value());
              }
              if (answer instanceof Answer.Declined<Receipt> declined) {
                throw new AssertionError(key + ": " + declined.refusal());
              }
              Supplier<CompletionStage<Receipt>> again = () -> submit(node, key, id, command);
              return CompletableFuture.supplyAsync(
                      again, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS))
                  .thenCompose(stage -> stage);
            });
  }

  private void check(TestNode node, Map<String, Receipt> receipts, int votes) throws Exception {
    long size = get(node.runtime.entries().publishedSize());
    Map<String, List<StoredEntry>> byPid = new HashMap<>();
    Map<String, Hash> heads = new HashMap<>();
    Frontier tree = Frontier.EMPTY;
    int cast = 0;
    for (long index = 0; index < size; ) {
      List<StoredEntry> page = get(node.runtime.entries().from(index, 256));
      assertTrue(!page.isEmpty(), "no entry " + index + " of " + size);
      for (StoredEntry stored : page) {
        assertEquals(index++, stored.index());
        Entry entry = Entry.parse(stored.entry());
        List<StoredEntry> before = byPid.computeIfAbsent(entry.pid(), p -> new ArrayList<>());
        before.add(stored);
        assertEquals(before.size(), entry.seq(), entry.pid());
        Hash prev = heads.getOrDefault(entry.pid(), Hash.of(new byte[32]));
        assertEquals(prev.hex(), entry.prev().hex(), entry.pid() + " " + entry.seq());
        Hash leaf = Hashing.leaf(stored.entry());
        heads.put(entry.pid(), leaf);
        tree = tree.append(leaf);
        cast += entry.type().equals("VoteCast") ? 1 : 0;
      }
    }
    assertEquals(votes, cast, "each vote is in the log once");
    for (Map.Entry<String, Receipt> e : receipts.entrySet()) {
      Receipt receipt = e.getValue();
      assertEquals(
          receipt.index(),
          byPid.get(receipt.pid()).get((int) receipt.seq() - 1).index(),
          e.getKey());
    }
    checkProofs(node, tree, size);
    checkJournal(node, byPid);
  }

  private static void checkProofs(TestNode node, Frontier tree, long size) throws Exception {
    String note = get(node.runtime.log().checkpoint());
    Checkpoint checkpoint = Checkpoint.parse(note.substring(0, note.indexOf("\n\n") + 1));
    assertEquals(size, checkpoint.size());
    assertEquals(tree.root(), checkpoint.root());
    for (long index : new long[] {0, 1, 255, 256, 511, 512, size - 1}) {
      byte[] entry = get(node.runtime.log().entry(index)).orElseThrow();
      List<Hash> proof =
          get(node.runtime.log().inclusion(index, size)).orElseThrow().stream()
              .map(d -> Hash.ofHex(d.hex()))
              .toList();
      assertTrue(
          Proofs.verifyInclusion(index, size, Hashing.leaf(entry), proof, tree.root()),
          "entry " + index);
    }
  }

  private static void checkJournal(TestNode node, Map<String, List<StoredEntry>> byPid)
      throws Exception {
    CassandraReadJournal journal =
        PersistenceQuery.get(node.system)
            .getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
    for (Map.Entry<String, List<StoredEntry>> e : byPid.entrySet()) {
      List<EventEnvelope> rows =
          get(
              journal
                  .currentEventsByPersistenceId(e.getKey(), 0, Long.MAX_VALUE)
                  .runWith(Sink.seq(), node.system));
      Map<Long, Recorded> distinct = new HashMap<>();
      for (EventEnvelope row : rows) {
        Recorded recorded = (Recorded) row.event();
        distinct.put(recorded.index(), recorded);
      }
      assertEquals(e.getValue().size(), distinct.size(), e.getKey());
      for (StoredEntry stored : e.getValue()) {
        Recorded recorded = distinct.get(stored.index());
        assertArrayEquals(stored.entry(), recorded.item().entry());
        assertArrayEquals(stored.sealedBody(), recorded.item().sealedBody());
      }
    }
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  private static CaseId caseId(int n) {
    return new CaseId("case-" + n);
  }

  private static Electorate electorate() {
    List<Elector> electors = new ArrayList<>();
    for (int v = 0; v < VOTERS; v++) {
      electors.add(new Elector(MemoryCouncil.address(v), "m" + v, "org", BigInteger.TEN, null));
    }
    return new Electorate("witan", 1, Weighting.TOKEN, 10_000, Urgency.ROUTINE, electors);
  }

  private static Alert alert(int n) {
    Instant at = Instant.parse("2026-11-23T01:02:03.000Z");
    return anAlert()
        .sensor("falco")
        .id("a" + n)
        .pod("eu", "shop", "web-" + n)
        .when(at)
        .raw(Digest.ZERO)
        .build();
  }
}
