package witan.actors.feed;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import witan.actors.log.DurableFile;
import witan.actors.log.EntryFormat;
import witan.actors.log.LoggedRows;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** What it costs an executor to prove the log: a program; takes about ten seconds. */
public final class FeedBenchmark {
  private static final int ENTRIES = 50_000;
  private static final int NOTES = 500;
  private static final int WRITES = 50;

  private FeedBenchmark() {}

  /** Prints each figure three times; the first run compiles. Processor time, but for the file. */
  public static void main(String[] arguments) throws Exception {
    List<byte[]> entries = entries();
    for (int run = 0; run < 3; run++) {
      hashing(entries);
      following(entries);
      signatures();
    }
    for (int open : new int[] {10, 1_000, 20_000}) {
      file(open);
    }
  }

  /** Ten entries a case. */
  private static List<byte[]> entries() {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; entries.size() < ENTRIES; i++) {
      Hash prev = EntryFormat.NONE;
      for (int seq = 1; seq <= 10; seq++) {
        String type = seq == 10 ? "CaseSealed" : "AlertRecorded";
        entries.add(LoggedRows.entry("case|c-" + i, seq, prev, type));
        prev = Hashing.leaf(entries.get(entries.size() - 1));
      }
    }
    return entries;
  }

  private static void hashing(List<byte[]> entries) {
    long start = cpuNanos();
    Frontier tree = Frontier.EMPTY;
    for (int i = 0; i < entries.size(); i += 256) {
      tree =
          tree.appendAll(
              entries.subList(i, Math.min(i + 256, entries.size())).stream()
                  .map(Hashing::leaf)
                  .toList());
    }
    say("hash into the tree alone, of an entry", start, tree.size());
  }

  private static void following(List<byte[]> entries) {
    FeedState state = FeedState.empty(FeedScope.of("acme", 20_000, 16_384));
    long start = cpuNanos();
    for (int i = 0; i < entries.size(); i += 256) {
      FeedDraft draft = new FeedDraft(state);
      draft.addAll(entries.subList(i, Math.min(i + 256, entries.size())));
      state.adopt(draft);
    }
    say("prove: parse, chain, hash, of an entry", start, state.frontier().size());
  }

  private static void signatures() {
    NoteSigner signer = new LoggedRows().signer();
    List<NoteKey> keys = List.of(signer.key());
    String note = signer.sign(new Checkpoint(LoggedRows.ORIGIN, 1, Hashing.leaf(new byte[1])));
    long start = cpuNanos();
    for (int i = 0; i < NOTES; i++) {
      SignedNote.open(note, keys);
    }
    say("open a checkpoint", start, NOTES);
  }

  private static void file(int open) throws Exception {
    Map<String, Head> heads = new TreeMap<>();
    for (int i = 0; i < open; i++) {
      Hash hash = Hashing.leaf(new byte[] {(byte) i, (byte) (i >> 8)});
      heads.put("case|c-" + i, new Head(7, hash, hash, null));
    }
    FeedScope scope = FeedScope.of("acme", 20_000, 16_384);
    FeedState state = new FeedState(scope, List.of(), Frontier.EMPTY, 1, heads, Set.of());
    Path folder = Files.createTempDirectory("feed");
    DurableFile file = new DurableFile(folder.resolve("feed.json"));
    List<Long> micros = new ArrayList<>();
    int bytes = 0;
    for (int i = 0; i < WRITES; i++) {
      long start = System.nanoTime();
      byte[] json = FeedJson.write(state, LoggedRows.ORIGIN);
      file.write(json);
      micros.add((System.nanoTime() - start) / 1_000);
      bytes = json.length;
    }
    micros.sort(Comparator.naturalOrder());
    System.out.printf(
        Locale.ROOT,
        "file with %d open cases: %d bytes, written in %.1f ms (median), %.1f ms (worst of %d)%n",
        open,
        bytes,
        micros.get(WRITES / 2) / 1e3,
        micros.get(WRITES - 1) / 1e3,
        WRITES);
    Files.delete(file.path());
    Files.delete(folder);
  }

  /** What other processes take of the machine does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void say(String what, long start, long count) {
    System.out.printf(Locale.ROOT, "%s: %.1f us%n", what, (cpuNanos() - start) / 1e3 / count);
  }
}
