package witan.actors.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.log.Counters;
import witan.actors.log.LogGenerations;
import witan.actors.log.LoggedRows;
import witan.actors.log.PublishedLog;
import witan.actors.log.PublishedSize;
import witan.log.checkpoint.Checkpoint;

class MemoryFollowerTest {
  private static final Duration SHORT = Duration.ofMillis(60);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final Counters counters = new Counters();
  private final AtomicLong nanos = new AtomicLong();
  private final LoggedRows log = new LoggedRows();
  private MemoryFile file;

  private MemoryFollower follow(LoggedRows from) {
    file = MemoryFile.open(folder.resolve("log.memory"), log.signer().key());
    return new MemoryFollower(
        file,
        log.signer().key(),
        new PublishedLog(
            LogGenerations.of(from.store()), new PublishedSize(from.store()), SHORT, SHORT),
        counters,
        LIMIT,
        nanos::get);
  }

  private LoggedRows grow(LoggedRows rows, int entries) {
    for (int i = 0; i < entries; i++) {
      rows.append("case|c", "AlertRecorded");
    }
    return rows.publish();
  }

  private long remembered() {
    return file.known().map(Checkpoint::size).orElse(0L);
  }

  /** It comes from the database that it would speak for. */
  @Test
  void whatIsFoundAtTheStartIsNoMemoryAndWhatIsSignedLaterIs() {
    grow(log, 5);
    MemoryFollower follower = follow(log);
    follower.look();
    follower.look();
    assertEquals(0, remembered());
    grow(log, 1);
    follower.look();
    assertEquals(6, remembered());
  }

  @Test
  void eachLookFollowsWhatGoesOnFromWhatIsRemembered() {
    MemoryFollower follower = follow(grow(log, 0));
    follower.look();
    for (int size = 1; size <= 700; size += 23) {
      grow(log, (int) (size - remembered()));
      follower.look();
      assertEquals(size, remembered());
    }
    assertTrue(counters.protection.status().orElseThrow().up());
    assertEquals(0, counters.alarms.sum());
  }

  private void remember(int size) {
    MemoryFollower follower = follow(grow(log, 0));
    follower.look();
    grow(log, size);
    follower.look();
    assertEquals(size, remembered());
  }

  private void assertAlarm(String code) throws IOException {
    assertEquals(1, counters.alarms.sum());
    assertFalse(counters.protection.status().orElseThrow().up());
    String detail = counters.protection.status().orElseThrow().detail();
    assertTrue(detail.startsWith(code), detail);
    assertEquals(
        file.note(), Optional.of(Files.readString(folder.resolve("log.memory"))), "as it was");
  }

  @Test
  void aForkIsAnAlarmAndLeavesTheFileAsItIs() throws IOException {
    remember(5);
    for (int size : new int[] {5, 9}) {
      counters.alarms.reset();
      LoggedRows fork = new LoggedRows(log.signer());
      fork.append("case|other", "CaseOpened");
      MemoryFollower follower = follow(grow(fork, size - 1));
      follower.look();
      follower.look();
      assertAlarm("log_forked");
      assertEquals(5, remembered());
    }
  }

  /** A sequencer may have died between its file and its row; a successor puts the row there. */
  @Test
  void aShorterLogIsAnAlarmWhenItStaysShorter() throws IOException {
    remember(5);
    MemoryFollower follower = follow(grow(new LoggedRows(log.signer()), 3));
    follower.look();
    for (int second = 1; second < 60; second++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      follower.look();
    }
    assertEquals(0, counters.alarms.sum());
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    follower.look();
    follower.look();
    assertAlarm("log_rolled_back");
    assertEquals(5, remembered());
  }

  /** Nobody could put the row there either. */
  @Test
  void anOutageIsNotTakenForALogThatStaysShorter() throws IOException {
    remember(5);
    MemoryFollower follower = follow(grow(new LoggedRows(log.signer()), 3));
    follower.look();
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    follower.look();
    assertEquals(0, counters.alarms.sum());
  }

  @Test
  void aCheckpointThatTheLogDidNotSignIsAnAlarm() throws IOException {
    remember(5);
    MemoryFollower follower = follow(grow(new LoggedRows(), 9));
    follower.look();
    assertAlarm("log_row_forged");
    assertEquals(5, remembered());
  }
}
