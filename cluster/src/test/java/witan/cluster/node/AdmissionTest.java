package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.Done;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final List<CompletableFuture<HttpResponse>> underWay = new ArrayList<>();
  private final List<HttpRequest> discarded = new ArrayList<>();
  private final Admission admission = new Admission(2, 100, 40, this::readAway);

  private CompletableFuture<Done> read = CompletableFuture.completedFuture(Done.getInstance());

  private CompletionStage<Done> readAway(HttpRequest request) {
    discarded.add(request);
    return read;
  }

  private CompletionStage<HttpResponse> send(String path, int bytes) {
    HttpRequest request = HttpRequest.POST(path).withEntity(new byte[bytes]);
    return admission.through(
        request,
        r -> {
          underWay.add(new CompletableFuture<>());
          return underWay.get(underWay.size() - 1);
        });
  }

  private static void assertRefused(CompletionStage<HttpResponse> answer) {
    HttpResponse response = answer.toCompletableFuture().join();
    assertEquals(503, response.status().intValue());
    assertEquals("1", response.getHeader("Retry-After").orElseThrow().value());
  }

  @Test
  void oneTooManyIsRefusedUntilOneIsAnswered() {
    send("/v1/alerts", 1);
    send("/v1/alerts", 1);
    assertRefused(send("/v1/alerts", 1));
    assertEquals(2, underWay.size());
    assertEquals(1, discarded.size(), "its body must not be kept");
    underWay.get(0).complete(HttpResponse.create());
    send("/v1/alerts", 1);
    assertEquals(3, underWay.size());
  }

  @Test
  void theRefusalWaitsUntilTheBodyIsRead() {
    send("/v1/alerts", 1);
    send("/v1/alerts", 1);
    read = new CompletableFuture<>();
    CompletionStage<HttpResponse> refused = send("/v1/alerts", 1);
    assertFalse(refused.toCompletableFuture().isDone());
    read.complete(Done.getInstance());
    assertRefused(refused);
  }

  @Test
  void bodiesCountTogether() {
    send("/v1/alerts", 60);
    assertRefused(send("/v1/alerts", 41));
    underWay.get(0).complete(HttpResponse.create());
    send("/v1/alerts", 41);
    assertEquals(2, underWay.size());
  }

  @Test
  void aFailedRequestMakesRoomToo() {
    CompletionStage<HttpResponse> failing = send("/v1/alerts", 100);
    underWay.get(0).completeExceptionally(new IllegalStateException("broken"));
    assertThrows(CompletionException.class, failing.toCompletableFuture()::join);
    assertThrows(
        CompletionException.class,
        () ->
            admission
                .through(
                    HttpRequest.POST("/v1/alerts").withEntity(new byte[100]),
                    r -> {
                      throw new IllegalStateException("at once");
                    })
                .toCompletableFuture()
                .join());
    send("/v1/alerts", 100);
    assertEquals(2, underWay.size());
  }

  @Test
  void whoLooksAfterTheNodeAlwaysGetsThrough() {
    send("/v1/alerts", 50);
    send("/v1/alerts", 50);
    for (String path : List.of("/v1/health/live", "/v1/health/ready", "/v1/status")) {
      int before = underWay.size();
      var unused = send(path, 0);
      assertTrue(underWay.size() > before, path);
    }
  }
}
