package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.votes.ReceiptToSign;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Elector;
import witan.domain.proposal.Notice;
import witan.domain.proposal.Voting;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.Posted;
import witan.http.json.Signer;
import witan.signing.TypedData;

/**
 * How a voter's client that follows the event stream says that it knows of a vote. It casts
 * nothing; the voter's own signature makes it a receipt that nobody else can make.
 */
public final class AcknowledgementRoutes {
  private static final String PATH = "/v1/proposals/{caseId}/receipt";

  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;

  public AcknowledgementRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
  }

  /** Body of an acknowledgement. */
  public record Acknowledgement(Address voter, String signature) {}

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, Access.readers(), Set.of("voter"), this::toSign),
        Endpoint.post(
            PATH,
            Access.only(Role.VOTER),
            Set.of(),
            Endpoint.Body.json(settings.maxAlertBytes()),
            this::acknowledge));
  }

  private CompletionStage<HttpResponse> toSign(Call call) {
    return CaseRoutes.read(services, call)
        .thenApply(
            logged -> {
              Voting voting = CaseRoutes.voting(logged);
              Address voter = call.query().address("voter");
              Digest proposalId = services.hasher().text(call.caseId().value());
              return Replies.json(
                  200,
                  new ReceiptToSign(Offers.of(TypedData.receiptOffer(voting, proposalId, voter))));
            });
  }

  private CompletionStage<HttpResponse> acknowledge(Call call) {
    Acknowledgement said = Posted.read(Acknowledgement.class, call.body());
    return receipts.of(
        CaseRoutes.read(services, call)
            .thenCompose(
                logged -> {
                  Voting voting = CaseRoutes.voting(logged);
                  Digest proposalId = services.hasher().text(call.caseId().value());
                  Digest digest = receiptDigest(voting, proposalId, said.voter());
                  Signer.require(
                      said.voter(),
                      () ->
                          Signer.BALLOTS.recover(
                              voting.domain(),
                              proposalId,
                              voting.proposalHash(),
                              said.voter(),
                              digest,
                              said.signature()));
                  return services
                      .councils()
                      .electorate(voting.content().snapshotDigest())
                      .thenCompose(
                          electorate ->
                              services
                                  .ballots()
                                  .acknowledge(
                                      call.caseId(),
                                      new Notice(
                                          electorate
                                              .flatMap(e -> e.elector(said.voter()))
                                              .map(Elector::member)
                                              .orElseThrow(() -> noElector(said.voter())),
                                          Notice.Channel.ACKNOWLEDGED,
                                          digest,
                                          said.signature())));
                }));
  }

  private static Digest receiptDigest(Voting voting, Digest proposalId, Address voter) {
    return Digest.of(
        TypedData.receiptDigest(voting.domain(), proposalId, voting.proposalHash(), voter));
  }

  private static Problem noElector(Address voter) {
    return Problem.of(
        Code.NOT_A_MEMBER,
        voter + " is not in the electorate of this case.",
        "Acknowledge with the key that you vote with.");
  }
}
