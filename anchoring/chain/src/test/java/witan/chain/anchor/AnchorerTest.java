package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class AnchorerTest {
  private static final Hash LOG_ID = Hashing.sha256(new byte[] {1});
  private static final int CONFIRMATIONS = 2;

  private final TestLog log = new TestLog(40, 0);
  private final FakeChain chain = new FakeChain(LOG_ID);
  private final MemoryJournal journal = new MemoryJournal();
  private final Anchorer anchorer = new Anchorer(chain, journal, log, LOG_ID, CONFIRMATIONS);

  private void adopted() {
    assertInstanceOf(AnchorStep.Adopted.class, anchorer.deployAndAdopt());
  }

  private <T extends AnchorStep> T step(Class<T> expected) {
    return assertInstanceOf(expected, anchorer.step());
  }

  @Test
  void nothingHappensBeforeAdoption() {
    step(AnchorStep.NotAdopted.class);
    assertTrue(chain.sends.isEmpty());
  }

  @Test
  void anAnchorIsSentWatchedAndConfirmedOnce() {
    adopted();
    log.target = 5;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    assertEquals(5, intent.newSize());
    step(AnchorStep.Resent.class);
    chain.mine();
    assertEquals(1, step(AnchorStep.Waiting.class).confirmations());
    chain.mine();
    assertEquals(intent, step(AnchorStep.Confirmed.class).intent());
    assertEquals(5, step(AnchorStep.Idle.class).head().size());
    log.target = 9;
    assertEquals(5, step(AnchorStep.Sent.class).intent().oldSize());
  }

  @Test
  void theNextAnchorWaitsForTheOneUnderWay() {
    adopted();
    log.target = 5;
    AnchorIntent first = step(AnchorStep.Sent.class).intent();
    log.target = 9;
    assertEquals(first, step(AnchorStep.Resent.class).intent());
    assertEquals(first, journal.load().intent());
  }

  /**
   * Each effect fails before and after it happened, by death of process and node (a new Anchorer
   * goes on, what was pooled is gone) or by a lost answer (the same one goes on). Expected progress
   * is always the same: every size anchored once, by one transaction each, confirmed.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyFailureBeforeOrAfterAnEffectEndsInExactlyOneAnchorPerSize(boolean killed) {
    int points = 0;
    HashSet<String> where = new HashSet<>();
    while (true) {
      RuntimeException failure =
          killed ? new Fuse.Killed() : new ChainFailure.Unreachable("lost answer", null);
      Fuse fuse = new Fuse(points, failure);
      FakeChain fresh = new FakeChain(LOG_ID);
      MemoryJournal memory = new MemoryJournal();
      new Anchorer(fresh, memory, log, LOG_ID, CONFIRMATIONS).deployAndAdopt();
      fresh.fuse = fuse;
      memory.fuse = fuse;
      String at = "point " + points;
      run(fresh, memory, at);
      if (!fuse.blown()) {
        break;
      }
      where.add(fuse.where());
      at += " " + fuse.where();
      assertEquals(List.of(5L, 9L, 16L), fresh.anchoredSizes(), at);
      assertNotNull(memory.load().confirmation(), at);
      assertEquals(0, fresh.revertedTransactions(), at);
      assertEquals(3, new HashSet<>(fresh.sends).size(), at + ": distinct transactions");
      points++;
    }
    assertTrue(points > 50, "points at which the run was broken: " + points);
    assertTrue(
        where.containsAll(
            List.of("before intend", "after intend", "before send", "after send", "after confirm")),
        where.toString());
  }

  private void run(FakeChain fresh, MemoryJournal memory, String at) {
    Deque<Long> targets = new ArrayDeque<>(List.of(5L, 9L, 16L));
    log.target = targets.remove();
    Anchorer runner = new Anchorer(fresh, memory, log, LOG_ID, CONFIRMATIONS);
    for (int i = 0; i < 60; i++) {
      try {
        AnchorStep step = runner.step();
        if (step instanceof AnchorStep.Idle) {
          if (targets.isEmpty()) {
            return;
          }
          log.target = targets.remove();
        }
      } catch (Fuse.Killed dead) {
        fresh.forgetPool();
        runner = new Anchorer(fresh, memory, log, LOG_ID, CONFIRMATIONS);
      }
      fresh.mine();
    }
    throw new AssertionError(at + ": no progress in 60 steps");
  }

  @Test
  void aNodeThatForgotItsPoolGetsTheSameBytesAgain() {
    adopted();
    log.target = 5;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    chain.forgetPool();
    chain.mine();
    assertEquals(intent, step(AnchorStep.Resent.class).intent());
    chain.mine();
    step(AnchorStep.Waiting.class);
    assertEquals(List.of(5L), chain.anchoredSizes());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aReorgThatDropsTheAnchorSendsTheSameBytesAgain(int blocksOnTop) {
    adopted();
    log.target = 5;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    for (int i = 0; i < blocksOnTop; i++) {
      chain.mine();
      anchorer.step();
    }
    chain.reorg(blocksOnTop);
    assertEquals(intent, step(AnchorStep.Resent.class).intent());
    chain.mine();
    chain.mine();
    step(AnchorStep.Confirmed.class);
    assertEquals(List.of(5L), chain.anchoredSizes());
  }

  @Test
  void aReorgBehindTwoAnchorsStartsAgainFromTheHeadThatIsLeft() {
    adopted();
    for (long target : new long[] {5, 9}) {
      log.target = target;
      step(AnchorStep.Sent.class);
      chain.mine();
      chain.mine();
      step(AnchorStep.Confirmed.class);
    }
    chain.reorg(4);
    AnchorIntent again = step(AnchorStep.Sent.class).intent();
    assertEquals(0, again.oldSize());
    assertEquals(9, again.newSize());
    chain.mine();
    chain.mine();
    step(AnchorStep.Confirmed.class);
    assertEquals(List.of(9L), chain.anchoredSizes());
  }

  @Test
  void aNonceSpentElsewhereIsReplacedOnce() {
    adopted();
    log.target = 5;
    AnchorIntent first = step(AnchorStep.Sent.class).intent();
    chain.forgetPool();
    chain.mineForeign(new AnchoredHead(0, FakeChain.NONE), "foreign");
    AnchorIntent second = step(AnchorStep.Sent.class).intent();
    assertEquals(first.nonce() + 1, second.nonce());
    chain.mine();
    chain.mine();
    step(AnchorStep.Confirmed.class);
  }

  @Test
  void theSameCheckpointAnchoredByAnotherTransactionCounts() {
    adopted();
    log.target = 5;
    step(AnchorStep.Sent.class);
    chain.forgetPool();
    chain.mineForeign(new AnchoredHead(5, log.root(5).orElseThrow()), "foreign");
    chain.mine();
    assertEquals("foreign", step(AnchorStep.Confirmed.class).receipt().txHash());
    step(AnchorStep.Idle.class);
  }

  @Test
  void aRevertedTransactionIsAnAlarmUntilAdoptedAgain() {
    adopted();
    log.target = 5;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    chain.refuse = true;
    chain.mine();
    int sends = chain.sends.size();
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.of(intent.txHash()), step(AnchorStep.Reverted.class).txHash());
      chain.mine();
    }
    assertEquals(sends, chain.sends.size(), "nothing is sent while the alarm stands");
    chain.refuse = false;
    anchorer.adopt(intent.identity());
    assertNotEquals(intent.txHash(), step(AnchorStep.Sent.class).intent().txHash());
  }

  @Test
  void aRefusedDryRunIsAnAlarmThatWritesAndSendsNothing() {
    adopted();
    log.target = 5;
    chain.dryRun = false;
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), step(AnchorStep.Reverted.class).txHash());
    }
    assertEquals(null, journal.load().intent());
    assertTrue(chain.sends.isEmpty());
    chain.dryRun = true;
    step(AnchorStep.Sent.class);
  }

  @Test
  void anotherGenesisStopsAnchoringUntilAdopted() {
    adopted();
    log.target = 5;
    chain.genesis = "0x02";
    for (int i = 0; i < 3; i++) {
      step(AnchorStep.IdentityChanged.class);
    }
    assertTrue(chain.sends.isEmpty());
    ChainIdentity wrong = new ChainIdentity(7, "0x03", FakeChain.CONTRACT);
    assertInstanceOf(AnchorStep.IdentityChanged.class, anchorer.adopt(wrong));
    step(AnchorStep.IdentityChanged.class);
    ChainIdentity found = new ChainIdentity(7, "0x02", FakeChain.CONTRACT);
    assertInstanceOf(AnchorStep.Adopted.class, anchorer.adopt(found));
    step(AnchorStep.Sent.class);
  }

  @Test
  void aMissingContractStopsAnchoring() {
    adopted();
    chain.code = false;
    step(AnchorStep.IdentityChanged.class);
    assertTrue(chain.sends.isEmpty());
  }

  @Test
  void aRegistryOfAnotherLogIsNotAdopted() {
    Anchorer other =
        new Anchorer(chain, journal, log, Hashing.sha256(new byte[] {2}), CONFIRMATIONS);
    assertInstanceOf(AnchorStep.Rejected.class, other.deployAndAdopt());
    assertEquals(null, journal.load().identity());
  }

  static Stream<AnchoredHead> foreignHeads() {
    return Stream.of(new AnchoredHead(5, LOG_ID), new AnchoredHead(41, LOG_ID));
  }

  @ParameterizedTest
  @MethodSource("foreignHeads")
  void aHeadThatIsNotOursIsAnAlarm(AnchoredHead head) {
    adopted();
    log.target = 9;
    chain.mineForeign(head, "foreign");
    for (int i = 0; i < 3; i++) {
      assertEquals(head, step(AnchorStep.RootMismatch.class).head());
    }
    assertTrue(chain.sends.isEmpty());
  }
}
