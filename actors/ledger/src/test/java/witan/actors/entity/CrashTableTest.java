package witan.actors.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.log.Batch;
import witan.actors.log.EntryFormat;
import witan.actors.log.IndexRow;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.actors.log.SimSequencer;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.log.tree.Hash;

/**
 * The crash table of the log protocol. In each test the world checks after every step, and at the
 * end from what is durable: no acknowledged entry missing, none twice, no gap, no list in part, one
 * root per size, published sizes growing, journal rows all in the log, retries answered the same.
 */
class CrashTableTest {
  private static final String P = "p";
  private static final byte[] KEY = new byte[32];

  private final World world = new World();

  /** One sequencer, one entity, one word in the log; then three words on their way. */
  private SimEntity busy() {
    world.startSequencer();
    SimEntity entity = world.startEntity(P);
    world.submit(P, "before");
    world.settle();
    world.submit(P, "pair:a");
    world.submit(P, "b");
    world.submit(P, "c");
    return entity;
  }

  private void finishWith(int entries) {
    world.finish();
    assertEquals(entries, world.db.head.size());
    world.clients.values().forEach(c -> assertTrue(c.answered(), c.key));
  }

  // ---- entity -----------------------------------------------------------------------------

  /** What was only decided is lost, and decided again for the client's retry. */
  @Test
  void entityKilledBeforeTheAppendIsSent() {
    SimEntity entity = busy();
    world.until("append:" + entity.name);
    world.kill(entity);
    world.take(world.until("append:" + entity.name).failBefore());
    finishWith(5);
  }

  /** Nobody hears the answer; the successor finds the entries in the log. */
  @ParameterizedTest
  @ValueSource(strings = {"putBatch", "commit", "putCheckpoint", "putIndex"})
  void entityKilledWhileItsAppendIsBeingCommitted(String write) {
    SimEntity entity = busy();
    world.until("seq1." + write);
    world.kill(entity);
    finishWith(5);
  }

  @Test
  void entityKilledAfterTheCommitBeforeAppended() {
    SimEntity entity = busy();
    world.until("Appended:" + entity.name);
    world.kill(entity);
    finishWith(5);
  }

  @ParameterizedTest
  @CsvSource({"before", "unknown", "late", "killed"})
  void entityWhosePersistFails(String how) {
    SimEntity entity = busy();
    World.Step persist = world.until("persist:" + entity.name);
    switch (how) {
      case "before" -> world.take(persist.failBefore());
      case "unknown" -> world.take(persist.failAfter());
      case "late" -> world.take(persist.late());
      default -> world.kill(entity);
    }
    finishWith(5);
  }

  /** The row surfaces after the successor has persisted the same entries under the same number. */
  @Test
  void lateJournalRowRepeatsTheLogAndChangesNothing() {
    SimEntity entity = busy();
    world.take(world.until("persist:" + entity.name).late());
    world.startEntity(P);
    world.settle();
    assertFalse(world.lateSteps().isEmpty());
    world.lateSteps().forEach(late -> world.take(late.done()));
    SimEntity third = world.startEntity(P);
    world.settle();
    assertEquals(5, third.core.seq());
    finishWith(5);
  }

  @Test
  void entityKilledAfterThePersistBeforeTheReply() {
    SimEntity entity = busy();
    World.Step persist = world.until("persist:" + entity.name);
    world.take(persist.failAfter());
    assertFalse(world.clients.get("c").answered());
    finishWith(5);
  }

  /** It wakes after its successor has gone on; whatever it believes, the chain decides. */
  @ParameterizedTest
  @ValueSource(strings = {"append", "Appended", "persist"})
  void pausedEntityWakesBesideItsSuccessor(String where) {
    SimEntity entity = busy();
    world.until(where + ":" + entity.name);
    entity.paused = true;
    world.startEntity(P);
    world.submit(P, "d");
    world.settle();
    entity.paused = false;
    world.send(world.clients.get("c"), entity);
    world.send(world.clients.get("d"), entity);
    world.settle();
    finishWith(6);
  }

  // ---- two writers ------------------------------------------------------------------------

  @Test
  void ofTwoWritersOneIsRefusedCatchesUpAndDecidesAgain() {
    world.startSequencer();
    SimEntity first = world.startEntity(P);
    SimEntity second = world.startEntity(P);
    world.settle();
    World.Client a = world.clients.computeIfAbsent("a", k -> new World.Client(P, k));
    World.Client b = world.clients.computeIfAbsent("few:b", k -> new World.Client(P, k));
    world.send(a, first);
    world.send(b, second);
    world.send(a, second);
    world.settle();
    assertEquals(1, world.conflicts);
    assertEquals(2, world.db.head.size());
    Receipt firstAnswer = receipt(a.answers.get(0));
    a.answers.forEach(again -> assertEquals(firstAnswer.index(), receipt(again).index()));
    finishWith(2);
  }

