package witan.actors.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.entity.CodecFormat;
import witan.actors.spi.StoredEntry;
import witan.codec.entry.Entry;
import witan.domain.common.DomainEvent;
import witan.domain.common.LogIndex;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** A log of three entries goes on in a second generation, whoever dies, wakes or comes second. */
class AdoptionTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final String A = "case|a";
  private static final String B = "case|b";
  private static final EntryFormat FORMAT = new CodecFormat<>(DomainEvent.class);
  private static final Set<String> WRITES =
      Set.of(
          "close",
          "claim",
          "commit",
          "putBatch",
          "putIndex",
          "putLeaves",
          "putTile",
          "putCheckpoint");

  private final NoteSigner first = NoteSigner.generate("witan.test/log", new SecureRandom());
  private final NoteSigner second = NoteSigner.generate("witan.test/log/g1", new SecureRandom());
  private final Map<String, Hash> heads = new HashMap<>();
  private SimStore old = new SimStore();
  private SimStore next = new SimStore();
  private int ids;

  /** Writes that still succeed; the one after them is the last thing that happens. */
  private int fuse = Integer.MAX_VALUE;

  private boolean blown;
  private boolean diesAfter;

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Everything happens at once, as long as the fuse holds. */
  private LogStore store(SimStore rows, String owner) {
    LogStore face = rows.as(owner);
    return (LogStore)
        Proxy.newProxyInstance(
            LogStore.class.getClassLoader(),
            new Class<?>[] {LogStore.class},
            (proxy, method, arguments) -> {
              boolean last = WRITES.contains(method.getName()) && fuse-- == 0;
              if (last && !diesAfter) {
                blown = true;
                throw new Died();
              }
              Object answer;
              try {
                answer = method.invoke(face, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              rows.resolve(rows.calls.get(rows.calls.size() - 1), SimStore.Outcome.DONE);
              if (last) {
                blown = true;
                throw new Died();
              }
              return answer;
            });
  }

  private static LogMemory memory(SimStore rows) {
    return new LogMemory() {
      @Override
      public CompletionStage<Void> remember(StoredCheckpoint checkpoint) {
        rows.remember("node", checkpoint);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletionStage<Asked> ask() {
        return CompletableFuture.completedFuture(
            new Asked(List.copyOf(rows.files.values()), List.of()));
      }
    };
  }

  private final class Host implements SequencerHost {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private String halted = "";

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      tasks.add(task);
    }

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public UUID batchId() {
      return new UUID(1, ++ids);
    }

    @Override
    public void stop(String reason, boolean alarm) {
      throw new AssertionError(reason);
    }

    @Override
    public void halt(String why) {
      halted = why;
    }

    @Override
    public void accepted(LogMemory.Asked asked, long size) {
      // Whoever remembers agrees.
    }

    @Override
    public void oldVersion(String pid) {
      throw new AssertionError(pid);
    }

    @Override
    public void committed(int entries) {
      // The rows tell.
    }

    private void run() {
      while (!tasks.isEmpty()) {
        tasks.poll().run();
      }
    }
  }

  /** A sequencer and what it answers. */
  private final class Running {
    private final Host host = new Host();
    private final List<LogReply> replies = new ArrayList<>();
    private final SequencerCore core;

    Running(LogGenerations log, SimStore rows, NoteSigner signer) {
      core = new SequencerCore(log, memory(rows), FORMAT, signer, SequencerSettings.DEFAULT, host);
      core.start();
      host.run();
    }

    LogReply append(String pid, long seq) {
      core.append(List.of(item(pid, seq, heads.getOrDefault(pid, EntryFormat.NONE))), this::took);
      host.run();
      return replies.get(replies.size() - 1);
    }

    LogReply head(String pid) {
      core.head(pid, replies::add);
      host.run();
      return replies.get(replies.size() - 1);
    }

    private void took(LogReply reply) {
      replies.add(reply);
      heads.put(reply.pid(), ((LogReply.Appended) reply).hash());
    }
  }

  private static LogItem item(String pid, long seq, Hash prev) {
    return new LogItem(LoggedRows.entry(pid, seq, prev, "CaseOpened"), new byte[] {1});
  }

  private static LogItem adopted(String by) {
    return new LogItem(
        LoggedRows.entry("adoption|acme", 1, EntryFormat.NONE, "LogAdopted"),
        by.getBytes(StandardCharsets.UTF_8));
  }

  private LogGenerations one() {
    return LogGenerations.of(store(old, "old"));
  }

  private LogGenerations both() {
    return new LogGenerations(
        List.of(new LogGenerations.Closed(store(old, "old"), old.head.size())), store(next, "new"));
  }

  private void logged() {
    old = new SimStore();
    next = new SimStore();
    heads.clear();
    Running running = new Running(one(), old, first);
    running.append(A, 1);
    running.append(B, 1);
    running.append(A, 2);
    assertEquals(3, old.head.size());
  }

  private Adoption adoption() {
    return new Adoption(
        one(), store(next, "new"), memory(next), second, FORMAT, () -> new UUID(2, ++ids));
  }

  private void assertAdopted() {
    assertTrue(old.head.closed());
    assertEquals(3, old.head.size());
    assertEquals(1, next.head.size());
    assertEquals(old.head.next(), next.head.batch());
    assertEquals(Set.of(1L), next.checkpoints.keySet());
    assertEquals(next.head.root(), next.files.get("node").root());
    assertEquals(
        Hashing.leaf(adopted("x").entry()), next.leaves.get(0L).hash(), "entry 0 is the adoption");
    assertEquals(LogIndex.of(1, 0), next.index.get("adoption|acme").get(1L).index());
    assertEquals(2, old.index.get(A).size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDeathAtAnyWriteIsMadeGoodByRunningItAgain(boolean after) {
    diesAfter = after;
    int deaths = 0;
    for (int n = 0; ; n++) {
      logged();
      // What a sequencer that died has left out.
      old.index.clear();
      old.leaves.clear();
      old.cursor = 0;
      blown = false;
      fuse = n;
      try {
        adoption().adopt(old.head, adopted("first"));
      } catch (Died died) {
        deaths++;
      }
      fuse = Integer.MAX_VALUE;
      LogItem entry = adoption().adopt(old.head, adopted("second"));
      assertAdopted();
      boolean own = next.batches.get(old.head.next()).items().get(0).equals(entry);
      assertTrue(own, "both finish the one that closed");
      if (!blown) {
        assertTrue(deaths >= 8, "deaths: " + deaths);
        return;
      }
    }
  }

  @Test
  void ofTwoOneClosesAndBothFinishIt() {
    logged();
    LogHead planned = old.head;
    fuse = 1;
    assertThrows(Died.class, () -> adoption().adopt(planned, adopted("first")));
    fuse = Integer.MAX_VALUE;
    assertFalse(old.head.closed());
    adoption().adopt(planned, adopted("second"));
    LogItem entry = adoption().adopt(planned, adopted("first"));
    assertArrayEquals(adopted("second").sealedBody(), entry.sealedBody());
    assertAdopted();
  }

  @Test
  void anOldSequencerThatWakesCommitsNowhereAndANewOneStands() {
    logged();
    Running sleeper = new Running(one(), old, first);
    LogHead known = old.head;
    adoption().adopt(known, adopted("x"));
    LogHead later = new LogHead(4, known.root(), new UUID(9, 9), known.term());
    assertFalse(store(old, "late").commit(known, later).toCompletableFuture().join());
    assertThrows(AssertionError.class, () -> sleeper.append(A, 3), "it was succeeded");
    assertEquals(3, old.head.size());
    Running again = new Running(one(), old, first);
    assertTrue(again.host.halted.startsWith("log_closed"), again.host.halted);
    assertAdopted();
  }

  @Test
  void aLogThatMovedIsNotClosed() {
    logged();
    LogHead planned = old.head;
    new Running(one(), old, first).append(B, 2);
    assertThrows(AdoptionException.class, () -> adoption().adopt(planned, adopted("x")));
    assertFalse(old.head.closed());
    assertEquals(LogHead.EMPTY, next.head);
  }

  @Test
  void aGenerationThatDoesNotBeginWithItsAdoptionIsNotAccepted() {
    logged();
    Running early = new Running(both(), next, second);
    assertTrue(early.host.halted.startsWith("log_not_adopted"), early.host.halted);
    assertEquals(LogHead.EMPTY, next.head);
  }

  /** Rows of what was lost may still be there. */
  @Test
  void everyPidGoesOnFromItsHeadInTheClosedTree() {
    logged();
    Hash lost = Hashing.leaf(new byte[] {9});
    old.index.get(A).put(3L, new IndexRow(A, 3, lost, 3, new UUID(9, 9)));
    adoption().adopt(old.head, adopted("x"));
    Running running = new Running(both(), next, second);
    assertEquals(new LogReply.HeadIs(A, 2, heads.get(A)), running.head(A));
    LogReply.Appended taken = (LogReply.Appended) running.append(A, 3);
    assertEquals(LogIndex.of(1, 1), taken.index());
    running.append("case|c", 1);

    CommittedEntries entries = new CommittedEntries(both(), new PublishedSize(store(next, "r")));
    List<Long> places = new ArrayList<>();
    for (long place = 0; ; place = places.get(places.size() - 1) + 1) {
      List<StoredEntry> page = entries.from(place, 2).toCompletableFuture().join();
      if (page.isEmpty()) {
        break;
      }
      page.forEach(e -> places.add(e.index()));
    }
    assertEquals(
        List.of(0L, 1L, 2L, LogIndex.of(1, 0), LogIndex.of(1, 1), LogIndex.of(1, 2)), places);
    assertEquals(
        List.of(1L, 2L, 3L),
        entries.ofPid(A, 1).toCompletableFuture().join().stream()
            .map(e -> Entry.parse(e.entry()).seq())
            .toList());
  }
}
