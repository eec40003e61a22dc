package witan.http;

import akka.actor.ActorSystem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.auth.TokenIssuer;
import witan.http.auth.TokenKey;
import witan.http.auth.TokenVerifier;
import witan.secret.PemTls;

/** The real server on a free loopback port, over a fake council. */
final class Api implements AutoCloseable {
  static final TokenKey KEY = new TokenKey(new byte[32]);
  static final ObjectMapper JSON = new ObjectMapper();
  private static final ActorSystem SYSTEM =
      ActorSystem.create(
          "api",
          ConfigFactory.parseString(
                  "akka{loglevel=WARNING,loggers=[\"akka.event.slf4j.Slf4jLogger\"],"
                      + "logging-filter=\"akka.event.slf4j.Slf4jLoggingFilter\",daemonic=on}")
              .withFallback(ConfigFactory.load()));
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final FakeCouncil council = new FakeCouncil();
  final HttpSettings settings;
  private final HttpServer server;

  Api() {
    this(HttpSettings.defaults(FakeCouncil.ORIGIN, FakeCouncil.SIGNER.key().vkey()));
  }

  /** With TLS. */
  Api(Optional<PemTls> tls) {
    this(HttpSettings.defaults(FakeCouncil.ORIGIN, FakeCouncil.SIGNER.key().vkey()), tls);
  }

  Api(HttpSettings settings) {
    this(settings, Optional.empty());
  }

  private Api(HttpSettings settings, Optional<PemTls> tls) {
    this.settings = settings;
    TokenVerifier tokens = new TokenVerifier(KEY, FakeCouncil.ORIGIN, () -> FakeCouncil.NOW);
    try {
      server =
          HttpServer.bind(
                  SYSTEM,
                  "127.0.0.1",
                  0,
                  tls,
                  HttpApi.route(council.services(), settings, tokens, () -> FakeCouncil.NOW),
                  settings)
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The defaults with one thing changed. */
  static HttpSettings settings(Duration requestTimeout, int maxStreams, Duration heartbeat) {
    HttpSettings d = HttpSettings.defaults(FakeCouncil.ORIGIN, FakeCouncil.SIGNER.key().vkey());
    return new HttpSettings(
        d.maxBodyBytes(),
        d.maxAlertBytes(),
        d.maxBatch(),
        d.batchParallelism(),
        d.sensorRate(),
        d.sensorBurst(),
        d.bodyTimeout(),
        requestTimeout,
        d.idleTimeout(),
        d.maxConnections(),
        maxStreams,
        d.streamBuffer(),
        heartbeat,
        Duration.ofSeconds(1),
        d.origin(),
        d.logKey());
  }

  /** The defaults with another rate for sensors. */
  static HttpSettings settings(int sensorRate, int sensorBurst) {
    HttpSettings d = HttpSettings.defaults(FakeCouncil.ORIGIN, FakeCouncil.SIGNER.key().vkey());
    return new HttpSettings(
        d.maxBodyBytes(),
        d.maxAlertBytes(),
        d.maxBatch(),
        d.batchParallelism(),
        sensorRate,
        sensorBurst,
        d.bodyTimeout(),
        d.requestTimeout(),
        d.idleTimeout(),
        d.maxConnections(),
        d.maxStreams(),
        d.streamBuffer(),
        d.heartbeat(),
        Duration.ofSeconds(1),
        d.origin(),
        d.logKey());
  }

  /** The defaults with less patience for bodies. */
  static HttpSettings settings(Duration bodyTimeout) {
    HttpSettings d = HttpSettings.defaults(FakeCouncil.ORIGIN, FakeCouncil.SIGNER.key().vkey());
    return new HttpSettings(
        d.maxBodyBytes(),
        d.maxAlertBytes(),
        d.maxBatch(),
        d.batchParallelism(),
        d.sensorRate(),
        d.sensorBurst(),
        bodyTimeout,
        d.requestTimeout(),
        d.idleTimeout(),
        d.maxConnections(),
        d.maxStreams(),
        d.streamBuffer(),
        d.heartbeat(),
        Duration.ofSeconds(1),
        d.origin(),
        d.logKey());
  }

  static String token(Role... roles) {
    return token(FakeCouncil.NOW.plusSeconds(60), Set.of(), roles);
  }

  static String token(Instant expiry, Set<String> formats, Role... roles) {
    return new TokenIssuer(KEY, FakeCouncil.ORIGIN)
        .issue(new Principal("eve-1", Set.copyOf(Arrays.asList(roles)), "prod", formats, expiry));
  }

  int port() {
    return server.address().getPort();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  Reply get(String path, Role... roles) {
    HttpRequest.Builder request = request(path);
    return send(roles.length == 0 ? request : as(request, roles));
  }

  Reply post(String path, String type, String body, Role... roles) {
    return post(path, type, body.getBytes(StandardCharsets.UTF_8), List.of(), roles);
  }

  Reply post(String path, String type, byte[] body, List<String> headers, Role... roles) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return send(roles.length == 0 ? request : as(request, roles));
  }

  static HttpRequest.Builder as(HttpRequest.Builder request, Role... roles) {
    return request.header("Authorization", "Bearer " + token(roles));
  }

  /** Every answer is held against {@code openapi.yaml}. */
  static Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      OpenApi.check(
          response.request().method(),
          response.uri().getRawPath(),
          response.statusCode(),
          response.headers().firstValue("content-type").orElse(""),
          response.body());
      return new Reply(response);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no answer", e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** An answer. */
  record Reply(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError(text(), e);
      }
    }

    Reply expect(int status) {
      Assertions.assertEquals(status, status(), this::text);
      return this;
    }

    /** Checks every member that RFC 9457 and the API promise. */
    Reply expectProblem(int status, String code) {
      expect(status);
      Assertions.assertEquals("application/problem+json", header("content-type"), this::text);
      JsonNode problem = json();
      Assertions.assertEquals(code, problem.path("code").asText(), this::text);
      Assertions.assertEquals(status, problem.path("status").asInt());
      Assertions.assertEquals("urn:witan:problem:" + code, problem.path("type").asText());
      for (String member : List.of("title", "detail", "hint", "instance")) {
        Assertions.assertFalse(problem.path(member).asText().isBlank(), member + " in " + text());
      }
      List<String> names = new ArrayList<>();
      problem.fieldNames().forEachRemaining(names::add);
      Assertions.assertEquals(
          List.of("type", "title", "status", "code", "detail", "hint", "instance"),
          names.subList(0, 7));
      Assertions.assertEquals(
          code.equals("playbook_invalid") ? List.of("problems") : List.of(),
          names.subList(7, names.size()));
      return this;
    }
  }
}