  /** It has nothing to log, so no refusal tells it. */
  @Test
  void whoIsLookedAfterLearnsWhatAnotherWriterLogged() {
    world.startSequencer();
    SimEntity first = world.startEntity(P);
    SimEntity second = world.startEntity(P);
    world.settle();
    world.send(world.clients.computeIfAbsent("a", k -> new World.Client(P, k)), second);
    world.settle();
    assertEquals(0, first.core.seq());
    first.tasks.add(first.core::look);
    world.settle();
    assertEquals(1, first.core.seq());
    assertEquals(1, world.conflicts);
    finishWith(1);
  }

  /** The refusal stands on a pending entry: it is not told before that entry is logged. */
  @Test
  void refusalWaitsForTheEntriesItWasDecidedOn() {
    SimEntity entity = busy();
    World.Step commit = world.until("seq1.commit");
    World.Client refused = world.submit(P, "few:late");
    for (World.Step task = task(entity); task != null; task = task(entity)) {
      world.take(task.done());
    }
    assertTrue(refused.answers.isEmpty(), "told before its reason was logged");
    world.take(commit.done());
    world.settle();
    assertInstanceOf(Answer.Declined.class, refused.answers.get(0));
  }

  private World.Step task(SimEntity entity) {
    return world.enabled().stream()
        .filter(s -> s.label().equals("task:" + entity.name))
        .findFirst()
        .orElse(null);
  }

  /**
   * The right entity does not take it; one that goes by number would persist what is not logged.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staleAnswerWithTheSameNumberIsNotTaken(boolean correct) {
    World it =
        new World(
            SimSequencer.Variant.CORRECT,
            correct ? SimEntity.Variant.CORRECT : SimEntity.Variant.ACK_BY_NUMBER);
    it.startSequencer();
    SimEntity entity = it.startEntity(P);
    it.settle();
    it.submit(P, "a");
    String append = "append:" + entity.name;
    it.until(append);
    Hash first = entity.core.outstandingHash();
    // Refused by somebody who was behind, while the append is still on its way: the command is
    // decided again, at another time.
    entity.tasks.add(() -> entity.core.notHead(new LogReply.NotHead(P, first)));
    while (entity.core.outstandingHash().equals(first)
        || entity.core.outstandingHash().equals(EntryFormat.NONE)) {
      it.take(
          it.enabled().stream()
              .filter(s -> !s.label().equals(append))
              .findFirst()
              .orElseThrow()
              .done());
    }
    if (correct) {
      it.finish();
      assertEquals(1, it.db.head.size());
    } else {
      assertThrows(AssertionError.class, it::finish);
    }
  }

  // ---- sequencer --------------------------------------------------------------------------

  /** Killed at each of its writes, before and after it took effect, or with the write to come. */
  @ParameterizedTest
  @CsvSource({
    "putBatch, before", "putBatch, after", "putBatch, late",
    "commit, before", "commit, after", "commit, late",
    "remember, before", "remember, after", "remember, late",
    "putLeaves, before", "putLeaves, after", "putLeaves, late",
    "putCheckpoint, before", "putCheckpoint, after", "putCheckpoint, late",
    "putIndex, before", "putIndex, after", "putIndex, late",
    "moveCursor, before", "moveCursor, after", "moveCursor, late"
  })
  void sequencerKilledAt(String write, String when) {
    busy();
    World.Step step = world.until("seq1." + write);
    world.take(
        switch (when) {
          case "before" -> step.failBefore();
          case "after" -> step.failAfter();
          default -> step.late();
        });
    world.kill(world.sequencers.get(0));
    world.startSequencer();
    world.settle();
    world.lateSteps().forEach(late -> world.take(late.done()));
    finishWith(5);
  }

  /** Lost and late replies without a death: the same statement again, judged by the head row. */
  @ParameterizedTest
  @ValueSource(strings = {"before", "after", "late"})
  void sequencerWhoseCommitIsLostOrLateSendsItAgain(String when) {
    busy();
    World.Step step = world.until("seq1.commit");
    world.take(
        switch (when) {
          case "before" -> step.failBefore();
          case "after" -> step.failAfter();
          default -> step.late();
        });
    world.settle();
    assertEquals(1, world.sequencers.size());
    finishWith(5);
  }

