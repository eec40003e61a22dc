package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import akka.actor.ExtendedActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import witan.domain.common.Refusal;
import witan.http.auth.Principal;
import witan.http.auth.Role;
import witan.http.auth.TokenIssuer;
import witan.http.auth.TokenKey;
import witan.http.auth.TokenVerifier;
import witan.http.error.Problem;

/** Questions are written and read as they are between two nodes. */
class RemoteTokensTest {
  private static final String AUDIENCE = "witan.test/log";
  private static final TokenKey KEY =
      new TokenKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  akka.actor.provider = local
                  akka.actor.serialize-messages = on
                  akka.coordinated-shutdown.exit-jvm = off
                  akka.loglevel = WARNING
                  """)
              .withFallback(ConfigFactory.load()));

  private volatile Instant now = Instant.parse("2026-11-30T12:00:00Z");
  private final AtomicInteger checked = new AtomicInteger();
  private final RemoteTokens tokens = new RemoteTokens(kit.system(), () -> now);

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  private void checker() {
    TokenVerifier own = new TokenVerifier(KEY, AUDIENCE, () -> now);
    kit.spawn(
        TokenChecker.create(
            token -> {
              checked.incrementAndGet();
              return own.verify(token);
            }));
  }

  private String token(Duration life) {
    return new TokenIssuer(KEY, AUDIENCE)
        .issue(new Principal("op-1", Set.of(Role.OPERATOR), null, Set.of(), now.plus(life)));
  }

  /** The status, as the route behind it answers: with the principal's name, or the problem. */
  private int status(String authorization) throws Exception {
    Route route =
        tokens.before(
            Directives.handle(
                request -> {
                  try {
                    Principal who = tokens.verify(authorization.substring("Bearer ".length()));
                    assertEquals("op-1", who.name());
                    return CompletableFuture.completedFuture(HttpResponse.create().withStatus(200));
                  } catch (Problem problem) {
                    return CompletableFuture.completedFuture(problem.response("r"));
                  }
                }));
    return route
        .function(kit.system())
        .apply(
            HttpRequest.GET("/v1/status")
                .addHeader(RawHeader.create("Authorization", authorization)))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .status()
        .intValue();
  }

  @Test
  void aTokenIsCheckedOnceByANodeThatHasTheKeyAndCountsUntilItExpires() throws Exception {
    checker();
    String token = "Bearer " + token(Duration.ofMinutes(5));

    assertEquals(200, status(token));
    assertEquals(200, status(token));
    assertEquals(1, checked.get());

    now = now.plus(Duration.ofMinutes(6));
    assertEquals(401, status(token));
  }

  @Test
  void whatTheNodeWithTheKeyRefusesIsRefused() throws Exception {
    checker();
    String strange =
        new TokenIssuer(
                new TokenKey("another key of thirty-two bytes..".getBytes(StandardCharsets.UTF_8)),
                AUDIENCE)
            .issue(
                new Principal("op-1", Set.of(Role.OPERATOR), null, Set.of(), now.plusSeconds(60)));

    assertEquals(401, status("Bearer " + strange));
    assertEquals(401, status("Bearer " + "x".repeat(9_000)));
    assertEquals(401, status("Bearer no token at all"));
  }

  @Test
  void whereNobodyAnswersTheRequestIsToldToComeAgain() throws Exception {
    assertEquals(503, status("Bearer " + token(Duration.ofMinutes(5))));
  }

  /** The checks above see a question written; an answer to an ask is not. */
  @Test
  void answersComeAsTheyWereGivenFromAnotherNode() {
    TokenSerializer serializer =
        new TokenSerializer((ExtendedActorSystem) Adapter.toClassic(kit.system()));
    Instant end = Instant.parse("2026-12-01T00:00:00Z");
    for (TokenChecker.Answer answer :
        List.of(
            new TokenChecker.Known(
                new Principal(
                    "s",
                    Set.of(Role.SENSOR, Role.VOTER),
                    "aws-eu",
                    Set.of("gcp"),
                    Set.of("falco"),
                    end)),
            new TokenChecker.Known(
                new Principal("op-1", Set.of(Role.OPERATOR), null, Set.of(), end)),
            new TokenChecker.Refused(
                new Refusal("token_expired", "It has expired.", "Get one.")))) {
      assertEquals(
          answer, serializer.fromBinary(serializer.toBinary(answer), serializer.manifest(answer)));
    }
  }

  @Test
  void aTokenStandsInNoLog() {
    String shown =
        new TokenChecker.Check("secret", kit.<TokenChecker.Answer>createTestProbe().getRef())
            .toString();
    assertFalse(shown.contains("secret"), shown);
  }
}
