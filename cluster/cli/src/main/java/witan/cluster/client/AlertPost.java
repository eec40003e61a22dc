package witan.cluster.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Posts lines of alerts. Thread-safe. */
public final class AlertPost {
  private final Reach reach;

  AlertPost(Reach reach) {
    this.reach = reach;
  }

  /** To that one node; gives up at once. */
  public static AlertPost to(URI node) {
    return new AlertPost(
        new Reach(
            List.of(node),
            CouncilOptions.client(node).build(),
            Duration.ZERO,
            CouncilOptions.LONGEST_TRY,
            line -> {}));
  }

  /**
   * The answer, whatever its status. Where none comes they are sent again: what was taken is a
   * duplicate then.
   *
   * @param query empty, or from its question mark on
   */
  public HttpResponse<byte[]> post(String query, String token, byte[] lines)
      throws UnreachableException, InterruptedException {
    return reach.send(
        "/v1/alerts" + query,
        request ->
            request
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(lines)),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
