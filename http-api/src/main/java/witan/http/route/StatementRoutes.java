package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import witan.ballot.BallotException;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.registry.Delegation;
import witan.domain.registry.Key;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryState;
import witan.domain.registry.SignedDelegation;
import witan.domain.registry.SignedRotation;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.json.SignatureCheck;
import witan.signing.TypedData;

/**
 * What members' keys say to the registry: delegations and changes of keys. As with ballots, a token
 * with the role voter may hand in anybody's statement: the signature says whose it is. The same
 * statement again is answered as before, while it is the newest of its key.
 */
public final class StatementRoutes {
  /** What the typed data is offered with, where the caller names no expiry. */
  private static final Duration USUAL_DELEGATION = Duration.ofDays(90);

  private static final Duration USUAL_ROTATION = Duration.ofHours(1);

  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;
  private final InstantSource clock;

  public StatementRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    Endpoint.Body body = Endpoint.Body.json(settings.maxAlertBytes());
    return List.of(
        Endpoint.post("/v1/delegations", Access.only(Role.VOTER), Set.of(), body, this::delegate),
        Endpoint.get(
            "/v1/delegations/typed-data",
            Access.readers(),
            Set.of("delegator", "delegatee", "scope", "expiry"),
            this::delegationToSign),
        Endpoint.post("/v1/keys", Access.only(Role.VOTER), Set.of(), body, this::rotate),
        Endpoint.get(
            "/v1/keys/typed-data",
            Access.readers(),
            Set.of("oldKey", "newKey", "deadline"),
            this::rotationToSign));
  }

  private CompletionStage<HttpResponse> delegate(Call call) {
    SignedDelegation signed = Json.read(SignedDelegation.class, call.body());
    return submit(
        new RegistryCommand.Delegate(signed),
        domain -> {
          byte[] digest = TypedData.digest(domain, signed.delegation());
          SignatureCheck.require(digest, signed.signature(), signed.delegation().delegator());
        });
  }

  private CompletionStage<HttpResponse> rotate(Call call) {
    SignedRotation signed = Json.read(SignedRotation.class, call.body());
    return submit(
        new RegistryCommand.RotateKey(signed),
        domain -> {
          KeyRotation rotation = signed.rotation();
          byte[] digest = TypedData.digest(domain, rotation);
          SignatureCheck.require(digest, signed.signature(), rotation.oldKey());
          String acknowledgement = signed.acknowledgement();
          if (acknowledgement != null && !rotation.revokes()) {
            SignatureCheck.require(digest, acknowledgement, rotation.newKey());
          }
        });
  }

  /** Refuses bad signatures here, before the registry is asked, which checks them again. */
  private CompletionStage<HttpResponse> submit(
      RegistryCommand command, Consumer<Eip712Domain> check) {
    return receipts.of(
        CouncilRoutes.current(services)
            .thenCompose(
                founded -> {
                  try {
                    check.accept(founded.charter().domain());
                  } catch (BallotException e) {
                    throw SignatureCheck.refused(e);
                  }
                  return services.councils().submit(command);
                }));
  }

  private CompletionStage<HttpResponse> delegationToSign(Call call) {
    Params query = call.query();
    Address delegator = address(query.required("delegator"));
    Address delegatee = address(query.required("delegatee"));
    Digest scope = query.text("scope").map(text -> digest("scope", text)).orElse(Digest.ZERO);
    long expiry =
        query
            .number("expiry", 0, Params.MAX_NUMBER)
            .orElseGet(() -> clock.instant().plus(USUAL_DELEGATION).getEpochSecond());
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Eip712Domain domain = founded.charter().domain();
              Delegation delegation =
                  new Delegation(
                      delegator, delegatee, scope, nextNonce(founded.state(), delegator), expiry);
              return toSign(
                  "delegation",
                  delegation,
                  TypedData.json(domain, delegation),
                  TypedData.digest(domain, delegation),
                  "/v1/delegations");
            });
  }

  private CompletionStage<HttpResponse> rotationToSign(Call call) {
    Params query = call.query();
    Address oldKey = address(query.required("oldKey"));
    Address newKey = address(query.required("newKey"));
    long deadline =
        query
            .number("deadline", 0, Params.MAX_NUMBER)
            .orElseGet(() -> clock.instant().plus(USUAL_ROTATION).getEpochSecond());
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Eip712Domain domain = founded.charter().domain();
              KeyRotation rotation =
                  new KeyRotation(oldKey, newKey, nextNonce(founded.state(), oldKey), deadline);
              return toSign(
                  "rotation",
                  rotation,
                  TypedData.json(domain, rotation),
                  TypedData.digest(domain, rotation),
                  "/v1/keys");
            });
  }

  private static HttpResponse toSign(
      String name, Object statement, Map<String, Object> typedData, byte[] digest, String to) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("typedData", typedData);
    json.put("digest", Hex.of(digest));
    json.put(name, statement);
    json.put("post", to);
    return Replies.json(200, json);
  }

  private static long nextNonce(RegistryState state, Address signer) {
    Key key = state.keys().get(signer);
    return key == null ? 0 : key.nonce() + 1;
  }

  static Address address(String text) {
    try {
      return new Address(Hex.of(Signatures.parseAddress(text)));
    } catch (BallotException e) {
      throw SignatureCheck.refused(e);
    }
  }

  static Digest digest(String name, String text) {
    try {
      return new Digest(text);
    } catch (IllegalArgumentException e) {
      throw Params.invalid(name, "64 lower-case hexadecimal digits");
    }
  }
}
