package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.council.CouncilAnswer;
import witan.answers.council.FoundingPlaceAnswer;
import witan.codec.event.Family;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.FoundingPlace;
import witan.domain.registry.RegistryCommand.FoundCouncil;
import witan.domain.registry.RegistryState;
import witan.domain.registry.Seat;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.Posted;
import witan.http.json.Signer;

/** Founding and reading the council. */
public final class CouncilRoutes {
  /** As much as one entry of the log may have. */
  private static final long MAX_FOUNDING_BYTES = 128 << 10;

  private final Services services;
  private final Receipts receipts;

  public CouncilRoutes(Services services, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
  }

  /** Body of a founding. */
  public record Founding(Charter charter, List<FounderSignature> signatures) {
    public Founding {
      signatures = List.copyOf(signatures);
    }
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/v1/council",
            Access.only(Role.OPERATOR),
            Set.of(),
            Endpoint.Body.json(MAX_FOUNDING_BYTES),
            this::found),
        Endpoint.get("/v1/council", Access.anyRole(), Set.of(), this::read),
        Endpoint.get("/v1/council/place", Access.anyRole(), Set.of(), call -> place()));
  }

  private CompletionStage<HttpResponse> found(Call call) {
    Founding founding = Posted.read(Founding.class, call.body(), "charter");
    List<FounderSignature> inOrder = checked(founding);
    return receipts.of(
        services
            .councils()
            .submit(new FoundCouncil(founding.charter(), inOrder, call.idempotencyKey())),
        receipt -> "/v1/council");
  }

  /** Every founder's signature, checked and in the order of the seats. */
  private List<FounderSignature> checked(Founding founding) {
    Charter charter = founding.charter();
    Digest hash = services.hasher().charter(charter);
    Map<Address, FounderSignature> byFounder = new HashMap<>();
    for (FounderSignature signature : founding.signatures()) {
      boolean seated =
          charter.seats().stream().anyMatch(s -> s.address().equals(signature.founder()));
      if (!seated || byFounder.put(signature.founder(), signature) != null) {
        throw Problem.of(
            Code.FOUNDER_UNKNOWN,
            "The signature of " + signature.founder() + " belongs to no seat, or is there twice.",
            "Send one signature for each seat of the charter.");
      }
    }
    List<FounderSignature> inOrder = new ArrayList<>();
    for (Seat seat : charter.seats()) {
      FounderSignature signature = byFounder.get(seat.address());
      if (signature == null) {
        throw Problem.of(
            Code.FOUNDER_SIGNATURE_MISSING,
            seat.member() + " (" + seat.address() + ") has not signed.",
            "Every founder signs Founding(charterHash, founder); charterHash is " + hash + ".");
      }
      Signer.require(
          seat.address(), () -> Signer.STATEMENTS.recover(charter.domain(), hash, signature));
      inOrder.add(signature);
    }
    return inOrder;
  }

  private CompletionStage<HttpResponse> place() {
    FoundingPlace place = services.councils().place();
    return Replies.jsonNow(
        200, new FoundingPlaceAnswer(place.councilId(), place.anchored(), place.domain()));
  }

  private CompletionStage<HttpResponse> read(Call call) {
    return current(services).thenApply(founded -> Replies.json(200, json(founded)));
  }

  /** A council that was founded, and the digest that its members' statements name it by. */
  record Founded(RegistryState state, Charter charter, Digest charterHash) {}

  /** Fails with {@code council_not_found} before the founding. */
  static CompletionStage<Founded> current(Services services) {
    return services
        .councils()
        .current()
        .thenApply(
            found -> {
              Charter charter = found.map(RegistryState::charter).orElse(null);
              Digest hash = found.map(RegistryState::charterHash).orElse(null);
              if (found.isEmpty() || charter == null || hash == null) {
                throw Problem.of(
                    Code.COUNCIL_NOT_FOUND,
                    "No council has been founded here yet.",
                    "An operator founds it: './witan council init' writes a charter, every founder"
                        + " signs it, POST /v1/council takes it.");
              }
              return new Founded(found.get(), charter, hash);
            });
  }

  private CouncilAnswer json(Founded founded) {
    Charter charter = founded.charter();
    RegistryState state = founded.state();
    return new CouncilAnswer(
        charter.councilId(),
        charter.name(),
        charter,
        founded.charterHash(),
        charter.domain(),
        PolicyRoutes.policies(services, state),
        state.table(),
        Family.REGISTRY.pid(charter.councilId()),
        state.seq(),
        state.foundedAt());
  }
}
