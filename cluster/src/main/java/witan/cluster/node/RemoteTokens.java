package witan.cluster.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Routers;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import witan.actors.log.BoundedCache;
import witan.http.auth.Principal;
import witan.http.auth.Tokens;
import witan.http.error.Code;
import witan.http.error.Problem;

/**
 * Bearer tokens on a node that has not their key: it asks one that serves the API, and believes
 * that until the token expires. Before each request the token is asked for; the request then finds
 * it here. Bounded; thread-safe.
 */
final class RemoteTokens implements Tokens {
  private static final int MOST_KNOWN = 256;
  private static final int MOST_CHARACTERS = 8192;
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final String BEARER = "bearer ";

  private final ActorSystem<?> system;
  private final ActorRef<TokenChecker.Check> checkers;
  private final InstantSource clock;
  private final BoundedCache<String, TokenChecker.Answer> known = new BoundedCache<>(MOST_KNOWN);

  /** One a node. */
  RemoteTokens(ActorSystem<?> system, InstantSource clock) {
    this.system = system;
    this.clock = clock;
    this.checkers =
        system.systemActorOf(
            Routers.group(TokenChecker.KEY).withRoundRobinRouting(),
            "token-checkers",
            Props.empty());
  }

  /** The route behind it, each request of which finds its token known, refused, or not answered. */
  Route before(Route route) {
    Function<HttpRequest, CompletionStage<HttpResponse>> handler = Admission.handler(route, system);
    return Directives.handle(request -> learn(request).thenCompose(done -> handler.apply(request)));
  }

  private CompletionStage<Void> learn(HttpRequest request) {
    Optional<String> token = token(request).filter(t -> current(t).isEmpty());
    return token.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : AskPattern.<TokenChecker.Check, TokenChecker.Answer>ask(
                checkers,
                replyTo -> new TokenChecker.Check(token.get(), replyTo),
                LIMIT,
                system.scheduler())
            // Without an answer it stays unknown, and the request is told to come again; what was
            // refused is asked again each time.
            .handle(
                (answer, failure) -> {
                  if (answer != null) {
                    known.put(token.get(), answer);
                  }
                  return null;
                });
  }

  private static Optional<String> token(HttpRequest request) {
    return request
        .getHeader("Authorization")
        .map(HttpHeader::value)
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).trim())
        .filter(token -> token.length() <= MOST_CHARACTERS);
  }

  /** Empty where nothing is known of it that counts still. */
  private Optional<Principal> current(String token) {
    return known.get(token) instanceof TokenChecker.Known good
            && good.principal().expiresAt().isAfter(clock.instant())
        ? Optional.of(good.principal())
        : Optional.empty();
  }

  @Override
  public Principal verify(String token) {
    return current(token).orElseThrow(() -> refusal(token));
  }

  private Problem refusal(String token) {
    if (token.length() > MOST_CHARACTERS) {
      return Problem.of(
          Code.TOKEN_INVALID,
          "The bearer token is not valid: it has more than " + MOST_CHARACTERS + " characters.",
          "Get a token from the operator of this deployment.");
    }
    return known.get(token) instanceof TokenChecker.Refused refused
        // RFC 6750, 3.1
        ? Problem.of(refused.refusal())
            .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        : Problem.busy(Code.BUSY, "No node that checks tokens has answered.", RETRY_AFTER);
  }
}
