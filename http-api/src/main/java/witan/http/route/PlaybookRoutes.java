package witan.http.route;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.answers.playbooks.PlaybookChangedAnswer;
import witan.answers.playbooks.PlaybookVersionsAnswer;
import witan.answers.playbooks.PlaybooksAnswer;
import witan.answers.playbooks.PlaybooksAnswer.PlaybookLine;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookDocument;
import witan.codec.playbook.PlaybookSignatures;
import witan.domain.api.Answer;
import witan.domain.api.Playbooks;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueRules;
import witan.domain.catalogue.CatalogueState;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.common.Digest;
import witan.domain.common.Flaw;
import witan.domain.playbook.Playbook;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.json.PlaybookJson;

/** The catalogue of playbooks: operators change it, everybody who decides reads it. */
public final class PlaybookRoutes {
  private static final long MAX_PAGE = 200;
  private static final long MAX_RETIREMENT_BYTES = 4 << 10;

  private final Services services;
  private final Receipts receipts;
  private final InstantSource clock;

  public PlaybookRoutes(Services services, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.clock = clock;
  }

  /** Body of a retirement. */
  public record Retirement(long version, String reason) {}

  public List<Endpoint> endpoints() {
    Endpoint.Body playbook = Endpoint.Body.json(PlaybookDocument.MAX_BYTES);
    String one = "/v1/playbooks/{name}";
    return List.of(
        Endpoint.post(
            "/v1/playbooks/validate", Access.readers(), Set.of(), playbook, this::validate),
        Endpoint.get("/v1/playbooks", Access.readers(), Set.of("after", "limit"), this::list),
        Endpoint.get(one, Access.readers(), Set.of("version"), this::read),
        Endpoint.put(one, Access.only(Role.OPERATOR), Set.of(), playbook, this::publish),
        Endpoint.get("/v1/playbook-documents/{digest}", Access.readers(), Set.of(), this::content),
        Endpoint.get(one + "/versions", Access.readers(), Set.of(), this::versions),
        Endpoint.get(one + "/diff", Access.readers(), Set.of("from", "to"), this::diff),
        Endpoint.post(
            one + "/retirements",
            Access.only(Role.OPERATOR),
            Set.of(),
            Endpoint.Body.json(MAX_RETIREMENT_BYTES),
            this::retire));
  }

  private CompletionStage<HttpResponse> validate(Call call) {
    PlaybookDocument document = PlaybookDocument.read(call.body(), clock.instant());
    return playbooks()
        .current()
        .thenApply(
            state ->
                Replies.json(200, PlaybookJson.validation(document, problems(document, state))));
  }

  /** Of the document by itself, and of what it calls. */
  private static List<Flaw> problems(PlaybookDocument document, CatalogueState state) {
    List<Flaw> problems = new ArrayList<>(document.problems());
    Playbook playbook = document.playbook();
    if (playbook != null) {
      problems.addAll(CatalogueRules.calls(state, playbook));
    }
    return problems;
  }

  private CompletionStage<HttpResponse> publish(Call call) {
    PlaybookDocument document = PlaybookDocument.read(call.body(), clock.instant());
    return playbooks()
        .current()
        .thenCombine(services.persons().of(call.caller().identity()), Map::entry)
        .thenCompose(
            found -> {
              CatalogueState state = found.getKey();
              List<Flaw> problems = problems(document, state);
              Playbook playbook = document.playbook();
              if (!problems.isEmpty() || playbook == null) {
                throw invalid(problems);
              }
              PublishPlaybook command =
                  new PublishPlaybook(
                      call.segment("name"),
                      document.digest(),
                      PlaybookFacts.of(playbook),
                      document.signatures(),
                      document.signers(),
                      found.getValue(),
                      call.idempotencyKey());
              return changed(playbooks().publish(command, document.unsigned()));
            });
  }

  private static witan.http.error.Problem invalid(List<Flaw> problems) {
    Flaw first = problems.get(0);
    return witan.http.error.Problem.of(
            Code.PLAYBOOK_INVALID,
            problems.size()
                + " problems; the first at "
                + first.pointer()
                + ": "
                + first.code()
                + ", "
                + first.message(),
            "Each is in \"problems\"; POST /v1/playbooks/validate tries without publishing.")
        .withProblems(PlaybookJson.problems(problems));
  }

  private CompletionStage<HttpResponse> retire(Call call) {
    Retirement body = Json.read(Retirement.class, call.body());
    return changed(
        services
            .persons()
            .of(call.caller().identity())
            .thenCompose(
                by ->
                    playbooks()
                        .retire(
                            new RetirePlaybook(
                                call.segment("name"), body.version(), body.reason(), by))));
  }

  private CompletionStage<HttpResponse> changed(CompletionStage<Answer<Playbooks.Changed>> answer) {
    return receipts.of(
        answer,
        Playbooks.Changed::receipt,
        done -> place(done.version()),
        (done, receipt) ->
            new PlaybookChangedAnswer(PlaybookJson.version(done.version()), receipt));
  }

