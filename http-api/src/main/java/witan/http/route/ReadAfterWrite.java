package witan.http.route;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.domain.api.Views;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * Who was told that something is written reads it, on whichever node. The answer to a write names
 * its log index; a request that names an index waits until the node has read the log so far.
 */
public final class ReadAfterWrite {
  /** Of an answer to a write, and of a request that is to see it. */
  public static final String HEADER = "Witan-Log-Index";

  /** The same as a query parameter; of the two the greater counts. */
  public static final String PARAMETER = "minIndex";

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final long NONE = -1;

  private ReadAfterWrite() {}

  /**
   * The endpoint, waiting where it is asked to. Unchanged where anybody may call, who could fill
   * the queue without an account, and where a body streams in, which reads nothing.
   */
  public static Endpoint on(Views views, Endpoint endpoint) {
    if (endpoint.access() instanceof Access.Anybody || endpoint.body().streamed()) {
      return endpoint;
    }
    Set<String> parameters = new HashSet<>(endpoint.parameters());
    parameters.add(PARAMETER);
    return new Endpoint(
        endpoint.method(),
        endpoint.path(),
        endpoint.access(),
        parameters,
        endpoint.body(),
        call -> handle(views, endpoint.handler(), call));
  }

  private static CompletionStage<HttpResponse> handle(
      Views views, Endpoint.Handler handler, Call call) {
    long index = index(call);
    return index == NONE
        ? handler.handle(call)
        : views
            .reached(index)
            .thenCompose(
                reached -> {
                  if (!reached) {
                    throw behind(index);
                  }
                  return handler.handle(call);
                });
  }

  private static long index(Call call) {
    long asked = call.query().number(PARAMETER, 0, Params.MAX_NUMBER).orElse(NONE);
    String sent = call.logIndex();
    return sent == null
        ? asked
        : Math.max(
            asked,
            Params.parsed(sent, 0, Params.MAX_NUMBER)
                .orElseThrow(
                    () ->
                        Problem.of(
                            Code.LOG_INDEX_INVALID,
                            "The " + HEADER + " of the request is not an index of the log.",
                            "Send back the one that the answer to a write had.")));
  }

  private static Problem behind(long index) {
    return Problem.busy(
        Code.VIEW_BEHIND,
        "This node has not read the log up to index " + index + " yet.",
        RETRY_AFTER);
  }

  /** For the answer to a write. */
  static HttpHeader header(long index) {
    return RawHeader.create(HEADER, Long.toString(index));
  }
}
