package witan.actors.effect;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What came of an answer so far: its status, and the digest of as much of its body as is read. The
 * body itself is not kept: it may hold what belongs in no log. Thread-safe; one for each request.
 */
final class HttpAnswer implements HttpResponse.BodyHandler<Long> {
  private final long maxBytes;
  private final MessageDigest digest;
  private HttpResponse.@Nullable ResponseInfo info;
  private long bytes;
  private boolean whole;

  HttpAnswer(long maxBytes) {
    this.maxBytes = maxBytes;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has it", e);
    }
  }

  @Override
  public synchronized HttpResponse.BodySubscriber<Long> apply(HttpResponse.ResponseInfo given) {
    info = given;
    return new Body();
  }

  /** 0 as long as there is none. */
  synchronized int status() {
    return info == null ? 0 : info.statusCode();
  }

  /** In seconds only. */
  synchronized Optional<Duration> retryAfter() {
    return info == null
        ? Optional.empty()
        : info.headers()
            .firstValue("Retry-After")
            .filter(v -> v.matches("[0-9]{1,5}"))
            .map(v -> Duration.ofSeconds(Long.parseLong(v)));
  }

  /** As it is logged: digest and length of what was read, and whether that was all. */
  synchronized Map<String, Object> logged() {
    Map<String, Object> logged = new TreeMap<>();
    logged.put("status", status());
    logged.put("bytes", bytes);
    logged.put("whole", whole);
    try {
      logged.put("sha256", HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of the platform can be cloned", e);
    }
    return logged;
  }

  /** False where that was too much. */
  private synchronized boolean take(ByteBuffer buffer) {
    int taken = (int) Math.min(buffer.remaining(), maxBytes - bytes);
    boolean all = taken == buffer.remaining();
    digest.update(buffer.slice(buffer.position(), taken));
    bytes += taken;
    return all;
  }

  private synchronized long end() {
    whole = true;
    return bytes;
  }

  private final class Body implements HttpResponse.BodySubscriber<Long> {
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<Long> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (!take(buffer)) {
          if (subscription != null) {
            subscription.cancel();
          }
          done.complete(maxBytes);
          return;
        }
      }
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      if (!done.isDone()) {
        done.complete(end());
      }
    }
  }
}