  private static String place(PlaybookVersion version) {
    return "/v1/playbooks/" + version.name() + "?version=" + version.version();
  }

  /** Pages by name: cheap to go on with, and stable while names come. */
  private CompletionStage<HttpResponse> list(Call call) {
    String after = call.query().text("after").orElse("");
    int limit = call.query().number("limit", 1, MAX_PAGE).orElse(MAX_PAGE).intValue();
    return playbooks()
        .current()
        .thenApply(
            state -> {
              List<String> rest =
                  state.playbooks().keySet().stream()
                      .filter(name -> name.compareTo(after) > 0)
                      .sorted()
                      .toList();
              return Replies.json(
                  200,
                  new PlaybooksAnswer(
                      rest.stream().limit(limit).map(name -> line(state, name)).toList(),
                      rest.size() > limit ? rest.get(limit - 1) : null,
                      state.seq()));
            });
  }

  private static PlaybookLine line(CatalogueState state, String name) {
    List<PlaybookVersion> versions = state.versionsOf(name);
    PlaybookVersion newest = versions.get(versions.size() - 1);
    return new PlaybookLine(
        PlaybookJson.version(state.latest(name).orElse(newest)), versions.size());
  }

  private CompletionStage<HttpResponse> versions(Call call) {
    return playbooks()
        .current()
        .thenApply(
            state -> {
              List<PlaybookVersion> versions = state.versionsOf(call.segment("name"));
              if (versions.isEmpty()) {
                throw noSuchPlaybook();
              }
              return Replies.json(
                  200,
                  new PlaybookVersionsAnswer(
                      versions.stream().map(PlaybookJson::version).toList()));
            });
  }

  private CompletionStage<HttpResponse> read(Call call) {
    String name = call.segment("name");
    return playbooks()
        .current()
        .thenCompose(
            state -> {
              PlaybookVersion found =
                  call.query()
                      .number("version", 0, Params.MAX_NUMBER)
                      .map(version -> state.version(name, version))
                      .orElseGet(() -> state.latest(name))
                      .orElseThrow(PlaybookRoutes::noSuchPlaybook);
              return document(found).thenApply(document -> whole(found, document));
            });
  }

  /** Of the catalogue's alone: the store has other content too, which is not for every reader. */
  private CompletionStage<HttpResponse> content(Call call) {
    Digest digest;
    try {
      digest = Digest.read(call.segment("digest"));
    } catch (IllegalArgumentException e) {
      throw noSuchPlaybook();
    }
    return playbooks()
        .current()
        .thenCompose(
            state ->
                state.all(digest).findAny().isPresent()
                    ? playbooks().document(digest)
                    : CompletableFuture.completedFuture(Optional.<byte[]>empty()))
        .thenApply(
            found ->
                Replies.bytes(
                    200,
                    ContentTypes.APPLICATION_JSON,
                    found.orElseThrow(PlaybookRoutes::noSuchPlaybook)));
  }

  /** As it was sent, signatures included, so that it can be checked and sent again. */
  private static HttpResponse whole(PlaybookVersion version, JsonNode document) {
    JsonNode signed = PlaybookSignatures.attach(document, version.signatures());
    return Replies.bytes(200, ContentTypes.APPLICATION_JSON, Json.canonical(signed))
        .addHeader(RawHeader.create("Content-Location", place(version)))
        .addHeader(RawHeader.create("Playbook-Digest", version.digest().hex()))
        .addHeader(RawHeader.create("Cache-Control", "no-store"));
  }

  private CompletionStage<HttpResponse> diff(Call call) {
    String name = call.segment("name");
    long from = call.query().requiredNumber("from");
    long to = call.query().requiredNumber("to");
    return playbooks()
        .current()
        .thenCompose(
            state -> {
              PlaybookVersion before =
                  state.version(name, from).orElseThrow(PlaybookRoutes::noSuchPlaybook);
              PlaybookVersion after =
                  state.version(name, to).orElseThrow(PlaybookRoutes::noSuchPlaybook);
              return document(before)
                  .thenCombine(
                      document(after),
                      (a, b) -> Replies.json(200, PlaybookJson.diff(before, after, a, b)));
            });
  }

  private CompletionStage<JsonNode> document(PlaybookVersion version) {
    return playbooks()
        .document(version.digest())
        .thenApply(
            found ->
                Json.parse(
                    found.orElseThrow(
                        () -> new IllegalStateException("no content " + version.digest())),
                    Limits.DEFAULT));
  }

  private static witan.http.error.Problem noSuchPlaybook() {
    return witan.http.error.Problem.of(
        Code.PLAYBOOK_NOT_FOUND,
        "There is no such playbook, or none of that version in use.",
        "List them with GET /v1/playbooks, and versions with GET /v1/playbooks/{name}/versions.");
  }

  private Playbooks playbooks() {
    return services.playbooks();
  }
}
