package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import witan.domain.api.Health;

class ReadinessTest {
  private static final Duration LIMIT = Duration.ofMillis(20);
  private static final Duration GRACE = Duration.ofSeconds(25);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

  private Readiness of(Readiness.Question... questions) {
    return new Readiness(List.of(questions), LIMIT, now::get);
  }

  private static Readiness.Question question(
      String part, Supplier<? extends CompletionStage<?>> ask) {
    return new Readiness.Question(part, Duration.ZERO, ask);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static List<Health.Part> parts(Readiness readiness) {
    return readiness.parts().toCompletableFuture().join();
  }

  @Test
  void namesEveryPartThatIsSilentFailsOrCannotBeAsked() {
    List<Health.Part> parts =
        parts(
            of(
                question("well", () -> CompletableFuture.completedFuture("yes")),
                question("silent", CompletableFuture::new),
                question(
                    "failing",
                    () -> CompletableFuture.failedFuture(new IllegalStateException("no table"))),
                question(
                    "broken",
                    () -> {
                      throw new IllegalArgumentException("no region");
                    })));
    assertEquals(
        List.of("well", "silent", "failing", "broken"),
        parts.stream().map(Health.Part::name).toList());
    assertEquals(List.of(true, false, false, false), parts.stream().map(Health.Part::up).toList());
    assertEquals("no answer within 20 ms", parts.get(1).detail());
    assertEquals("no table", parts.get(2).detail());
    assertEquals("no region", parts.get(3).detail());
    assertTrue(parts.stream().allMatch(Health.Part::required));
  }

  @Test
  void aPartWithGraceMayBeSilentForAWhileOnceItHasAnswered() {
    AtomicReference<CompletionStage<?>> answer =
        new AtomicReference<>(CompletableFuture.failedFuture(new IllegalStateException("not yet")));
    Readiness readiness = of(new Readiness.Question("registry", GRACE, answer::get));
    assertFalse(parts(readiness).get(0).up(), "it never answered");
    answer.set(CompletableFuture.completedFuture("yes"));
    pass(Duration.ofSeconds(1));
    assertTrue(parts(readiness).get(0).up());
    answer.set(CompletableFuture.failedFuture(new IllegalStateException("succession")));
    pass(Duration.ofSeconds(24));
    Health.Part silent = parts(readiness).get(0);
    assertTrue(silent.up());
    assertEquals("answered 24000 ms ago; now: succession", silent.detail());
    pass(Duration.ofSeconds(2));
    Health.Part gone = parts(readiness).get(0);
    assertFalse(gone.up());
    assertEquals("succession", gone.detail());
  }

  @Test
  void manyWhoAskAtOnceCostOneQuestion() {
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<String> answer = new CompletableFuture<>();
    Readiness readiness =
        of(
            question(
                "database",
                () -> {
                  asked.incrementAndGet();
                  return answer;
                }));
    List<CompletionStage<List<Health.Part>>> all =
        List.of(readiness.parts(), readiness.parts(), readiness.parts());
    answer.complete("yes");
    all.forEach(each -> assertEquals(1, each.toCompletableFuture().join().size()));
    assertEquals(1, asked.get());
    pass(Duration.ofMillis(500));
    parts(readiness);
    assertEquals(2, asked.get());
  }

  @Test
  void aWrongClockIsToldAndIsNotReadiness() {
    Health.Part part = NodeHealth.clock(Optional.of("this node's clock says 12:00"));
    assertFalse(part.up());
    assertFalse(part.required());
    assertEquals("clock_differs: this node's clock says 12:00", part.detail());
    assertTrue(NodeHealth.clock(Optional.empty()).up());
  }
}
