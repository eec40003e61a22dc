package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.council.VetoRightAnswer;
import witan.answers.council.VetoRightAnswer.GuardianLine;
import witan.answers.votes.VetoToSign;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.proposal.Voting;
import witan.domain.registry.Guardians;
import witan.domain.registry.Key;
import witan.domain.registry.RegistryState;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.domain.registry.VetoBook;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.json.Posted;
import witan.http.json.Signer;
import witan.signing.TypedData;

/**
 * The guardians' emergency stop. As with ballots, a token with the role voter may hand in anybody's
 * veto: the signature says whose it is.
 */
public final class VetoRoutes {
  private static final Duration USUAL = Duration.ofHours(1);

  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;
  private final InstantSource clock;

  public VetoRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/guardians", Access.readers(), Set.of(), this::guardians),
        Endpoint.get(
            "/v1/proposals/{caseId}/veto/typed-data",
            Access.readers(),
            Set.of("guardian", "reasonHash", "deadline"),
            this::typedData),
        Endpoint.post(
            "/v1/proposals/{caseId}/veto",
            Access.only(Role.VOTER),
            Set.of(),
            Endpoint.Body.json(settings.maxAlertBytes()),
            this::veto));
  }

  private CompletionStage<HttpResponse> guardians(Call call) {
    return CouncilRoutes.current(services)
        .thenApply(founded -> Replies.json(200, json(founded.state(), clock.instant())));
  }

  private static VetoRightAnswer json(RegistryState state, Instant now) {
    VetoBook book = state.vetoes();
    Guardians right = book.guardians();
    return new VetoRightAnswer(
        right.members().stream()
            .map(member -> new GuardianLine(member, book.spentUntil(member, now).orElse(null)))
            .toList(),
        right.perGuardian(),
        right.guardianWindow(),
        right.perCouncil(),
        right.councilWindow(),
        book.last(),
        state.seq());
  }

  private CompletionStage<HttpResponse> typedData(Call call) {
    Params query = call.query();
    Address guardian = query.address("guardian");
    query.required("reasonHash");
    Digest reasonHash = query.digest("reasonHash").orElseThrow();
    long deadline =
        query
            .number("deadline", 0, Params.MAX_NUMBER)
            .orElseGet(() -> clock.instant().plus(USUAL).getEpochSecond());
    return CaseRoutes.read(services, call)
        .thenCombine(
            CouncilRoutes.current(services),
            (logged, founded) -> {
              Voting voting = CaseRoutes.voting(logged);
              Key key = founded.state().keys().get(guardian);
              Veto veto =
                  new Veto(
                      founded.charterHash(),
                      services.hasher().text(String.valueOf(logged.state().caseId())),
                      voting.proposalHash(),
                      guardian,
                      reasonHash,
                      key == null ? 0 : key.nonce() + 1,
                      deadline);
              return Replies.json(
                  200,
                  new VetoToSign(
                      Offers.of(TypedData.offer(voting.domain(), veto)),
                      veto,
                      "/v1/proposals/" + call.caseId() + "/veto"));
            });
  }

  private CompletionStage<HttpResponse> veto(Call call) {
    CaseId caseId = call.caseId();
    SignedVeto signed = Posted.read(SignedVeto.class, call.body());
    return receipts.of(
        CouncilRoutes.current(services)
            .thenCompose(
                founded -> {
                  Signer.require(
                      signed.veto().guardian(),
                      () -> Signer.BALLOTS.recover(founded.charter().domain(), signed));
                  return services
                      .vetoes()
                      .veto(caseId, signed)
                      .thenApply(
                          answer ->
                              FormerKeys.explained(
                                  answer, founded.state(), signed.veto().guardian()));
                }));
  }
}
