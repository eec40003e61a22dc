package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One method of one path. The list of these is the API: the dispatcher, the authorisation and the
 * comparison with openapi.yaml all read it.
 *
 * @param method {@code GET}, {@code POST} or {@code PUT}
 * @param path segments are literal, {@code {name}} for one segment, or a last {@code {name*}} for
 *     all the rest
 * @param parameters the query parameters it knows; others are refused
 * @param body what it takes; {@link Body#NONE} for a GET
 */
public record Endpoint(
    String method, String path, Access access, Set<String> parameters, Body body, Handler handler) {
  public Endpoint {
    parameters = Set.copyOf(parameters);
    if (method.equals("GET") != body.mediaTypes().isEmpty()) {
      throw new IllegalArgumentException("a GET has no body, the others have one: " + path);
    }
  }

  /**
   * What a request may carry.
   *
   * @param mediaTypes in lower case, without parameters
   * @param maxBytes of what is kept of it at a time
   * @param streamed the handler reads it by itself, of any length, from {@link Incoming}; it may be
   *     compressed
   */
  public record Body(Set<String> mediaTypes, long maxBytes, boolean streamed) {
    public static final Body NONE = new Body(Set.of(), 0);

    Body(Set<String> mediaTypes, long maxBytes) {
      this(mediaTypes, maxBytes, false);
    }

    public Body {
      mediaTypes = Set.copyOf(mediaTypes);
    }

    static Body json(long maxBytes) {
      return new Body(Set.of("application/json"), maxBytes);
    }
  }

  /** Answers a call that passed every check the endpoint declares. */
  @FunctionalInterface
  public interface Handler {
    /** May throw, or fail with, {@link witan.http.error.Problem}: that is its answer then. */
    CompletionStage<HttpResponse> handle(Call call);
  }

  static Endpoint get(String path, Access access, Set<String> parameters, Handler handler) {
    return new Endpoint("GET", path, access, parameters, Body.NONE, handler);
  }

  static Endpoint post(
      String path, Access access, Set<String> parameters, Body body, Handler handler) {
    return new Endpoint("POST", path, access, parameters, body, handler);
  }

  static Endpoint put(
      String path, Access access, Set<String> parameters, Body body, Handler handler) {
    return new Endpoint("PUT", path, access, parameters, body, handler);
  }
}
