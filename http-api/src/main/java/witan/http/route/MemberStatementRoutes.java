package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.votes.StatementToSign;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.registry.Key;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.SignedStatement;
import witan.domain.reputation.Verdict;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.Posted;
import witan.http.json.Signer;
import witan.signing.TypedData;

/**
 * What members say of cases and of the council, signed. As with ballots, a token of these roles may
 * hand in anybody's statement: the signature says whose it is, and a token alone says nothing.
 */
public final class MemberStatementRoutes {
  private static final String CONTAINMENT_ON = "/v1/containment/on";
  private static final Duration USUAL = Duration.ofMinutes(10);

  private final Services services;
  private final Receipts receipts;
  private final HttpSettings settings;
  private final InstantSource clock;

  public MemberStatementRoutes(Services services, HttpSettings settings, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.settings = settings;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/v1/cases/{caseId}/verdict/typed-data",
            Access.readers(),
            Set.of("member", "verdict", "reasonHash", "deadline"),
            this::verdictData),
        post("/v1/cases/{caseId}/verdict", this::verdict),
        Endpoint.get(
            CONTAINMENT_ON + "/typed-data",
            Access.readers(),
            Set.of("member", "reasonHash", "deadline"),
            this::containmentOnData),
        post(CONTAINMENT_ON, this::containmentOn),
        Endpoint.get(
            "/v1/cases/{caseId}/steps/{step}/confirm/typed-data",
            Access.readers(),
            Set.of("member", "done", "reasonHash", "deadline"),
            this::confirmData),
        post("/v1/cases/{caseId}/steps/{step}/confirm", this::confirm),
        Endpoint.get(
            "/v1/cases/{caseId}/abort/typed-data",
            Access.readers(),
            Set.of("member", "undo", "reasonHash", "deadline"),
            this::abortData),
        post("/v1/cases/{caseId}/abort", this::abort));
  }

  private Endpoint post(String path, Endpoint.Handler handler) {
    return Endpoint.post(
        path,
        new Access.Roles(EnumSet.of(Role.OPERATOR, Role.VOTER)),
        Set.of(),
        Endpoint.Body.json(settings.maxAlertBytes()),
        handler);
  }

  private CompletionStage<HttpResponse> verdictData(Call call) {
    call.query().required("verdict");
    Verdict verdict = call.query().choice("verdict", Verdict.class).orElseThrow();
    return offer(
        call,
        said ->
            new MemberStatement.Verdict(
                said.council(),
                said.caseId(),
                verdict,
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        "/v1/cases/" + call.caseId() + "/verdict");
  }

  private CompletionStage<HttpResponse> verdict(Call call) {
    return take(
        call,
        "./witan vote verdict CASE VERDICT",
        signed -> services.verdicts().record(call.caseId(), signed));
  }

  private CompletionStage<HttpResponse> containmentOnData(Call call) {
    return offered(
        call,
        Digest.ZERO,
        said ->
            new MemberStatement.ContainmentOn(
                said.council(),
                said.caseId(),
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        CONTAINMENT_ON);
  }

  private CompletionStage<HttpResponse> containmentOn(Call call) {
    return take(
        call, "./witan vote containment-on", signed -> services.containments().turnOn(signed));
  }

  private CompletionStage<HttpResponse> confirmData(Call call) {
    boolean done = call.query().flag("done", true);
    String step = call.step();
    return offer(
        call,
        said ->
            new MemberStatement.ConfirmStep(
                said.council(),
                said.caseId(),
                services.hasher().text(step),
                done,
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        "/v1/cases/"
            + call.caseId()
            + "/steps/"
            + URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20")
            + "/confirm");
  }

  private CompletionStage<HttpResponse> confirm(Call call) {
    String step = call.step();
    return take(
        call,
        "./witan vote confirm CASE STEP, or, of a step that is unknown, ./witan resolve CASE STEP",
        signed -> services.statements().confirm(call.caseId(), step, signed));
  }

  private CompletionStage<HttpResponse> abortData(Call call) {
    boolean undo = call.query().flag("undo", true);
    return offer(
        call,
        said ->
            new MemberStatement.Abort(
                said.council(),
                said.caseId(),
                undo,
                said.reasonHash(),
                said.member(),
                said.nonce(),
                said.deadline()),
        "/v1/cases/" + call.caseId() + "/abort");
  }

  private CompletionStage<HttpResponse> abort(Call call) {
    return take(
        call,
        "./witan vote abort CASE; an operator's token may pause it: ./witan pause CASE",
        signed -> services.statements().abort(call.caseId(), signed));
  }

  /**
   * What every statement says.
   *
   * @param caseId of its text; zero where it is about no case
   */
  private record Said(
      Digest council,
      Digest caseId,
      Digest reasonHash,
      Address member,
      long nonce,
      long deadline) {}

  /** Says which kind of statement it is, as {@link SignedStatement} does. */
  private record Offered(MemberStatement statement) {}

  /** Makes the statement of what every one says. */
  @FunctionalInterface
  private interface Making {
    MemberStatement of(Said said);
  }

  /** Hands it on. */
  @FunctionalInterface
  private interface Taking {
    CompletionStage<Answer<Receipt>> take(SignedStatement signed);
  }

  /** Of a case that there is. */
  private CompletionStage<HttpResponse> offer(Call call, Making making, String post) {
    return CaseRoutes.read(services, call)
        .thenCompose(
            logged -> offered(call, services.hasher().text(call.caseId().value()), making, post));
  }

  private CompletionStage<HttpResponse> offered(
      Call call, Digest caseId, Making making, String post) {
    Params query = call.query();
    Address member = query.address("member");
    query.required("reasonHash");
    Digest reasonHash = query.digest("reasonHash").orElseThrow();
    long deadline =
        query
            .number("deadline", 0, Params.MAX_NUMBER)
            .orElseGet(() -> clock.instant().plus(USUAL).getEpochSecond());
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Key key = founded.state().keys().get(member);
              MemberStatement statement =
                  making.of(
                      new Said(
                          founded.charterHash(),
                          caseId,
                          reasonHash,
                          member,
                          key == null ? 0 : key.nonce() + 1,
                          deadline));
              return Replies.json(
                  200,
                  new StatementToSign(
                      Offers.of(TypedData.offer(founded.charter().domain(), statement)),
                      Json.node(new Offered(statement)).path("statement"),
                      post));
            });
  }

  /** The form of before, which a token alone could send, has no statement. */
  private CompletionStage<HttpResponse> take(Call call, String how, Taking taking) {
    JsonNode body = Json.parse(call.body(), Limits.DEFAULT);
    if (body.isObject() && !body.has("statement")) {
      throw Problem.of(
          Code.STATEMENT_REQUIRED,
          "No token says this: a member signs it.",
          "Sign it with your key: " + how + ".");
    }
    SignedStatement signed = Posted.read(SignedStatement.class, body);
    return receipts.of(
        CouncilRoutes.current(services)
            .thenCompose(
                founded -> {
                  Signer.require(
                      signed.statement().member(),
                      () -> Signer.BALLOTS.recover(founded.charter().domain(), signed));
                  return taking
                      .take(signed)
                      .thenApply(
                          answer ->
                              FormerKeys.explained(
                                  answer, founded.state(), signed.statement().member()));
                }));
  }
}
