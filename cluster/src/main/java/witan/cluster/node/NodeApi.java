package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.http.javadsl.server.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.node.NodeRoles;
import witan.actors.service.PersonService;
import witan.actors.spi.KeyTable;
import witan.codec.event.PseudonymKey;
import witan.domain.api.Persons;
import witan.domain.common.Identity;
import witan.domain.common.Person;
import witan.http.HttpApi;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.TokenKey;
import witan.http.auth.TokenVerifier;

/**
 * What a node serves: the API where it has that role, and then it has the keys of tokens and
 * pseudonyms; else its own health and status, for tokens that it has others check.
 */
final class NodeApi {
  private final Optional<Keys> keys;
  private final String audience;

  private record Keys(TokenKey tokens, PseudonymKey pseudonyms) {}

  /** Reads the keys. */
  NodeApi(NodeSettings settings) throws IOException {
    NodeKeys files = new NodeKeys(settings.createKeys());
    this.audience = settings.runtime().origin();
    this.keys =
        settings.has(NodeRoles.API)
            ? Optional.of(
                new Keys(
                    files.token(settings.tokenKeyFile()),
                    files.pseudonyms(settings.pseudonymKeyFile())))
            : Optional.empty();
  }

  boolean whole() {
    return keys.isPresent();
  }

  Persons persons(KeyTable table) {
    return keys.<Persons>map(own -> new PersonService(own.pseudonyms(), table))
        .orElseGet(Nobody::new);
  }

  /** Starts who checks tokens for others, or who asks them. Once. */
  Route route(ActorSystem<?> system, Services services, HttpSettings http, InstantSource clock) {
    if (keys.isEmpty()) {
      RemoteTokens tokens = new RemoteTokens(system, clock);
      return tokens.before(HttpApi.operations(services, http, tokens));
    }
    TokenVerifier tokens = new TokenVerifier(keys.get().tokens(), audience, clock);
    system.systemActorOf(TokenChecker.create(tokens), "token-checker", Props.empty());
    return HttpApi.route(services, http, tokens, clock);
  }

  /** Where nothing is served that names people. */
  private static final class Nobody implements Persons {
    @Override
    public CompletionStage<Person> of(Identity identity) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("a node without the role api has no pseudonym key"));
    }

    @Override
    public CompletionStage<Optional<Identity>> identity(Person person) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }
}
