package witan.actors.entity;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Digest;

/** An incarnation of an entity whose every step the test lets happen. */
final class SimEntity implements EntityPort<List<String>, String> {
  enum Variant {
    CORRECT,
    ACK_BY_NUMBER
  }

  /** The world around it. */
  interface Net {
    void append(SimEntity from, List<LogItem> items);

    void askHead(SimEntity from);

    void readLog(SimEntity from, long seq);

    void persist(SimEntity from, List<Recorded> rows);

    void reply(SimEntity from, String key, Answer<Receipt> answer);

    void alarm(String what);
  }

  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(String message) {
      super(message, null, false, false);
    }
  }

  private static final EntitySettings SETTINGS =
      new EntitySettings(
          6,
          2_000,
          4,
          3,
          1_000,
          EntitySettings.DEFAULT.resend(),
          EntitySettings.DEFAULT.askAgain(),
          EntitySettings.DEFAULT.passivateAfter(),
          EntitySettings.DEFAULT.minBackoff(),
          EntitySettings.DEFAULT.maxBackoff());

  final String name;
  final String pid;
  final Deque<Runnable> tasks = new ArrayDeque<>();
  final EntityCore<List<String>, String, String, String> core;
  boolean paused;
  boolean dead;
  boolean tick;
  boolean persisting;
  int conflicts;
  int badTimes;

  /** Of its clock. */
  long aheadMillis;

  /** The journal's next number, as this incarnation believes. */
  long nextRow;

  private final Net net;

  SimEntity(String name, String pid, Net net, Supplier<Instant> clock, Variant variant) {
    this.name = name;
    this.pid = pid;
    this.net = net;
    Words words = new Words();
    Decider<List<String>, String, String> decider =
        new Decider<>(
            pid,
            words,
            words,
            s -> Optional.empty(),
            SETTINGS,
            () -> clock.get().plusMillis(aheadMillis));
    this.core =
        new EntityCore<>(decider, this) {
          @Override
          boolean isOurs(LogReply.Appended reply, List<Pending.Entry<String>> outstanding) {
            return variant == Variant.ACK_BY_NUMBER
                ? outstanding.get(outstanding.size() - 1).seq() == reply.seq()
                : super.isOurs(reply, outstanding);
          }
        };
  }

  /** Runs a step; an exception stops the entity, as it stops the actor. */
  void run(Runnable step) {
    if (dead) {
      return;
    }
    try {
      step.run();
    } catch (Stopped stopped) {
      dead = true;
    }
  }

  void receive(LogReply reply) {
    if (reply instanceof LogReply.Appended appended) {
      core.appended(appended);
    } else if (reply instanceof LogReply.NotHead notHead) {
      core.notHead(notHead);
    } else if (reply instanceof LogReply.BadTime badTime) {
      core.badTime(badTime);
    } else if (reply instanceof LogReply.HeadIs headIs) {
      core.headIs(headIs);
    }
  }

  @Override
  public void append(List<LogItem> items) {
    net.append(this, items);
  }

  @Override
  public void askHead() {
    net.askHead(this);
  }

  @Override
  public void readLog(long fromSeq) {
    net.readLog(this, fromSeq);
  }

  @Override
  public void persist(List<Recorded> events) {
    persisting = true;
    net.persist(this, events);
  }

  @Override
  public void reply(String to, Answer<Receipt> answer) {
    net.reply(this, to, answer);
  }

  @Override
  public void loadKey(String subject, boolean make) {
    tasks.add(() -> core.keyLoaded(subject, new byte[32]));
  }

  @Override
  public void loadContent(Digest digest) {
    throw new AssertionError("no content here");
  }

  @Override
  public void tickLater(boolean append) {
    tick = true;
  }

  @Override
  public void drive(List<String> logged) {}

  @Override
  public void writerConflict() {
    conflicts++;
  }

  @Override
  public void badTime(LogReply.BadTime reply) {
    badTimes++;
  }

  @Override
  public RuntimeException fail(String reason, boolean alarm) {
    if (alarm) {
      net.alarm(name + ": " + reason);
    }
    return new Stopped(reason);
  }

  static @Nullable String keyOf(Recorded row) {
    return Words.word(Words.event(row.item().entry()));
  }
}
