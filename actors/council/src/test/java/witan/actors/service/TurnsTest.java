package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();
  private final List<Integer> handed = Collections.synchronizedList(new ArrayList<>());

  private CompletableFuture<Integer> hand(String key, CompletableFuture<Integer> asked) {
    return turns
        .<Integer, Integer>handOver(
            key,
            asked,
            answer -> {
              handed.add(answer);
              return CompletableFuture.completedFuture(answer);
            })
        .toCompletableFuture();
  }

  @Test
  void whicheverIsAnsweredFirstOneThingIsHandedOverInOrder() throws Exception {
    int count = 5_000;
    List<CompletableFuture<Integer>> asked = new ArrayList<>();
    List<CompletableFuture<Integer>> done = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(new CompletableFuture<>());
      done.add(hand("web-1", asked.get(i)));
    }
    List<Integer> shuffled = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shuffled.add(i);
    }
    Collections.shuffle(shuffled, new Random(7));
    shuffled.forEach(i -> asked.get(i).complete(i));
    for (CompletableFuture<Integer> one : done) {
      one.get(30, TimeUnit.SECONDS);
    }
    List<Integer> expected = new ArrayList<>(shuffled);
    Collections.sort(expected);
    assertEquals(expected, handed);
  }

  @Test
  void otherThingsDoNotWait() {
    CompletableFuture<Integer> slow = new CompletableFuture<>();
    CompletableFuture<Integer> waits = hand("web-1", slow);
    assertEquals(2, hand("web-2", CompletableFuture.completedFuture(2)).join());
    assertEquals(List.of(2), handed);
    assertFalse(waits.isDone());
  }

  @Test
  void aFailureIsItsOwnAndTheNextHasItsTurn() throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<Integer> failed = hand("web-1", first);
    CompletableFuture<Integer> next = hand("web-1", CompletableFuture.completedFuture(2));
    first.completeExceptionally(new IllegalStateException("no answer"));
    assertEquals(2, next.get(5, TimeUnit.SECONDS));
    CompletionException thrown = assertThrows(CompletionException.class, failed::join);
    assertTrue(thrown.getCause() instanceof IllegalStateException, thrown::toString);
  }
}
