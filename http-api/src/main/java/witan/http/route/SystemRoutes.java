package witan.http.route;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.answers.system.AnchorsAnswer;
import witan.answers.system.HealthAnswer;
import witan.answers.system.HealthAnswer.HealthPart;
import witan.answers.system.LiveAnswer;
import witan.answers.system.TrustAnswer;
import witan.codec.bundle.TrustFile;
import witan.domain.api.Anchors;
import witan.domain.api.Health;
import witan.domain.registry.RegistryState;
import witan.http.HttpSettings;
import witan.http.Services;
import witan.http.auth.Role;

/** Health, anchoring, what to trust, and the description of the API. */
public final class SystemRoutes {
  private static final ContentType YAML =
      MediaTypes.applicationWithFixedCharset("yaml", HttpCharsets.UTF_8).toContentType();

  private final Services services;
  private final HttpSettings settings;
  private final byte[] openapi;

  public SystemRoutes(Services services, HttpSettings settings) {
    this.services = services;
    this.settings = settings;
    this.openapi = resource("/witan/http/openapi.yaml");
  }

  /** What every node answers, also one that does not serve the API. */
  public List<Endpoint> operations() {
    Access probes = new Access.Anybody("probes of the platform have no account; no detail is told");
    return List.of(
        Endpoint.get("/v1/health/live", probes, Set.of(), call -> live()),
        Endpoint.get("/v1/health/ready", probes, Set.of(), call -> report(false)),
        Endpoint.get("/v1/health", Access.readers(), Set.of(), call -> report(true)),
        Endpoint.get("/v1/status", Access.only(Role.OPERATOR), Set.of(), call -> status()));
  }

  /** What else a node that serves the API tells of itself. */
  public List<Endpoint> descriptions() {
    Access manual = new Access.Anybody("the description of the API tells nothing about a council");
    return List.of(
        Endpoint.get("/v1/anchors", Access.anyRole(), Set.of(), call -> anchors()),
        Endpoint.get("/v1/trust", Access.anyRole(), Set.of(), call -> trust()),
        Endpoint.get("/v1/openapi.yaml", manual, Set.of(), call -> openapi()));
  }

  /** 503 asks the platform for a restart. */
  private CompletionStage<HttpResponse> live() {
    boolean alive = services.health().alive();
    return Replies.jsonNow(alive ? 200 : 503, new LiveAnswer(alive));
  }

  private CompletionStage<HttpResponse> status() {
    return services.operations().overview().thenApply(overview -> Replies.json(200, overview));
  }

  /** 503 while a required part is down, so that nothing is routed here; the body is the same. */
  private CompletionStage<HttpResponse> report(boolean detailed) {
    return services
        .health()
        .check()
        .thenApply(report -> Replies.json(report.ready() ? 200 : 503, json(report, detailed)));
  }

  private static HealthAnswer json(Health.Report report, boolean detailed) {
    return new HealthAnswer(
        report.ready(),
        report.parts().stream()
            .map(
                part ->
                    new HealthPart(
                        part.name(), part.up(), part.required(), detailed ? part.detail() : null))
            .toList());
  }

  private CompletionStage<HttpResponse> anchors() {
    Anchors.Status status = services.anchors().status().ofTree();
    return Replies.jsonNow(
        200,
        new AnchorsAnswer(
            status.state(),
            status.anchoredSize(),
            status.last(),
            status.detail(),
            status.registry()));
  }

  /** What this council claims about itself. Only a copy got elsewhere proves anything. */
  private CompletionStage<HttpResponse> trust() {
    return services
        .councils()
        .current()
        .thenApply(
            council ->
                Replies.json(
                    200,
                    new TrustAnswer(
                        TrustFile.FORMAT,
                        "Claims of the council about itself. Compare each with a copy got from its"
                            + " members, not from here; the verifier takes them from a trust file.",
                        settings.origin(),
                        settings.logKey(),
                        council.map(RegistryState::charterHash).orElse(null),
                        services.anchors().status().registry(),
                        List.of())));
  }

  private CompletionStage<HttpResponse> openapi() {
    return CompletableFuture.completedFuture(Replies.bytes(200, YAML, openapi));
  }

  private static byte[] resource(String name) {
    try (InputStream in = SystemRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the classpath: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + name, e);
    }
  }
}
