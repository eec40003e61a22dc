package witan.http.route;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.http.scaladsl.model.IllegalUriException;
import akka.stream.Materializer;
import akka.util.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.codec.json.JsonRefused;
import witan.http.auth.Principal;
import witan.http.auth.Tokens;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * Finds the endpoint of a request and checks, in this order and each before the next: path, method,
 * token, role, query, Idempotency-Key, media type, size of the body. Whatever goes wrong is
 * answered as a problem; an unforeseen failure is logged under the request's id and answered
 * without its inside. Thread-safe.
 */
public final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String LOG_INDEX = ReadAfterWrite.HEADER.toLowerCase(Locale.ROOT);

  private final Map<Template, Map<String, Endpoint>> endpoints = new LinkedHashMap<>();
  private final Tokens tokens;
  private final Duration bodyTimeout;

  public Router(List<Endpoint> endpoints, Tokens tokens, Duration bodyTimeout) {
    for (Endpoint endpoint : endpoints) {
      Map<String, Endpoint> methods =
          this.endpoints.computeIfAbsent(
              Template.of(endpoint.path()), template -> new LinkedHashMap<>());
      if (methods.put(endpoint.method(), endpoint) != null) {
        throw new IllegalArgumentException(endpoint.method() + " " + endpoint.path() + " twice");
      }
    }
    this.tokens = tokens;
    this.bodyTimeout = bodyTimeout;
  }

  /** Never fails, never throws. */
  public CompletionStage<HttpResponse> handle(HttpRequest request, Materializer materializer) {
    String requestId = requestId(request);
    CompletionStage<HttpResponse> answer;
    try {
      answer = serve(request, materializer);
    } catch (RuntimeException e) {
      answer =
          RefusedBody.readAway(request, bodyTimeout, materializer)
              .thenCompose(done -> CompletableFuture.failedFuture(e));
    }
    return answer
        .exceptionally(e -> problem(e, request, requestId).response(requestId))
        .thenApply(
            response ->
                response
                    .addHeader(RawHeader.create(REQUEST_ID, requestId))
                    .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff")));
  }

  /** The answer to a request whose time is up. */
  public HttpResponse timedOut(HttpRequest request) {
    String requestId = requestId(request);
    return Problem.busy(
            Code.TIMEOUT,
            "No answer in time; what was asked for may or may not have been logged.",
            Duration.ofSeconds(1))
        .response(requestId)
        .addHeader(RawHeader.create(REQUEST_ID, requestId));
  }

  private CompletionStage<HttpResponse> serve(HttpRequest request, Materializer materializer) {
    Match match = match(request.getUri().getPathString());
    Endpoint endpoint = match.methods().get(request.method().value());
    if (endpoint == null) {
      String allowed = String.join(", ", new TreeSet<>(match.methods().keySet()));
      throw Problem.of(
              Code.METHOD_NOT_ALLOWED, "This resource has another method.", "Use " + allowed + ".")
          .withHeader("Allow", allowed);
    }
    Principal principal = authorise(endpoint, request);
    Params query = Params.of(pairs(request), endpoint.parameters());
    String lastEventId = header(request, "last-event-id").orElse(null);
    String logIndex = header(request, LOG_INDEX).orElse(null);
    if (endpoint.body().mediaTypes().isEmpty()) {
      request.discardEntityBytes(materializer);
      return endpoint
          .handler()
          .handle(
              new Call(
                  principal,
                  match.values(),
                  query,
                  new byte[0],
                  "",
                  null,
                  lastEventId,
                  logIndex,
                  null,
                  materializer));
    }
    String key = idempotencyKey(request);
    String mediaType = mediaType(endpoint, request);
    Function<byte[], Call> call =
        bytes ->
            new Call(
                principal,
                match.values(),
                query,
                bytes,
                mediaType,
                key,
                null,
                logIndex,
                endpoint.body().streamed() ? Incoming.of(request, bodyTimeout) : null,
                materializer);
    return endpoint.body().streamed()
        ? endpoint.handler().handle(call.apply(new byte[0]))
        : body(request, endpoint.body().maxBytes(), materializer)
            .thenCompose(bytes -> endpoint.handler().handle(call.apply(bytes)));
  }

  private Match match(String path) {
    String[] segments = path.substring(path.startsWith("/") ? 1 : 0).split("/", -1);
    for (Map.Entry<Template, Map<String, Endpoint>> entry : endpoints.entrySet()) {
      Optional<Map<String, String>> values = entry.getKey().match(segments);
      if (values.isPresent()) {
        return new Match(values.get(), entry.getValue());
      }
    }
    throw Problem.of(
        Code.NOT_FOUND, "There is nothing at this path.", "GET /v1/openapi.yaml lists the paths.");
  }

  private @Nullable Principal authorise(Endpoint endpoint, HttpRequest request) {
    if (!(endpoint.access() instanceof Access.Roles needed)) {
      return null;
    }
    String header = header(request, "authorization").orElse("");
    if (!header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      throw Problem.of(
              Code.UNAUTHENTICATED,
              "This resource needs a bearer token.",
              "Send Authorization: Bearer <token>.")
          .withHeader("WWW-Authenticate", "Bearer");
    }
    Principal principal = tokens.verify(header.substring("bearer ".length()).trim());
    if (needed.roles().stream().noneMatch(principal::is)) {
      throw Problem.of(
          Code.FORBIDDEN,
          "The token has none of the roles that this resource needs.",
          "It needs one of "
              + String.join(
                  ", ", new TreeSet<>(needed.roles().stream().map(r -> r.wire()).toList()))
              + ".");
    }
    return principal;
  }

  private static List<Map.Entry<String, String>> pairs(HttpRequest request) {
    try {
      List<Map.Entry<String, String>> pairs = new ArrayList<>();
      request.getUri().query().toList().forEach(p -> pairs.add(Map.entry(p.first(), p.second())));
      return pairs;
    } catch (IllegalUriException e) {
      throw Problem.of(
          Code.REQUEST_MALFORMED, "The query string is malformed.", "Percent-encode it.");
    }
  }

  private static @Nullable String idempotencyKey(HttpRequest request) {
    Optional<String> key = header(request, "idempotency-key");
    if (key.isPresent() && !key.get().matches("[!-~]{1,128}")) {
      throw Problem.of(
          Code.IDEMPOTENCY_KEY_INVALID,
          "The Idempotency-Key is not valid.",
          "It is 1 to 128 visible ASCII characters.");
    }
    return key.orElse(null);
  }

  private static String mediaType(Endpoint endpoint, HttpRequest request) {
    boolean streamed = endpoint.body().streamed();
    boolean encoded =
        header(request, "content-encoding")
            .filter(e -> !e.equals("identity") && !(streamed && Incoming.isGzip(e)))
            .isPresent();
    if (encoded) {
      throw Problem.of(
          Code.UNSUPPORTED_ENCODING,
          "The body is compressed in a way that this resource does not take.",
          streamed ? "Send it as it is, or as gzip." : "Send it as it is (identity).");
    }
    String type = request.entity().getContentType().mediaType().toString().toLowerCase(Locale.ROOT);
    String bare = type.split(";", 2)[0].trim();
    if (!endpoint.body().mediaTypes().contains(bare)) {
      throw Problem.of(
          Code.UNSUPPORTED_MEDIA_TYPE,
          "This resource does not take that media type.",
          "Use " + String.join(" or ", new TreeSet<>(endpoint.body().mediaTypes())) + ".");
    }
    return bare;
  }

  private CompletionStage<byte[]> body(HttpRequest request, long max, Materializer materializer) {
    HttpEntity entity = request.entity();
    long announced = entity.getContentLengthOption().orElse(0);
    if (announced > RefusedBody.MAX_BYTES || (announced > max && RefusedBody.asks(request))) {
      throw tooLarge(max);
    }
    return entity
        .withSizeLimit(RefusedBody.MAX_BYTES)
        .getDataBytes()
        .completionTimeout(bodyTimeout)
        .runFold(Received.NOTHING, (received, next) -> received.plus(next, max), materializer)
        .handle(
            (received, failure) -> {
              if (failure == null && received.size() <= max) {
                return received.kept().toArray();
              }
              if (failure == null) {
                throw tooLarge(max);
              }
              Throwable cause = unwrap(failure);
              if (cause instanceof EntityStreamSizeException) {
                throw tooLarge(max);
              }
              if (cause instanceof TimeoutException) {
                throw Problem.of(
                    Code.BODY_TIMEOUT,
                    "The body did not arrive in time.",
                    "Send it again, faster.");
              }
              throw new CompletionException(cause);
            });
  }

  /**
   * What came of a body. Past the limit it is read on and thrown away, within bounds: a client that
   * is cut off while it sends may never see the answer.
   */
  record Received(ByteString kept, long size) {
    static final Received NOTHING = new Received(ByteString.emptyByteString(), 0);

    Received plus(ByteString next, long max) {
      long all = size + next.size();
      return new Received(all > max ? ByteString.emptyByteString() : kept.concat(next), all);
    }
  }

  static Problem tooLarge(long max) {
    return Problem.of(
        Code.BODY_TOO_LARGE,
        "The body has more than " + max + " bytes.",
        "Send less at a time; nothing was changed.");
  }

  private static Problem problem(Throwable failure, HttpRequest request, String requestId) {
    Throwable cause = unwrap(failure);
    if (cause instanceof Problem problem) {
      return problem;
    }
    if (cause instanceof JsonRefused refused) {
      return Problem.of(refused.refusal());
    }
    LOG.warn("{} {} {} failed", requestId, request.method().value(), request.getUri(), cause);
    if (cause instanceof TimeoutException) {
      return Problem.busy(
          Code.TIMEOUT,
          "A part of the council did not answer in time; what was asked for may have been logged.",
          Duration.ofSeconds(1));
    }
    return Problem.of(
        Code.INTERNAL_ERROR,
        "The request could not be answered.",
        "Report the X-Request-Id to the operator.");
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The caller's own id where it is harmless in a log line, else a new one. */
  private static String requestId(HttpRequest request) {
    return header(request, "x-request-id")
        .filter(id -> id.matches("[A-Za-z0-9._-]{1,64}"))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  private static Optional<String> header(HttpRequest request, String lowercaseName) {
    return request.getHeader(lowercaseName).map(HttpHeader::value);
  }

  private record Match(Map<String, String> values, Map<String, Endpoint> methods) {}
}
