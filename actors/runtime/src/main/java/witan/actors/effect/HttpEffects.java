package witan.actors.effect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.DryRun;
import witan.codec.json.Json;
import witan.domain.execution.Order;

/**
 * Commands of type {@code http-api}. Such a target knows no fence: a request that may have arrived
 * is repeated only where HTTP calls its method idempotent (RFC 9110, 9.2.2); else it is unknown. No
 * redirect is followed. What a header says is not logged: it may be a credential.
 */
public final class HttpEffects implements ClusterActions {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "PUT", "DELETE");
  private static final Set<Integer> REFUSED_FOR_NOW = Set.of(409, 429, 503);
  private static final int ANSWER_LIMIT = 4 * 1024;

  private final HttpEffectSettings settings;
  private final boolean rehearsal;
  private final HttpClient client;

  /** With {@code rehearsal} nothing is sent. */
  public HttpEffects(HttpEffectSettings settings, boolean rehearsal) {
    this.settings = settings;
    this.rehearsal = rehearsal;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.callTimeout())
            .build();
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
        refusal.orElse("a target of http-api cannot be tried beforehand"),
        0,
        List.of(DryRun.Touched.unread(url(order))),
        List.of(),
        Map.of(),
        requests(order));
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
    if (rehearsal) {
      return new ActionResult.Rehearsed("rehearsed: not sent", requests(order));
    }
    CompletableFuture<HttpResponse<InputStream>> call =
        client.sendAsync(request(order), HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response =
          call.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return judge(order, response);
    } catch (ExecutionException e) {
      boolean neverSent =
          e.getCause() instanceof ConnectException
              || e.getCause() instanceof HttpConnectTimeoutException;
      return lost(order, String.valueOf(e.getCause()), !neverSent);
    } catch (TimeoutException e) {
      call.cancel(true);
      return lost(order, "no answer in time", true);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      return lost(order, "interrupted", true);
    }
  }

  private ActionResult lost(Order order, String why, boolean arrived) {
    String detail = "no answer: " + why;
    if (arrived && !fences(order)) {
      return new ActionResult.Unknown(detail, requests(order));
    }
    return new ActionResult.Retry(detail, requests(order), Optional.empty(), arrived);
  }

  /** The status came; what follows it can be lost without any harm. */
  private ActionResult judge(Order order, HttpResponse<InputStream> response) {
    int status = response.statusCode();
    String detail = "HTTP " + status + text(response.body());
    if (status >= 200 && status <= 299) {
      return new ActionResult.Done(detail, requests(order));
    }
    if (REFUSED_FOR_NOW.contains(status)) {
      Optional<Duration> after =
          response
              .headers()
              .firstValue("Retry-After")
              .filter(v -> v.matches("[0-9]{1,5}"))
              .map(v -> Duration.ofSeconds(Long.parseLong(v)));
      return new ActionResult.Retry(detail, requests(order), after, false);
    }
    if (status >= 500) {
      return fences(order)
          ? new ActionResult.Retry(detail, requests(order), Optional.empty(), true)
          : new ActionResult.Unknown(detail, requests(order));
    }
    return new ActionResult.Failed(detail, requests(order));
  }

  private String text(InputStream body) {
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try (body) {
                return new String(body.readNBytes(ANSWER_LIMIT), StandardCharsets.UTF_8);
              } catch (IOException e) {
                return "(the rest of the answer was lost)";
              }
            });
    try {
      String text = read.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return text.isEmpty() ? "" : ": " + text;
    } catch (ExecutionException | TimeoutException e) {
      close(body);
      return " (the rest of the answer did not come in time)";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException ignored) {
      // Nothing more is wanted of it.
    }
  }

  private HttpRequest request(Order order) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(order))).timeout(settings.callTimeout());
    order
        .parameters()
        .forEach(
            (name, value) -> {
              if (name.startsWith("header.")) {
                request.header(name.substring("header.".length()), value);
              }
            });
    // Targets that know it take a repeat for what it is.
    request.header("Idempotency-Key", order.fence());
    String content = order.parameters().getOrDefault("content", "");
    return request
        .method(
            method(order),
            content.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(content, StandardCharsets.UTF_8))
        .build();
  }

  private Optional<String> refuse(Order order) {
    URI uri;
    try {
      uri = URI.create(url(order));
      HttpRequest.newBuilder(uri);
    } catch (IllegalArgumentException e) {
      return Optional.of("not a URL: " + e.getMessage());
    }
    String scheme = String.valueOf(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
    String host =
        scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    return settings.allowedHosts().contains(host) && uri.getUserInfo() == null
        ? Optional.empty()
        : Optional.of(host + " is not among the allowed hosts");
  }

  private static String url(Order order) {
    return order.parameters().getOrDefault("url", "");
  }

  private static String method(Order order) {
    return order.parameters().getOrDefault("method", "");
  }

  private static String requests(Order order) {
    Map<String, String> shown = new TreeMap<>();
    shown.put("method", method(order));
    shown.put("url", url(order));
    shown.put("content", order.parameters().getOrDefault("content", ""));
    JsonNode list = Json.mapper().valueToTree(List.of(shown));
    return new String(Json.canonical(list), StandardCharsets.UTF_8);
  }
}
