package witan.actors.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.log.SequencerQueue.Queued;
import witan.domain.common.LoggedTimes;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;

/** A sequencer whose every step the test lets happen; also broken ones, for testing the tests. */
public final class SimSequencer implements SequencerHost {
  public enum Variant {
    CORRECT,
    NO_PREV_CHECK,
    ACK_BEFORE_COMMIT,
    FORGETS_LATEST
  }

  /** Small, so that every limit is met. */
  private static final SequencerSettings SETTINGS =
      new SequencerSettings(
          4,
          1 << 20,
          Duration.ofMillis(20),
          12,
          1 << 20,
          20,
          1,
          3,
          Duration.ofMillis(1),
          LoggedTimes.MAX_DIFFERENCE);

  public final String name;
  public final Deque<Runnable> tasks = new ArrayDeque<>();
  public final List<Runnable> timers = new ArrayList<>();
  public boolean paused;
  public boolean dead;
  public boolean halted;
  public boolean unprotected;
  public String reason = "";
  public boolean alarm;
  public int committed;
  public int oldVersions;

  /** Of its clock. */
  public long aheadMillis;

  private final int number;
  private final Supplier<Instant> clock;
  private final SequencerCore core;
  private long batches;

  public SimSequencer(
      int number,
      SimStore store,
      String node,
      EntryFormat format,
      NoteSigner signer,
      Supplier<Instant> clock,
      Variant variant) {
    this.number = number;
    this.clock = clock;
    this.name = "seq" + number;
    this.core =
        new SequencerCore(
            LogGenerations.of(store.as(name)),
            store.memory(name, node),
            format,
            signer,
            SETTINGS,
            this) {
          @Override
          boolean follows(Queued append, long seq, Hash hash) {
            return variant == Variant.NO_PREV_CHECK || super.follows(append, seq, hash);
          }

          @Override
          boolean inTime(Queued append, Instant now, @Nullable Instant before) {
            return super.inTime(append, now, variant == Variant.FORGETS_LATEST ? null : before);
          }

          @Override
          void written(Commit commit) {
            if (variant == Variant.ACK_BEFORE_COMMIT) {
              long index = commit.batch().start() - 1;
              for (Queued append : commit.appends()) {
                index += append.entries().size();
                LogEntry last = append.last();
                append
                    .replyTo()
                    .accept(new LogReply.Appended(last.pid(), last.seq(), last.hash(), index));
              }
            }
            super.written(commit);
          }
        };
    core.start();
  }

  public void append(List<LogItem> items, Consumer<LogReply> replyTo) {
    core.append(items, replyTo);
  }

  public void head(String pid, Consumer<LogReply> replyTo) {
    core.head(pid, replyTo);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    timers.add(task);
  }

  @Override
  public Instant now() {
    return clock.get().plusMillis(aheadMillis);
  }

  @Override
  public UUID batchId() {
    return new UUID(number, ++batches);
  }

  @Override
  public void stop(String why, boolean isAlarm) {
    dead = true;
    reason = why;
    alarm = isAlarm;
  }

  @Override
  public void halt(String why) {
    dead = true;
    halted = true;
    reason = why;
  }

  @Override
  public void accepted(LogMemory.Asked asked, long size) {
    unprotected = asked.known().isEmpty() && size > 0;
  }

  @Override
  public void oldVersion(String pid) {
    oldVersions++;
  }

  @Override
  public void committed(int entries) {
    committed += entries;
  }
}
