package witan.actors.notify;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one message to one webhook, once; who wants it again calls again, with the same id, by
 * which the receiver knows a repeat. Any 2xx answer is a receipt; redirects are not followed, so
 * that a receiver cannot point the council at a third party. Never blocks; thread-safe.
 */
public final class WebhookSender {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

  private final HttpClient http;
  private final Duration timeout;
  private final InstantSource clock;
  private final Semaphore free;

  /** Opens no connection before the first delivery. */
  public WebhookSender(WebhookSettings settings, InstantSource clock) {
    this.timeout = settings.attemptTimeout();
    this.clock = clock;
    this.free = new Semaphore(settings.concurrent());
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * True when the receiver took it; never fails. False as well while too many deliveries are under
   * way.
   *
   * @param id the same for each attempt
   * @param json UTF-8
   */
  public CompletionStage<Boolean> deliver(WebhookSettings.Webhook to, String id, byte[] json) {
    if (!free.tryAcquire()) {
      return CompletableFuture.completedFuture(false);
    }
    Instant now = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(to.url())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header("webhook-signature", to.signer().sign(id, now, json))
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle(
            (response, failure) -> {
              free.release();
              boolean taken = failure == null && response.statusCode() / 100 == 2;
              if (!taken) {
                // Host alone: a path may hold a secret of the receiver's.
                LOG.info(
                    "webhook of {} did not take {}: {}",
                    to.url().getHost(),
                    id,
                    failure == null ? response.statusCode() : failure.toString());
              }
              return taken;
            });
  }
}