  /** Stopped for longer than a fail-over at each of its writes, it wakes beside its successor. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "putBatch",
        "commit",
        "head",
        "remember",
        "putLeaves",
        "putCheckpoint",
        "putIndex",
        "moveCursor"
      })
  void pausedSequencerWakesWhileItsSuccessorCommits(String where) {
    SimEntity entity = busy();
    world.until("seq1." + where);
    SimSequencer old = world.sequencers.get(0);
    old.paused = true;
    SimSequencer next = world.startSequencer();
    world.settle();
    world.submit(P, "d");
    world.until(next.name + ".commit");
    old.paused = false;
    // From here on the old one is asked, too.
    world.route = () -> old.dead ? next : old;
    entity.tasks.add(entity.core::tick);
    world.settle();
    world.submit(P, "e");
    world.settle();
    finishWith(7);
  }

  /** Index and tiles of two batches are missing; the next one derives both before it accepts. */
  @Test
  void indexTwoBatchesBehindIsMadeUpBySuccession() {
    busy();
    world.take(world.until("seq1.moveCursor").failBefore());
    world.until("seq1.putLeaves");
    world.kill(world.sequencers.get(0));
    long committed = world.db.head.size();
    SimSequencer second = world.startSequencer();
    world.until(second.name + ".putLeaves");
    world.kill(second);
    assertTrue(world.db.cursor < committed);
    finishWith(5);
    assertEquals(5, world.db.cursor);
  }

  /** Whoever takes rows away can put them back: then nothing has to be started again. */
  @Test
  void headWhoseRowWasHiddenIsKnownOnceItIsBack() {
    SimSequencer first = world.startSequencer();
    SimEntity old = world.startEntity(P);
    world.submit(P, "pair:a");
    world.settle();
    world.kill(old);
    world.kill(first);
    world.startSequencer();
    world.startEntity(P);
    World.Step look = world.until("seq3.lastOf");
    world.take(
        () -> {
          IndexRow hidden = world.db.index.get(P).remove(2L);
          look.done().run();
          world.db.index.get(P).put(2L, hidden);
        });
    world.submit(P, "b");
    finishWith(3);
  }

  /** What is logged is answered, whatever its version; the successor knows the log's. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void entryOfAnOlderVersionThanTheLogIsNotTaken(boolean succeeded) {
    SimSequencer sequencer = world.startSequencer();
    world.startEntity(P);
    world.submit(P, "old:a");
    world.settle();
    world.submit(P, "b");
    world.settle();
    if (succeeded) {
      world.kill(sequencer);
      sequencer = world.startSequencer();
    }
    List<LogReply> replies = new ArrayList<>();
    LogItem logged = world.db.batches.get(world.db.index.get(P).get(1L).batch()).items().get(0);
    LogItem old = new Words().encode("old:c@" + world.now, "q", 1, EntryFormat.NONE, null, KEY);
    sequencer.append(List.of(logged), replies::add);
    sequencer.append(List.of(old), replies::add);
    world.settle();
    assertEquals(1, sequencer.oldVersions);
    assertEquals(List.of(LogReply.Appended.class), replies.stream().map(Object::getClass).toList());
    finishWith(2);
  }

  @Test
  void cursorThatFellBackCostsOnlyTime() {
    busy();
    world.settle();
    world.db.cursor = 0;
    finishWith(5);
  }

  /** The row that ends 256 entries' tile is written by whoever commits or succeeds. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tilesAreMadeUpBySuccession(boolean killed) {
    world.startSequencer();
    world.startEntity(P);
    for (int i = 0; i < 254; i++) {
      world.submit(P, "w" + i);
      world.settle();
    }
    for (String key : List.of("x", "pair:y", "z")) {
      world.submit(P, key);
    }
    World.Step tile = world.until("seq1.putTile");
    if (killed) {
      world.kill(world.sequencers.get(0));
    } else {
      world.take(tile.failBefore());
    }
    finishWith(258);
    assertEquals(1, world.db.tiles.size());
  }

  // ---- times ------------------------------------------------------------------------------

  /** While no sequencer is there for two minutes, what is on its way grows too old. */
  @Test
  void appendThatWaitedTooLongIsDecidedAgain() {
    SimEntity entity = busy();
    world.until("append:" + entity.name);
    world.kill(world.sequencers.get(0));
    world.now += 120_000;
    world.startSequencer();
    world.settle();
    assertTrue(world.badTimes > 0);
    assertEquals(0, world.conflicts, "nobody else was first");
    finishWith(5);
  }

  /** What is logged already is never refused for its time: its entity would not know it again. */
  @Test
  void whatIsLoggedIsAnsweredHoweverOldItIs() {
    SimEntity entity = busy();
    world.take(world.until("Appended:" + entity.name).failBefore());
    Hash outstanding = entity.core.outstandingHash();
    world.now += 3_600_000;
    entity.tasks.add(entity.core::tick);
    world.until("Appended:" + entity.name);
    assertEquals(outstanding, entity.core.outstandingHash());
    assertEquals(0, world.badTimes);
    finishWith(5);
  }

