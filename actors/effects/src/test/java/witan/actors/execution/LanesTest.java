package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aSilentTargetHoldsUpItsOwnCallsOnly() throws Exception {
    Lanes lanes = new Lanes(2);
    CountDownLatch silence = new CountDownLatch(1);
    AtomicInteger silent = new AtomicInteger();
    CountDownLatch turns = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      lanes
          .of("silent", threads)
          .execute(
              () -> {
                silent.incrementAndGet();
                await(silence);
                turns.countDown();
              });
    }
    for (int i = 0; i < 20; i++) {
      CompletableFuture.runAsync(() -> {}, lanes.of("other", threads)).get(10, TimeUnit.SECONDS);
    }
    assertTrue(silent.get() <= 2, "only so many at a time: " + silent);

    silence.countDown();
    assertTrue(turns.await(10, TimeUnit.SECONDS), "each has its turn");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatFailsGivesItsPlaceFreeAndIdleLanesAreForgotten() throws Exception {
    Lanes lanes = new Lanes(1);
    CompletableFuture<Void> failed =
        CompletableFuture.runAsync(
            () -> {
              throw new IllegalStateException("on purpose");
            },
            lanes.of("a", threads));
    assertThrows(Exception.class, () -> failed.get(10, TimeUnit.SECONDS));
    CompletableFuture.runAsync(() -> {}, lanes.of("a", threads)).get(10, TimeUnit.SECONDS);
    threads.shutdown();
    assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(0, lanes.targets());
  }
}
