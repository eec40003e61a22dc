package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import witan.answers.votes.DelegationToSign;
import witan.answers.votes.RotationToSign;
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
import witan.http.json.Posted;
import witan.http.json.Signer;
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
    SignedDelegation signed = Posted.read(SignedDelegation.class, call.body());
    return submit(
        new RegistryCommand.Delegate(signed),
        signed.delegation().delegator(),
        domain ->
            Signer.require(
                signed.delegation().delegator(),
                () -> Signer.STATEMENTS.recover(domain, signed.delegation(), signed.signature())));
  }

  private CompletionStage<HttpResponse> rotate(Call call) {
    SignedRotation signed = Posted.read(SignedRotation.class, call.body());
    return submit(
        new RegistryCommand.RotateKey(signed),
        signed.rotation().oldKey(),
        domain -> {
          KeyRotation rotation = signed.rotation();
          Signer.require(
              rotation.oldKey(),
              () -> Signer.STATEMENTS.recover(domain, rotation, signed.signature()));
          String acknowledgement = signed.acknowledgement();
          if (acknowledgement != null && !rotation.revokes()) {
            Signer.require(
                rotation.newKey(),
                () -> Signer.STATEMENTS.recover(domain, rotation, acknowledgement));
          }
        });
  }

  /** Refuses bad signatures here, before the registry is asked, which checks them again. */
  private CompletionStage<HttpResponse> submit(
      RegistryCommand command, Address signer, Consumer<Eip712Domain> check) {
    return receipts.of(
        CouncilRoutes.current(services)
            .thenCompose(
                founded -> {
                  check.accept(founded.charter().domain());
                  return services
                      .councils()
                      .submit(command)
                      .thenApply(answer -> FormerKeys.explained(answer, founded.state(), signer));
                }));
  }

  private CompletionStage<HttpResponse> delegationToSign(Call call) {
    Params query = call.query();
    Address delegator = query.address("delegator");
    Address delegatee = query.address("delegatee");
    Digest scope = query.digest("scope").orElse(Digest.ZERO);
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
                      founded.charterHash(),
                      delegator,
                      delegatee,
                      scope,
                      nextNonce(founded.state(), delegator),
                      expiry);
              return Replies.json(
                  200,
                  new DelegationToSign(
                      Offers.of(TypedData.offer(domain, delegation)),
                      delegation,
                      "/v1/delegations"));
            });
  }

  private CompletionStage<HttpResponse> rotationToSign(Call call) {
    Params query = call.query();
    Address oldKey = query.address("oldKey");
    Address newKey = query.address("newKey");
    long deadline =
        query
            .number("deadline", 0, Params.MAX_NUMBER)
            .orElseGet(() -> clock.instant().plus(USUAL_ROTATION).getEpochSecond());
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Eip712Domain domain = founded.charter().domain();
              KeyRotation rotation =
                  new KeyRotation(
                      founded.charterHash(),
                      oldKey,
                      newKey,
                      nextNonce(founded.state(), oldKey),
                      deadline);
              return Replies.json(
                  200,
                  new RotationToSign(
                      Offers.of(TypedData.offer(domain, rotation)), rotation, "/v1/keys"));
            });
  }

  private static long nextNonce(RegistryState state, Address signer) {
    Key key = state.keys().get(signer);
    return key == null ? 0 : key.nonce() + 1;
  }
}
