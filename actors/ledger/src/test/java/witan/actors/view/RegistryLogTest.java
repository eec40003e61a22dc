package witan.actors.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import witan.actors.spi.EntryLog;
import witan.actors.spi.StoredEntry;
import witan.actors.testing.MemoryCouncil;
import witan.domain.common.CaseId;
import witan.domain.governance.Assurance;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryHistory;

class RegistryLogTest {
  private static final CaseId CASE = new CaseId("c-1");

  private final MemoryCouncil council = new MemoryCouncil();
  private final AtomicInteger reads = new AtomicInteger();

  /** Of the registry's index rows only so many are there yet. */
  private int indexed = Integer.MAX_VALUE;

  private final EntryLog log =
      new EntryLog() {
        @Override
        public CompletionStage<List<StoredEntry>> ofPid(String pid, long fromSeq) {
          return council
              .ofPid(pid, fromSeq)
              .thenApply(
                  all ->
                      pid.startsWith("registry|")
                          ? all.stream().limit(Math.max(0, indexed - fromSeq + 1)).toList()
                          : all);
        }

        @Override
        public CompletionStage<List<StoredEntry>> from(long index, int max) {
          reads.incrementAndGet();
          return council.from(index, Math.min(max, 2));
        }

        @Override
        public CompletionStage<Long> publishedSize() {
          return council.publishedSize();
        }
      };

  private final RegistryLog registry =
      new RegistryLog(log, council.decoder(), council.registryRules(), MemoryCouncil.ID);

  /** Founding 0, an account 1, then the case. */
  private void open() {
    council.found(MemoryCouncil.charter(Assurance.IMMEDIATE));
    bond("c-0");
    council.now = council.now.plusSeconds(1);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
  }

  private void bond(String caseId) {
    council.toRegistry(
        MemoryCouncil.ID, new RegistryCommand.PostBond(new CaseId(caseId), "m0", BigInteger.ONE));
  }

  private static <T> T get(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    assertTrue(future.isDone());
    return future.join();
  }

  @Test
  void aCaseBeginsWhereItsFirstEntryIs() {
    open();
    bond("c-2");
    RegistryLog.Beginning beginning = get(registry.before(CASE)).orElseThrow();
    assertEquals(new LogPlace(2, council.now), beginning.first());
    assertEquals(2, beginning.history().before(2).seq());
    assertEquals(2, beginning.history().heldBefore(beginning.first(), Duration.ZERO).seq());
    assertEquals(
        1, beginning.history().heldBefore(new LogPlace(1, council.now), Duration.ZERO).seq());
    assertEquals(Optional.empty(), get(registry.before(new CaseId("none"))));
  }

  /** Index rows are written after the checkpoint: they may lack what is published. */
  @Test
  void whatTheIndexDoesNotHoldYetIsReadFromTheFeed() {
    open();
    indexed = 1;
    assertEquals(2, get(registry.before(CASE)).orElseThrow().history().before(2).seq());
  }

  @Test
  void itDoesNotAnswerBeforeTheFeedHasPassedTheCase() {
    open();
    council.unpublished = 2;
    assertEquals(Optional.empty(), get(registry.before(CASE)));
    council.unpublished = 1;
    RegistryHistory history = get(registry.before(CASE)).orElseThrow().history();
    assertThrows(IllegalStateException.class, () -> history.before(4));
    council.unpublished = 0;
    assertEquals(2, get(registry.before(3)).orElseThrow().before(4).seq());
  }

  @Test
  void whatTheFeedHasShownIsNotReadAgain() {
    open();
    for (StoredEntry stored : get(council.from(0, 10))) {
      registry.follow(get(council.decoder().decode(stored)));
    }
    assertEquals(2, get(registry.before(CASE)).orElseThrow().history().before(2).seq());
    assertEquals(0, reads.get());
  }

  @Test
  void aCaseFromBeforeTheFoundingIsDecidedByTheFounders() {
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
    assertEquals(0, get(registry.before(CASE)).orElseThrow().history().before(0).seq());
    council.found(MemoryCouncil.charter(Assurance.IMMEDIATE));
    bond("c-0");
    assertEquals(1, get(registry.before(CASE)).orElseThrow().history().before(0).seq());
  }
}
