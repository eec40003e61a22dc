package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.answers.votes.DraftToSign;
import witan.codec.event.Family;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryState;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.Posted;
import witan.http.json.Signer;
import witan.signing.TypedData;

/** Proposals that members make by hand: incidents, policies, membership. */
public final class ProposalRoutes {
  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;
  private final InstantSource clock;

  public ProposalRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
    this.clock = clock;
  }

  /** A draft before it is signed. */
  public record Unsigned(Draft draft, Address proposer, long nonce, long deadline) {}

  public List<Endpoint> endpoints() {
    Endpoint.Body body = Endpoint.Body.json(settings.maxAlertBytes());
    return List.of(
        Endpoint.post("/v1/proposals", Access.only(Role.VOTER), Set.of(), body, this::propose),
        Endpoint.post(
            "/v1/proposal-drafts", Access.only(Role.VOTER), Set.of(), body, this::typedData));
  }

  private CompletionStage<HttpResponse> typedData(Call call) {
    Unsigned unsigned = Posted.read(Unsigned.class, call.body(), "draft");
    SignedDraft signed =
        new SignedDraft(
            unsigned.draft(), unsigned.proposer(), unsigned.nonce(), unsigned.deadline(), "");
    require(signed);
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Digest hash = services.hasher().draft(signed.draft());
              return Replies.json(
                  200,
                  new DraftToSign(
                      hash,
                      DraftRules.caseId(signed, services.hasher()),
                      Offers.of(TypedData.offer(founded.charter().domain(), signed, hash)),
                      problem(founded.state(), signed.draft().change())));
            });
  }

  private @Nullable Refusal problem(RegistryState state, @Nullable RegistryChange change) {
    return change == null
        ? null
        : RegistryAggregate.problem(state, change, clock.instant()).orElse(null);
  }

  private CompletionStage<HttpResponse> propose(Call call) {
    SignedDraft signed = Posted.read(SignedDraft.class, call.body(), "draft");
    require(signed);
    CaseId caseId = DraftRules.caseId(signed, services.hasher());
    return receipts.of(
        CouncilRoutes.current(services)
            .thenCompose(
                founded -> {
                  if (!founded.charter().councilId().equals(signed.draft().councilId())) {
                    throw Problem.of(
                        Code.DRAFT_NOT_THIS_COUNCIL,
                        "The proposal is for council " + signed.draft().councilId() + ".",
                        "Propose to " + founded.charter().councilId() + ".");
                  }
                  requireSigned(founded, signed);
                  return applicable(founded.state(), signed, caseId)
                      .thenCompose(
                          yes ->
                              services
                                  .ballots()
                                  .propose(caseId, signed, founded.charter().domain()));
                }),
        // The receipt names the case: of a statement of before 2026-12 it has another name.
        receipt -> "/v1/cases/" + Family.CASE.id(receipt.pid()));
  }

  /**
   * A vote on what could not be applied now would keep members busy for nothing, so it is refused;
   * what waits for another change is proposed when that one is applied. A case that is there was
   * opened by the same proposal, which is a repeat, whatever the council is by now.
   */
  private CompletionStage<Void> applicable(RegistryState state, SignedDraft signed, CaseId caseId) {
    Refusal refusal = problem(state, signed.draft().change());
    if (refusal == null) {
      return CompletableFuture.completedFuture(null);
    }
    return services
        .cases()
        .read(caseId)
        .thenAccept(
            found -> {
              if (found.isEmpty()) {
                throw Problem.of(refusal);
              }
            });
  }

  private static void require(SignedDraft signed) {
    DraftRules.problem(signed)
        .ifPresent(
            refusal -> {
              throw Problem.of(refusal);
            });
  }

  private void requireSigned(CouncilRoutes.Founded founded, SignedDraft signed) {
    Digest hash = services.hasher().draft(signed.draft());
    Signer.require(
        signed.proposer(), () -> Signer.BALLOTS.recover(founded.charter().domain(), signed, hash));
  }
}
