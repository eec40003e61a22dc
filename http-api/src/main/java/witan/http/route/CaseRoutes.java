package witan.http.route;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import witan.domain.api.CaseQuery;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Page;
import witan.domain.common.Digest;
import witan.domain.detection.Severity;
import witan.domain.governance.BlastRadius;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Voting;
import witan.http.Services;
import witan.http.error.Code;
import witan.http.error.Problem;
import witan.http.json.CaseJson;
import witan.http.json.ExecutionJson;

/** Lists and single reads of cases, proposals, executions and evidence bundles. */
public final class CaseRoutes {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;
  private static final Set<String> FILTERS =
      Set.of("phase", "cluster", "severity", "before", "limit");

  private final Services services;
  private final InstantSource clock;

  public CaseRoutes(Services services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    Access readers = Access.readers();
    return List.of(
        Endpoint.get("/v1/cases", readers, FILTERS, call -> list(call, false)),
        Endpoint.get("/v1/cases/{caseId}", readers, Set.of(), this::one),
        Endpoint.get("/v1/cases/{caseId}/bundle", readers, Set.of(), this::bundle),
        Endpoint.get("/v1/proposals", readers, FILTERS, call -> list(call, true)),
        Endpoint.get("/v1/proposals/{caseId}", readers, Set.of(), this::proposal),
        Endpoint.get("/v1/executions/{caseId}", readers, Set.of(), this::execution));
  }

  private CompletionStage<HttpResponse> list(Call call, boolean withProposal) {
    Params query = call.query();
    Page<CaseSummary> page =
        services
            .views()
            .cases(
                new CaseQuery(
                    query.choice("phase", Phase.class).orElse(null),
                    query.text("cluster").orElse(null),
                    query.choice("severity", Severity.class).orElse(null),
                    withProposal,
                    query.number("before", 0, Params.MAX_NUMBER).orElse(null),
                    query.number("limit", 1, MAX_LIMIT).orElse((long) DEFAULT_LIMIT).intValue()));
    return Replies.jsonNow(200, json().page(page));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    return read(services, call)
        .thenCompose(
            logged ->
                resolved(logged)
                    .thenCombine(
                        services.cases().waits(logged),
                        (resolved, waits) ->
                            Replies.json(200, json().details(logged, resolved, waits))));
  }

  /** The unknown steps that a person has looked at; that is logged beside the case. */
  private CompletionStage<Set<String>> resolved(LoggedCase logged) {
    Execution execution = logged.state().execution();
    if (execution == null || !ExecutionJson.hasUnknown(execution)) {
      return CompletableFuture.completedFuture(Set.of());
    }
    return services
        .interventions()
        .notes(Objects.requireNonNull(logged.state().caseId()))
        .thenApply(
            notes ->
                notes.stream()
                    .map(LoggedEvent::event)
                    .filter(NoteEvent.StepResolved.class::isInstance)
                    .map(event -> ((NoteEvent.StepResolved) event).step())
                    .collect(Collectors.toSet()));
  }

  private CompletionStage<HttpResponse> proposal(Call call) {
    return read(services, call)
        .thenCompose(
            logged -> {
              Voting voting = voting(logged);
              return radius(voting)
                  .thenApply(
                      radius ->
                          Replies.json(200, json().proposal(logged, voting, radius.orElse(null))));
            });
  }

  private CompletionStage<Optional<BlastRadius>> radius(Voting voting) {
    Digest digest = voting.content().blastRadius();
    return digest == null
        ? CompletableFuture.completedFuture(Optional.empty())
        : services.cases().blastRadius(digest);
  }

  private CompletionStage<HttpResponse> execution(Call call) {
    return read(services, call)
        .thenCompose(
            logged -> {
              Execution execution = logged.state().execution();
              if (execution == null) {
                throw Problem.of(
                    Code.EXECUTION_NOT_FOUND,
                    "Nothing has been executed for this case.",
                    "Executions start after a proposal is approved.");
              }
              return resolved(logged)
                  .thenApply(
                      resolved -> Replies.json(200, json().execution(logged, execution, resolved)));
            });
  }

  private CompletionStage<HttpResponse> bundle(Call call) {
    String file = call.caseId() + ".witan";
    return services
        .cases()
        .bundle(call.caseId())
        .thenApply(
            answer ->
                Replies.bytes(200, ContentTypes.APPLICATION_JSON, Replies.done(answer))
                    .addHeader(
                        RawHeader.create(
                            "Content-Disposition", "attachment; filename=\"" + file + "\""))
                    .addHeader(RawHeader.create("Cache-Control", "no-store")));
  }

  /** The case of the path; fails with {@code case_not_found}. */
  static CompletionStage<LoggedCase> read(Services services, Call call) {
    return services
        .cases()
        .read(call.caseId())
        .thenApply(found -> found.orElseThrow(Call::noSuchCase));
  }

  /** The vote of a case; throws {@code proposal_not_found}. */
  static Voting voting(LoggedCase logged) {
    Voting voting = logged.state().voting();
    if (voting == null) {
      throw Problem.of(
          Code.PROPOSAL_NOT_FOUND,
          "No vote was opened for this case.",
          "List proposals with GET /v1/proposals.");
    }
    return voting;
  }

  private CaseJson json() {
    return new CaseJson(services.anchors().status(), clock.instant());
  }
}
