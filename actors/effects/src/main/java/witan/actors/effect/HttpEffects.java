package witan.actors.effect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.codec.json.Json;
import witan.domain.execution.Order;
import witan.domain.waiting.WaitCode;

/**
 * Commands of type {@code http-api}, to the connections of the settings and nowhere else. Such a
 * target knows no fence: a request that may have arrived is repeated only where HTTP calls its
 * method idempotent (RFC 9110, 9.2.2); else it is unknown. No redirect is followed. Of headers and
 * of what was answered, only status and digest are logged: the rest may be a credential.
 */
public final class HttpEffects implements ClusterActions {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "PUT", "DELETE");

  /** By these the target itself says that it did nothing; a gateway says the last too. */
  private static final Set<Integer> REFUSED_FOR_NOW = Set.of(409, 429);

  private static final int UNAVAILABLE = 503;

  private final Map<String, HttpConnection> connections;
  private final Map<String, HttpClient> clients = new TreeMap<>();
  private final boolean rehearsal;

  /** With {@code rehearsal} nothing is sent. */
  public HttpEffects(HttpEffectSettings settings, boolean rehearsal) {
    this.connections = settings.connections();
    this.rehearsal = rehearsal;
    connections.forEach(
        (name, connection) ->
            clients.put(
                name,
                HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(connection.timeout())
                    .build()));
  }

  @Override
  public String adapter() {
    return rehearsal ? "rehearsal" : "http-api";
  }

  @Override
  public boolean fences(Order order) {
    return IDEMPOTENT.contains(method(order));
  }

  @Override
  public DryRun dryRun(Order order) {
    Optional<String> refusal = refuse(order);
    return new DryRun(
        true,
        refusal.isEmpty(),
        refusal.orElse("a target of http-api cannot be tried beforehand" + inEarnest(order)),
        0,
        List.of(DryRun.Touched.unread(name(order) + ":" + path(order))),
        List.of(),
        Map.of(),
        requests(order, null));
  }

  @Override
  public ActionResult reconcile(Order order) {
    return new ActionResult.Unknown("whether the request had its effect cannot be read", "[]");
  }

  @Override
  public ActionResult perform(Order order) {
    Optional<String> refusal = refuse(order);
    if (refusal.isPresent()) {
      return new ActionResult.Failed(refusal.get(), "[]");
    }
    HttpConnection connection = connections.get(name(order));
    HttpClient client = clients.get(name(order));
    if (rehearsal || connection == null || client == null) {
      return new ActionResult.Rehearsed(
          "rehearsed: not sent" + inEarnest(order), requests(order, null));
    }
    HttpRequest request;
    try {
      request = request(connection, order);
    } catch (IOException e) {
      return new ActionResult.Retry(
          "connection_credential: " + e.getMessage(), "[]", Optional.empty(), false);
    } catch (IllegalArgumentException e) {
      return new ActionResult.Failed("connection_bad_request: " + e.getMessage(), "[]");
    }
    return send(client, connection, request, order);
  }

  private ActionResult send(
      HttpClient client, HttpConnection connection, HttpRequest request, Order order) {
    HttpAnswer answer = new HttpAnswer(connection.maxBodyBytes());
    CompletableFuture<?> call = client.sendAsync(request, answer);
    try {
      call.get(connection.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return judge(order, answer);
    } catch (ExecutionException e) {
      boolean neverSent =
          e.getCause() instanceof ConnectException
              || e.getCause() instanceof HttpConnectTimeoutException;
      return lost(order, answer, String.valueOf(e.getCause()), !neverSent);
    } catch (TimeoutException e) {
      call.cancel(true);
      return lost(order, answer, "no answer in time", true);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      return lost(order, answer, "interrupted", true);
    }
  }

  /** Once the status came, what follows it can be lost without any harm. */
  private ActionResult lost(Order order, HttpAnswer answer, String why, boolean arrived) {
    if (answer.status() != 0) {
      return judge(order, answer);
    }
    String detail = "no answer: " + why;
    if (arrived && !fences(order)) {
      return new ActionResult.Unknown(detail, requests(order, null));
    }
    return new ActionResult.Retry(
        detail, requests(order, null), Optional.empty(), arrived, WaitCode.TARGET_UNREACHABLE);
  }

  private ActionResult judge(Order order, HttpAnswer answer) {
    int status = answer.status();
    String requests = requests(order, answer);
    String detail = "HTTP " + status;
    if (status >= 200 && status <= 299) {
      return new ActionResult.Done(detail, requests);
    }
    if (REFUSED_FOR_NOW.contains(status) || (status == UNAVAILABLE && fences(order))) {
      return new ActionResult.Retry(detail, requests, answer.retryAfter(), status == UNAVAILABLE);
    }
    if (status >= 500) {
      return fences(order)
          ? new ActionResult.Retry(detail, requests, Optional.empty(), true)
          : new ActionResult.Unknown(detail, requests);
    }
    return new ActionResult.Failed(
        status >= 300 && status <= 399 ? detail + ": redirects are not followed" : detail,
        requests);
  }

  private static HttpRequest request(HttpConnection connection, Order order) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(connection.base() + path(order)))
            .timeout(connection.timeout());
    order
        .parameters()
        .forEach(
            (name, value) -> {
              if (name.startsWith("header.")) {
                request.header(name.substring("header.".length()), value);
              }
            });
    if (connection.credential().isPresent()) {
      HttpConnection.Credential credential = connection.credential().get();
      request.setHeader(credential.header(), credential.value());
    }
    // Targets that know it take a repeat for what it is.
    request.header("Idempotency-Key", order.fence());
    byte[] content = content(order);
    return request
        .method(
            method(order),
            content.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(content))
        .build();
  }

  /** A rehearsal needs no connection; then the rest cannot be held against one. */
  private Optional<String> refuse(Order order) {
    HttpConnection connection = connections.get(name(order));
    if (connection == null) {
      return rehearsal ? Optional.empty() : Optional.of(unknown(order));
    }
    return connection.refuse(name(order), method(order), path(order), content(order).length);
  }

  private static String unknown(Order order) {
    return "unknown_connection: "
        + name(order)
        + " is not configured; name it in witan.http-actions.connections";
  }

  private String inEarnest(Order order) {
    return connections.containsKey(name(order))
        ? ""
        : "; in earnest it would be refused: " + unknown(order);
  }

  private static String name(Order order) {
    return order.parameter("connection");
  }

  private static String path(Order order) {
    return order.parameter("path");
  }

  private static String method(Order order) {
    return order.parameter("method");
  }

  private static byte[] content(Order order) {
    return order.parameter("content").getBytes(StandardCharsets.UTF_8);
  }

  private static String requests(Order order, @Nullable HttpAnswer answer) {
    Map<String, Object> shown = new TreeMap<>();
    shown.put("connection", name(order));
    shown.put("method", method(order));
    shown.put("path", path(order));
    shown.put("content", order.parameter("content"));
    if (answer != null) {
      shown.put("answer", answer.logged());
    }
    JsonNode list = Json.mapper().valueToTree(List.of(shown));
    return new String(Json.canonical(list), StandardCharsets.UTF_8);
  }
}
