package witan.actors.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.log.Batch;
import witan.actors.log.LogHead;
import witan.actors.log.Remembered;
import witan.actors.log.SimSequencer;
import witan.actors.log.SimStore;

/**
 * The whole database is put back and everything is started again: whoever can be reached and
 * remembers more stops the log. In each test the store checks that no second root is published for
 * a size.
 */
class PutBackTest {
  private static final String P = "p";
  private static final String HERE = "node0";
  private static final String THERE = "node1";

  private final World world = new World();

  /** Two words acknowledged, of which the copy that is put back has the first alone. */
  private void putBack() {
    run("a");
    Runnable copy = world.copy();
    world.submit(P, "b");
    world.settle();
    world.mayHalt = true;
    copy.run();
  }

  private void run(String word) {
    world.startSequencer(HERE);
    world.startEntity(P);
    world.submit(P, word);
    world.settle();
  }

  /** Whatever happens by itself, and some turns of the timers. */
  private void turns() {
    for (int turn = 0; turn < 20; turn++) {
      for (List<World.Step> steps = world.enabled(); !steps.isEmpty(); steps = world.enabled()) {
        world.take(steps.get(0).done());
      }
      List.copyOf(world.timers()).forEach(timer -> world.take(timer.done()));
    }
  }

  private SimSequencer startAgain(String node) {
    SimSequencer next = world.startSequencer(node);
    world.startEntity(P);
    world.submit(P, "c");
    turns();
    return next;
  }

  private void assertStands(SimSequencer halted, String source) {
    assertTrue(halted.halted, halted.reason);
    assertTrue(halted.reason.contains(source), halted.reason);
    assertTrue(world.clients.get("c").answers.isEmpty(), "nothing is acknowledged");
    assertEquals(1, world.db.head.size());
  }

  @Test
  void itsOwnFileStopsASequencerEachTimeItIsStarted() {
    putBack();
    for (int start = 0; start < 3; start++) {
      SimSequencer next = startAgain(HERE);
      assertStands(next, "log_rolled_back: " + HERE + " remembers size 2");
    }
  }

  @Test
  void anotherNodesFileStopsASequencerThatHasNone() {
    putBack();
    assertStands(startAgain(THERE), HERE + " remembers size 2");
  }

  @Test
  void theChainStopsASequencerWhenNoNodeCanBeAsked() {
    putBack();
    Remembered known = world.db.files.get(HERE);
    world.db.files.put(SimStore.CHAIN, new Remembered(SimStore.CHAIN, known.size(), known.root()));
    world.db.unreachable.add(HERE);
    assertStands(startAgain(THERE), SimStore.CHAIN + " remembers size 2");
  }

  /** What a follower wrote counts as what its own sequencer did. */
  @Test
  void aNodeThatOnlyFollowedStopsTheLog() {
    run("a");
    Runnable copy = world.copy();
    world.submit(P, "b");
    world.settle();
    world.follow(THERE);
    world.db.files.remove(HERE);
    world.mayHalt = true;
    copy.run();
    assertStands(startAgain(HERE), THERE + " remembers size 2");
  }

  /** The limit of it: the log says UNPROTECTED and forks. */
  @Test
  void whatNobodyWhoCanBeAskedRemembersIsTakenAsItIs() {
    putBack();
    world.db.unreachable.add(HERE);
    SimSequencer next = world.startSequencer(THERE);
    world.startEntity(P);
    world.submit(P, "c");
    AssertionError fork = assertThrows(AssertionError.class, this::turns);
    assertTrue(String.valueOf(fork.getMessage()).contains("root of 2"), fork.toString());
    assertTrue(next.unprotected);
  }

  /** A batch that lost its race is put on the chain: same size, another root. */
  @Test
  void anotherRootOfTheSameSizeStopsTheLog() {
    run("a");
    LogHead honest = world.db.head;
    UUID honestId = honest.batch();
    Runnable copy = world.copy();
    World other = new World();
    other.startSequencer(HERE);
    other.startEntity(P);
    other.submit(P, "x");
    other.settle();
    world.mayHalt = true;
    copy.run();
    Batch forged = other.db.batches.get(other.db.head.batch());
    world.db.batches.remove(honestId);
    world.db.batches.put(forged.id(), forged);
    world.db.head = new LogHead(1, other.db.head.root(), forged.id(), honest.term());
    world.db.leaves.clear();
    world.db.leaves.putAll(other.db.leaves);
    world.db.index.clear();
    world.db.cursor = 0;
    world.db.checkpoints.clear();
    world.journal.clear();
    SimSequencer next = world.startSequencer(HERE);
    turns();
    assertTrue(next.halted, next.reason);
    assertTrue(next.reason.startsWith("log_forked: " + HERE), next.reason);
    assertTrue(world.db.checkpoints.isEmpty(), "nothing is signed");
  }

  @Test
  void aLogThatGoesOnFromWhatIsRememberedIsAccepted() {
    run("a");
    world.follow(THERE);
    for (String word : List.of("b", "pair:c", "d")) {
      world.submit(P, word);
      world.settle();
    }
    world.kill(world.sequencers.get(0));
    SimSequencer next = world.startSequencer(THERE);
    world.submit(P, "e");
    world.settle();
    assertFalse(next.halted, next.reason);
    assertFalse(next.unprotected);
    world.finish();
    assertEquals(6, world.db.head.size());
  }

  @Test
  void anEmptyLogWithoutMemoryIsAFirstStart() {
    SimSequencer first = world.startSequencer(HERE);
    world.startEntity(P);
    world.settle();
    assertFalse(first.unprotected);
    assertTrue(world.db.files.isEmpty(), "of nothing there is nothing to remember");
  }

  /** It must not take for a rollback that its successor went on while it asked. */
  @Test
  void aSequencerThatWasSucceededWhileItAskedDoesNotCallItARollback() {
    run("a");
    world.kill(world.sequencers.get(0));
    SimSequencer slow = world.startSequencer(HERE);
    world.until(slow.name + ".ask");
    slow.paused = true;
    world.startSequencer(THERE);
    world.submit(P, "b");
    world.settle();
    slow.paused = false;
    turns();
    assertTrue(slow.dead);
    assertFalse(slow.halted, slow.reason);
    world.finish();
  }

  /** Its own node has seen more: it signs nothing, and whoever starts next asks. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSequencerThatItsOwnFileIsAheadOfSignsNothing(boolean sameSize) {
    run("a");
    SimSequencer old = world.sequencers.get(0);
    world.submit(P, "b");
    world.until(old.name + ".remember");
    Remembered known = world.db.files.get(HERE);
    world.db.files.put(HERE, new Remembered(HERE, sameSize ? 2 : 3, known.root()));
    world.mayHalt = true;
    turns();
    assertTrue(old.dead);
    assertEquals(sameSize, old.halted);
    assertFalse(world.db.published.containsKey(2L));
  }
}
