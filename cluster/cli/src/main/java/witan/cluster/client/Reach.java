package witan.cluster.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/**
 * Sends a request to the first of a council's nodes that answers it, and to that one first the next
 * time. What could not be sent, or was not answered, is sent again, the same bytes, to the next
 * node, until patience ends: a request that changes something has to bear that. Thread-safe.
 */
final class Reach {
  /** From then on it says that nobody answers; with a read, it then asks the next. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final long PAUSE_MS = 250;

  private final List<URI> nodes;
  private final HttpClient http;
  private final Duration patience;
  private final Duration longest;
  private final Duration silence;
  private final Consumer<String> say;
  private final AtomicInteger answering = new AtomicInteger();

  /**
   * Asks those.
   *
   * @param nodes without a path; one or more
   * @param patience zero: each is asked once
   * @param longest time of one try
   * @param say what a person is told meanwhile, a line each
   */
  Reach(
      List<URI> nodes, HttpClient http, Duration patience, Duration longest, Consumer<String> say) {
    this(nodes, http, patience, longest, SILENCE, say);
  }

  Reach(
      List<URI> nodes,
      HttpClient http,
      Duration patience,
      Duration longest,
      Duration silence,
      Consumer<String> say) {
    this.nodes = List.copyOf(nodes);
    this.http = http;
    this.patience = patience;
    this.longest = longest;
    this.silence = silence;
    this.say = say;
  }

  /** The node that answered last, else the first. */
  URI node() {
    return nodes.get(answering.get());
  }

  /**
   * The answer, whatever its status.
   *
   * @param path with its query
   * @param made puts method, headers and body
   */
  <T> HttpResponse<T> send(
      String path, UnaryOperator<HttpRequest.Builder> made, HttpResponse.BodyHandler<T> handler)
      throws UnreachableException, InterruptedException {
    long begin = System.nanoTime();
    Duration readTry = silence;
    AtomicBoolean told = new AtomicBoolean();
    while (true) {
      String why = "";
      int first = answering.get();
      for (int i = 0; i < nodes.size(); i++) {
        int at = (first + i) % nodes.size();
        URI node = nodes.get(at);
        try {
          HttpRequest request = made.apply(HttpRequest.newBuilder(URI.create(node + path))).build();
          Duration limit = "GET".equals(request.method()) ? readTry : longest;
          HttpResponse<T> answer = once(node, request, limit, handler, told);
          answering.set(at);
          return answer;
        } catch (SSLException e) {
          throw new UnreachableException("cannot speak TLS with " + node + ": " + e.getMessage());
        } catch (IOException e) {
          why = words(e);
        }
        long elapsed = System.nanoTime() - begin;
        if (elapsed >= silence.toNanos() && !told.getAndSet(true)) {
          say.accept("cannot reach " + node + " (" + why + "), trying again");
        }
      }
      if (System.nanoTime() - begin >= patience.toNanos()) {
        throw new UnreachableException(
            "cannot reach "
                + String.join(", ", nodes.stream().map(URI::toString).toList())
                + ": "
                + why
                + ". Does it run there? --url or WITAN_URL names another address");
      }
      Thread.sleep(PAUSE_MS);
      readTry = readTry.multipliedBy(2).compareTo(longest) < 0 ? readTry.multipliedBy(2) : longest;
    }
  }

  private <T> HttpResponse<T> once(
      URI node,
      HttpRequest request,
      Duration limit,
      HttpResponse.BodyHandler<T> handler,
      AtomicBoolean told)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
    boolean waits = limit.compareTo(silence) > 0;
    try {
      if (waits) {
        try {
          return answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (!told.getAndSet(true)) {
            say.accept("no answer from " + node + " yet, waiting");
          }
        }
      }
      long left = limit.toMillis() - (waits ? silence.toMillis() : 0);
      return answer.get(left, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /** What happened, without a name that only a programmer knows. */
  private static String words(IOException failure) {
    Optional<Throwable> cause = Optional.ofNullable(failure.getCause());
    if (cause.filter(UnresolvedAddressException.class::isInstance).isPresent()) {
      return "no such host";
    }
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection";
    }
    if (failure instanceof ConnectException) {
      String message = failure.getMessage();
      return cause
              .map(Throwable::getCause)
              .filter(UnresolvedAddressException.class::isInstance)
              .isPresent()
          ? "no such host"
          : message == null ? "connection refused" : message;
    }
    return failure.getMessage() == null ? "the connection broke" : failure.getMessage();
  }
}
