package witan.http.route;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.japi.function.Predicate;
import akka.stream.Materializer;
import akka.stream.javadsl.Compression;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * A body on its way, unpacked. It must be read to its end or cancelled, once.
 *
 * @param bytes fails when nothing comes for too long, or what comes is not gzip
 * @param headers by name in lower case; of several of one name, the first
 */
record Incoming(Source<ByteString, ?> bytes, Map<String, String> headers) {
  private static final int CHUNK = 1 << 14;

  /** Of a request whose content encoding has been checked. */
  static Incoming of(HttpRequest request, Duration patience) {
    Source<ByteString, ?> sent = request.entity().withoutSizeLimit().getDataBytes();
    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpHeader header : request.getHeaders()) {
      headers.putIfAbsent(header.lowercaseName(), header.value());
    }
    Source<ByteString, ?> plain =
        isGzip(headers.getOrDefault("content-encoding", ""))
            ? sent.via(Compression.gunzip(CHUNK))
            : sent;
    return new Incoming(plain.idleTimeout(patience), headers);
  }

  static boolean isGzip(String encoding) {
    String lower = encoding.toLowerCase(Locale.ROOT);
    return lower.equals("gzip") || lower.equals("x-gzip");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** All of it; past the limit no more is kept, and the sender is told. */
  CompletionStage<byte[]> whole(long most, Materializer materializer) {
    return bytes
        .takeWhile(more())
        .runFold(Router.Received.NOTHING, (got, next) -> got.plus(next, most), materializer)
        .handle(
            (got, failure) -> {
              if (failure != null) {
                throw problem(failure);
              }
              if (got.size() > most) {
                throw Router.tooLarge(most);
              }
              return got.kept().toArray();
            });
  }

  /** A client that is cut off while it sends may never see the answer: so much is read on. */
  private static Predicate<ByteString> more() {
    AtomicLong left = new AtomicLong(RefusedBody.MAX_BYTES);
    return next -> left.addAndGet(-next.size()) > 0;
  }

  /** What a failure of the stream is to the sender. */
  static Problem problem(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) {
      return problem;
    }
    if (cause instanceof TimeoutException) {
      return Problem.of(Code.BODY_TIMEOUT, "The body stopped arriving.", "Send it again, faster.");
    }
    if (cause instanceof ZipException || cause instanceof DataFormatException) {
      return Problem.of(
          Code.BODY_NOT_GZIP, "The body is not gzip, as its header says.", "Send RFC 1952 gzip.");
    }
    return Problem.of(
        Code.REQUEST_MALFORMED, "The body broke off.", "Send it again, in one request.");
  }
}
