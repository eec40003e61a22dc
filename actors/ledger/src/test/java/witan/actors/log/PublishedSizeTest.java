package witan.actors.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class PublishedSizeTest {
  private final Deque<CompletableFuture<Optional<StoredCheckpoint>>> reads = new ArrayDeque<>();
  private final PublishedSize published =
      new PublishedSize(
          (LogStore)
              Proxy.newProxyInstance(
                  LogStore.class.getClassLoader(),
                  new Class<?>[] {LogStore.class},
                  (proxy, method, arguments) -> {
                    assertEquals("lastCheckpoint", method.getName());
                    reads.add(new CompletableFuture<>());
                    return reads.getLast();
                  }));

  private CompletableFuture<StoredCheckpoint> ask() {
    return published.latest().toCompletableFuture();
  }

  private void answer(long size) {
    reads.remove().complete(Optional.of(new StoredCheckpoint(size, "note " + size)));
  }

  @Test
  void whoAsksDuringAReadGetsTheNextOneWhichServesAllWhoWait() {
    CompletableFuture<StoredCheckpoint> first = ask();
    CompletableFuture<StoredCheckpoint> second = ask();
    CompletableFuture<StoredCheckpoint> third = ask();
    assertEquals(1, reads.size());
    answer(5);
    assertEquals(5, first.join().size());
    assertFalse(second.isDone(), "that read may have begun before what it asks about");
    assertEquals(1, reads.size());
    answer(7);
    assertEquals(7, second.join().size());
    assertEquals(7, third.join().size());
    assertTrue(reads.isEmpty());
  }

  @Test
  void neverAnswersASmallerOneThanBefore() {
    CompletableFuture<StoredCheckpoint> first = ask();
    answer(7);
    assertEquals(7, first.join().size());
    CompletableFuture<StoredCheckpoint> second = ask();
    answer(5);
    assertEquals(7, second.join().size());
    assertEquals("note 7", published.seen().note());
    CompletableFuture<StoredCheckpoint> third = ask();
    reads.remove().complete(Optional.empty());
    assertEquals(7, third.join().size());
  }

  @Test
  void aFailedReadFailsThoseItServedAndNoOthers() {
    CompletableFuture<StoredCheckpoint> first = ask();
    CompletableFuture<StoredCheckpoint> second = ask();
    reads.remove().completeExceptionally(new IllegalStateException("no database"));
    assertThrows(CompletionException.class, first::join);
    answer(3);
    assertEquals(3, second.join().size());
  }
}
