package witan.http;

import akka.Done;
import akka.actor.ActorSystem;
import akka.actor.CoordinatedShutdown;
import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.ServerBuilder;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import akka.japi.function.Function;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.DurationConverters;
import witan.http.error.ParsingErrors;
import witan.secret.PemTls;

/** Listens. */
public final class HttpServer {
  private final ActorSystem system;
  private final ServerBinding binding;
  private final RequestsUnderWay requests;
  private final HttpSettings limits;

  private HttpServer(
      ActorSystem system, ServerBinding binding, RequestsUnderWay requests, HttpSettings limits) {
    this.system = system;
    this.binding = binding;
    this.requests = requests;
    this.limits = limits;
  }

  /**
   * Binds the route; the stage fails when the address is taken. The server takes part in the
   * system's coordinated shutdown, as in {@link #stop}.
   *
   * @param port 0 for any free one
   * @param tls who the server is; empty: plain HTTP
   */
  public static CompletionStage<HttpServer> bind(
      ActorSystem system,
      String host,
      int port,
      Optional<PemTls> tls,
      Route route,
      HttpSettings limits) {
    ServerSettings settings = ServerSettings.create(system);
    FiniteDuration idle = DurationConverters.toScala(limits.idleTimeout());
    RequestsUnderWay requests = new RequestsUnderWay();
    Function<HttpRequest, CompletionStage<HttpResponse>> handler = route.function(system);
    Function<HttpRequest, CompletionStage<HttpResponse>> drained =
        request -> requests.through(() -> apply(handler, request));
    ServerBuilder server = Http.get(system).newServerAt(host, port);
    return tls.map(
            own -> server.enableHttps(ConnectionContext.httpsServer(() -> own.server(false))))
        .orElse(server)
        .withSettings(
            settings
                .withServerHeader(Optional.empty())
                .withMaxConnections(limits.maxConnections())
                .withTimeouts(settings.getTimeouts().withIdleTimeout(idle))
                .withParsingErrorHandler(ParsingErrors.class.getName())
                .withParserSettings(
                    settings.getParserSettings().withMaxContentLength(limits.maxBodyBytes())))
        .bind(drained)
        .thenApply(binding -> new HttpServer(system, binding, requests, limits).registered());
  }

  private static CompletionStage<HttpResponse> apply(
      Function<HttpRequest, CompletionStage<HttpResponse>> handler, HttpRequest request) {
    try {
      return handler.apply(request);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpServer registered() {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(), "http-unbind", () -> binding.unbind());
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceRequestsDone(), "http-requests-done", this::finish);
    return this;
  }

  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /** Accepts no more, answers what is under way within the grace period, then closes. */
  public CompletionStage<Done> stop() {
    return binding.unbind().thenCompose(unbound -> finish());
  }

  private CompletionStage<Done> finish() {
    return requests
        .drained(system, limits.gracePeriod())
        .thenCompose(drained -> binding.terminate(limits.gracePeriod()))
        .thenApply(terminated -> Done.done());
  }
}
