package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import witan.domain.api.LoggedCase;
import witan.http.auth.Role;

class ServerTest {
  /** Repeated: the race that this is about shows in a part of the runs only. */
  @RepeatedTest(20)
  void aRequestInFlightIsAnsweredBeforeTheServerIsGone() throws Exception {
    Api api = new Api(Api.settings(Duration.ofSeconds(20), 1, Duration.ofSeconds(5)));
    CompletableFuture<Optional<LoggedCase>> pending = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    api.council.read =
        () -> {
          asked.countDown();
          return pending;
        };
    CompletableFuture<Api.Reply> reply =
        CompletableFuture.supplyAsync(() -> api.get("/v1/cases/c-1", Role.AUDITOR));
    assertTrue(asked.await(10, TimeUnit.SECONDS));

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(api::close);
    pending.complete(Optional.of(Samples.observingCase()));

    assertEquals(200, reply.get(10, TimeUnit.SECONDS).status());
    stopped.get(10, TimeUnit.SECONDS);
    assertThrows(AssertionError.class, () -> api.get("/v1/health/live"));
  }
}
