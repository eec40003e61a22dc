package witan.actors.entity;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import witan.actors.log.Batch;
import witan.actors.log.EntryFormat;
import witan.actors.log.IndexRow;
import witan.actors.log.LeafRow;
import witan.actors.log.LogEntry;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.LoggedTimes;
import witan.log.checkpoint.Checkpoint;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;

/** The promises, checked on what is durable. */
final class Checker {
  private final World world;
  private final Words words = new Words();
  private final Map<String, Receipt> receipts = new HashMap<>();
  private List<LogEntry> committed = List.of();
  private List<Hash> roots = List.of();
  private Map<String, Integer> lengths = Map.of();
  private int version = -1;
  private long latestMillis;

  Checker(World world) {
    this.world = world;
  }

  /** After each step. */
  void check() {
    if (world.db.version != version) {
      version = world.db.version;
      load();
      checkChains();
      checkTimes(world.batches());
      checkDerived();
      checkJournal();
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  /** The log, by definition: what the chain of batches from the head row holds. */
  private void load() {
    Deque<Batch> chain = new ArrayDeque<>();
    long end = world.db.head.size();
    for (UUID id = world.db.head.batch(); id != null; ) {
      Batch batch = world.batches().get(id);
      require(batch != null && batch.end() == end, "the chain of batches is broken at " + id);
      chain.push(batch);
      end = batch.start();
      id = batch.previous();
    }
    require(end == 0, "the chain of batches ends at " + end);
    List<LogItem> items = chain.stream().flatMap(b -> b.items().stream()).toList();
    List<LogEntry> before = committed;
    committed = LogEntry.all(items, words);
    require(
        committed.size() >= before.size()
            && committed.stream()
                .limit(before.size())
                .map(LogEntry::hash)
                .toList()
                .equals(before.stream().map(LogEntry::hash).toList()),
        "the log lost entries");
    Frontier tree = Frontier.EMPTY;
    List<Hash> all = new ArrayList<>(List.of(tree.root()));
    for (LogEntry entry : committed) {
      tree = tree.append(entry.hash());
      all.add(tree.root());
    }
    roots = all;
    require(tree.root().equals(world.db.head.root()), "the head's root is not the log's");
  }

  /** No gap, nothing twice, no list in part. */
  private void checkChains() {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Hash> heads = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (LogEntry entry : committed) {
      String pid = entry.pid();
      int seq = counts.merge(pid, 1, Integer::sum);
      require(entry.seq() == seq, pid + " has " + entry.seq() + " at place " + seq);
      Hash prev = heads.getOrDefault(pid, EntryFormat.NONE);
      require(entry.prev().equals(prev), pid + " " + seq + " does not follow its predecessor");
      String word = Words.word(Words.event(entry.item().entry()));
      require(seen.add(word), word + " is in the log twice");
      if (word.startsWith("pair:")) {
        require(seen.contains("half of " + word), word + " came without its half");
      }
      heads.put(pid, entry.hash());
    }
    for (String word : seen) {
      require(
          !word.startsWith("half of ") || seen.contains(word.substring(8)),
          word + " is a list in part");
    }
    lengths = counts;
  }

  /** What evidence would refuse, and what a successor reads. */
  private void checkTimes(Map<UUID, Batch> batches) {
    Instant latest = null;
    for (LogEntry entry : committed) {
      require(
          LoggedTimes.follows(entry.at(), latest),
          entry.pid() + " " + entry.seq() + " at " + entry.at() + " follows one at " + latest);
      latest = LoggedTimes.later(latest, entry.at());
    }
    UUID last = world.db.head.batch();
    if (last != null) {
      Instant carried = batches.get(last).latest();
      require(
          world.oldBatches.contains(last) || Objects.equals(latest, carried),
          "the last batch has " + carried);
    }
    latestMillis = latest == null ? 0 : latest.toEpochMilli();
  }

  /** Nothing is refused for its time that is in the log. */
  void refused(LogReply.BadTime refusal) {
    check();
    require(
        committed.stream().noneMatch(e -> e.hash().equals(refusal.hash())),
        "refused for its time, and in the log: " + refusal);
  }

  /** The greatest time in the log. */
  long latestMillis() {
    return latestMillis;
  }

  /** Rows stand for committed entries only, and the cursor never leads. */
  private void checkDerived() {
    world.db.checkpoints.forEach(
        (size, note) -> {
          Checkpoint signed = Checkpoint.parse(note.substring(0, note.indexOf("\n\n") + 1));
          require(
              signed.size() == size && size <= committed.size(), "a checkpoint of size " + size);
          require(signed.root().equals(roots.get(size.intValue())), "another root at " + size);
        });
    long published = published();
    Set<Long> indexed = new HashSet<>();
    for (Map<Long, IndexRow> rows : world.db.index.values()) {
      for (IndexRow row : rows.values()) {
        require(row.index() < committed.size(), "an index row of what is not committed");
        LogEntry entry = committed.get((int) row.index());
        require(entry.hash().equals(row.hash()) && entry.seq() == row.seq(), "a wrong index row");
        require(row.index() < published, "an index row before its checkpoint");
        indexed.add(row.index());
      }
    }
    for (LeafRow row : world.db.leaves.values()) {
      require(row.index() < committed.size(), "a leaf of what is not committed");
      require(committed.get((int) row.index()).hash().equals(row.hash()), "a wrong leaf");
    }
    for (long i = 0; i < published; i++) {
      require(world.db.leaves.containsKey(i), "published without its leaf: " + i);
    }
    for (long i = 0; i < world.db.cursor; i++) {
      require(indexed.contains(i), "the cursor leads: " + i + " is not indexed");
    }
  }

  private long published() {
    return world.db.checkpoints.isEmpty() ? 0 : world.db.checkpoints.lastKey();
  }

  private void checkJournal() {
    for (List<World.Row> rows : world.journal.values()) {
      for (World.Row row : rows) {
        long index = row.recorded().index();
        require(index < committed.size(), "a journal row that is not in the log");
        LogEntry entry = committed.get((int) index);
        require(
            java.util.Arrays.equals(entry.item().entry(), row.recorded().item().entry()),
            "a journal row with a wrong index");
      }
    }
  }

  void answered(World.Client client, Answer<Receipt> answer) {
    check();
    if (answer instanceof Answer.Done<Receipt> done) {
      Receipt receipt = done.value();
      require(receipt.index() < published(), client.key + " was acknowledged, not published");
      LogEntry entry = committed.get((int) receipt.index());
      require(
          entry.pid().equals(client.pid)
              && entry.seq() == receipt.seq()
              && Words.word(Words.event(entry.item().entry())).equals(client.key),
          client.key + " was acknowledged, and is not at " + receipt);
      Receipt first = receipts.putIfAbsent(client.key, receipt);
      require(
          first == null || (first.seq() == receipt.seq() && first.index() == receipt.index()),
          client.key + " was answered " + first + " and " + receipt);
    } else if (answer instanceof Answer.Declined<Receipt> declined) {
      require(
          lengths.getOrDefault(client.pid, 0) >= Words.FEW,
          client.key + " was declined on entries that are not logged: " + declined);
    }
  }

  /** At the end every client knows, and every chain is whole in index and leaves. */
  void complete() {
    check();
    require(
        world.db.index.values().stream().mapToInt(Map::size).sum() == committed.size(), "index");
    require(published() == committed.size(), "not everything is published");
  }
}
