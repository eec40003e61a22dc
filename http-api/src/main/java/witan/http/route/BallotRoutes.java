package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.votes.BallotToSign;
import witan.domain.api.LoggedCase;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Voting;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.json.Posted;
import witan.http.json.Signer;
import witan.signing.TypedData;

/**
 * What to sign, and the ballot box. A token with the role voter may hand in anybody's ballot: the
 * signature says whose it is, and nobody can make or change one without the voter's key.
 */
public final class BallotRoutes {
  private static final String EXPECTED_OPTIONS = "indices of options, such as 0 or 0,2";

  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;

  public BallotRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/v1/proposals/{caseId}/typed-data",
            Access.readers(),
            Set.of("voter", "support", "options", "reasonHash"),
            this::typedData),
        Endpoint.post(
            "/v1/proposals/{caseId}/votes",
            Access.only(Role.VOTER),
            Set.of(),
            Endpoint.Body.json(settings.maxAlertBytes()),
            this::cast));
  }

  private CompletionStage<HttpResponse> typedData(Call call) {
    return CaseRoutes.read(services, call)
        .thenApply(
            logged -> {
              Voting voting = CaseRoutes.voting(logged);
              Ballot ballot = ballot(call.query(), logged, voting);
              return Replies.json(
                  200,
                  new BallotToSign(
                      Offers.of(TypedData.offer(voting.domain(), ballot)),
                      ballot,
                      "/v1/proposals/" + call.caseId() + "/votes"));
            });
  }

  private Ballot ballot(Params query, LoggedCase logged, Voting voting) {
    Address voter = query.address("voter");
    query.required("support");
    Support support = query.choice("support", Support.class).orElseThrow();
    CaseEvent.VoteCast last = voting.votes().get(voter);
    return new Ballot(
        services.hasher().text(String.valueOf(logged.state().caseId())),
        voting.proposalHash(),
        voter,
        support,
        mask(query, support, voting.content().choices()),
        last == null ? 1 : last.signed().ballot().nonce() + 1,
        // Neither an extension nor a conversion of the vote shall void a signature that was made
        // before it.
        latest(voting).getEpochSecond() + 1,
        query.digest("reasonHash").orElse(Digest.ZERO));
  }

  /** The last moment at which this vote can end. */
  private static Instant latest(Voting voting) {
    Instant normal = voting.opensAt().plus(voting.lastRules().window());
    Instant end = normal.isAfter(voting.deadline()) ? normal : voting.deadline();
    return end.plus(voting.lastRules().lateQuorumExtension());
  }

  private static BigInteger mask(Params query, Support support, int options) {
    if (support != Support.FOR) {
      if (query.text("options").isPresent()) {
        throw Params.invalid("options", "left out unless support is for");
      }
      return BigInteger.ZERO;
    }
    String text = query.required("options");
    if (!text.matches("[0-9]{1,3}(,[0-9]{1,3}){0,255}")) {
      throw Params.invalid("options", EXPECTED_OPTIONS);
    }
    BigInteger mask = BigInteger.ZERO;
    for (String index : text.split(",", -1)) {
      int bit = Integer.parseInt(index);
      if (bit >= options || mask.testBit(bit)) {
        throw Params.invalid("options", EXPECTED_OPTIONS + ", each below " + options + " and once");
      }
      mask = mask.setBit(bit);
    }
    return mask;
  }

  private CompletionStage<HttpResponse> cast(Call call) {
    CaseId caseId = call.caseId();
    SignedBallot signed = Posted.read(SignedBallot.class, call.body());
    return receipts.of(
        CouncilRoutes.current(services)
            .thenCompose(
                founded -> {
                  Signer.require(
                      signed.ballot().voter(),
                      () -> Signer.BALLOTS.recover(founded.charter().domain(), signed));
                  return services
                      .ballots()
                      .cast(caseId, signed, call.idempotencyKey())
                      .thenApply(
                          answer ->
                              FormerKeys.explained(
                                  answer, founded.state(), signed.ballot().voter()));
                }));
  }
}
