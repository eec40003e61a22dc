package witan.verifier.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.evidence.CouldNotCheck;

/**
 * Asks a node. An answer comes within the time-out and has at most a mebibyte; redirects are not
 * followed.
 */
public final class JsonRpc {
  private static final int MAX_ANSWER = 1 << 20;
  private static final Limits LIMITS = Limits.ofBytes(MAX_ANSWER);

  private final URI url;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * Nothing is asked yet.
   *
   * @throws IllegalArgumentException unless it is an http or https address with a host
   */
  public JsonRpc(String url, Duration timeout) {
    this.url = URI.create(url);
    if (this.url.getHost() == null
        || !("http".equals(this.url.getScheme()) || "https".equals(this.url.getScheme()))) {
      throw new IllegalArgumentException("an RPC address is http:// or https:// and a host");
    }
    this.timeout = timeout;
    this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /**
   * The member {@code result} of the answer.
   *
   * @param parameters strings and booleans
   * @throws CouldNotCheck if there is none
   */
  JsonNode call(String method, Object... parameters) {
    ArrayNode values = Json.mapper().createArrayNode();
    for (Object parameter : parameters) {
      if (parameter instanceof Boolean flag) {
        values.add(flag);
      } else {
        values.add(parameter.toString());
      }
    }
    return send(method, values);
  }

  /** {@code eth_call} at the newest block. */
  JsonNode callContract(String to, String data) {
    ArrayNode values = Json.mapper().createArrayNode();
    values.addObject().put("to", to).put("data", data);
    return send("eth_call", values.add("latest"));
  }

  private JsonNode send(String method, JsonNode parameters) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method).set("params", parameters);
    JsonNode answer = post(method, Json.canonical(request));
    if (!answer.has("result") || answer.hasNonNull("error")) {
      throw new CouldNotCheck("the node refused " + method + ": " + shown(answer.path("error")));
    }
    return answer.path("result");
  }

  private JsonNode post(String method, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      // The request's own time-out ends with the headers.
      HttpResponse<byte[]> response =
          http.sendAsync(request, info -> new LimitedBody(MAX_ANSWER))
              .get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new CouldNotCheck(method + ": HTTP status " + response.statusCode());
      }
      return Json.parse(response.body(), LIMITS);
    } catch (ExecutionException e) {
      throw silent(method, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException | JsonRefused e) {
      throw silent(method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CouldNotCheck("interrupted while the node was asked for " + method);
    }
  }

  static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  private CouldNotCheck silent(String method, Throwable failure) {
    String why =
        failure instanceof TimeoutException
            ? "nothing within " + 2 * timeout.toSeconds() + " s"
            : failure.getMessage() == null ? "no connection" : failure.getMessage();
    return new CouldNotCheck("the node does not answer " + method + ": " + why);
  }
}