  @Test
  void whatIsQueuedIsNotRefusedHoweverOldItIs() {
    SimEntity entity = busy();
    World.Step commit = world.until("seq1.commit");
    world.now += 3_600_000;
    entity.tasks.add(entity.core::tick);
    for (String next : List.of("task:" + entity.name, "append:" + entity.name, "task:seq1")) {
      world.take(world.until(next).done());
    }
    world.take(commit.done());
    world.until("Appended:" + entity.name);
    assertEquals(0, world.badTimes);
    finishWith(5);
  }

  /** At most one append a turn of the timer, a few for each command, and then it is busy. */
  @ParameterizedTest
  @ValueSource(longs = {90_000, -90_000})
  void nodeWhoseClockIsWrongIsBusyAndDoesNotSpin(long aheadMillis) {
    SimEntity entity = busy();
    world.settle();
    entity.aheadMillis = aheadMillis;
    World.Client client = world.submit(P, "late");
    for (int turns = 0; client.answers.isEmpty(); turns++) {
      assertTrue(turns < 8, "no answer");
      int before = world.badTimes;
      rest();
      // The first is asked again at once: it might only have waited too long.
      assertTrue(world.badTimes - before <= (turns == 0 ? 2 : 1), "spins");
      List.copyOf(world.timers()).forEach(t -> world.take(t.done()));
    }
    assertInstanceOf(Answer.Busy.class, client.answers.get(0));
    assertEquals(4, world.badTimes, "once, and three more times");
    assertEquals(5, world.db.head.size());
    entity.aheadMillis = 0;
    finishWith(6);
  }

  /** Everything but time. */
  private void rest() {
    for (List<World.Step> steps = world.enabled(); !steps.isEmpty(); steps = world.enabled()) {
      world.take(steps.get(0).done());
    }
  }

  /** Two clocks were ahead; their successors wait until time has come near what was logged. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void successorTakesTheGreatestTimeFromTheLastBatch(boolean correct) {
    World it =
        new World(
            correct ? SimSequencer.Variant.CORRECT : SimSequencer.Variant.FORGETS_LATEST,
            SimEntity.Variant.CORRECT);
    it.startSequencer().aheadMillis = 600_000;
    SimEntity entity = it.startEntity(P);
    entity.aheadMillis = 600_000;
    it.submit(P, "ahead");
    it.settle();
    // A batch whose own entries are all older: it carries the time of the one before.
    entity.aheadMillis = 545_000;
    it.submit(P, "less ahead");
    it.settle();
    it.kill(it.sequencers.get(0));
    entity.aheadMillis = 0;
    it.startSequencer();
    if (!correct) {
      it.submit(P, "now");
      assertThrows(AssertionError.class, it::settle);
      return;
    }
    World.Client client = it.submit(P, "now");
    for (int turns = 0; turns < 8 && client.answers.isEmpty(); turns++) {
      for (List<World.Step> steps = it.enabled(); !steps.isEmpty(); steps = it.enabled()) {
        it.take(steps.get(0).done());
      }
      List.copyOf(it.timers()).forEach(t -> it.take(t.done()));
    }
    assertInstanceOf(Answer.Busy.class, client.answers.get(0));
    it.now += 485_000;
    it.settle();
    assertTrue(client.answered());
    assertEquals(3, it.db.head.size());
  }

  /** Batches of releases that wrote no greatest time. */
  @Test
  void successorReadsAnOldBatchsEntriesForTheGreatestTime() {
    SimSequencer first = world.startSequencer();
    SimEntity entity = world.startEntity(P);
    first.aheadMillis = 600_000;
    entity.aheadMillis = 600_000;
    world.submit(P, "ahead");
    world.settle();
    world.kill(first);
    Batch last = world.db.batches.get(world.db.head.batch());
    world.oldBatches.add(last.id());
    world.db.batches.put(
        last.id(),
        new Batch(last.id(), last.previous(), last.start(), last.term(), null, last.items()));
    SimSequencer second = world.startSequencer();
    second.aheadMillis = 450_000;
    entity.aheadMillis = 450_000;
    world.submit(P, "too early");
    rest();
    assertTrue(world.badTimes > 0);
    entity.aheadMillis = 500_000;
    world.settle();
    assertEquals(2, world.db.head.size());
  }

  private static Receipt receipt(Answer<Receipt> answer) {
    return ((Answer.Done<Receipt>) answer).value();
  }
}
