package witan.http;

import akka.actor.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.DurationConverters;
import witan.http.error.ParsingErrors;

/** Listens. */
public final class HttpServer {
  private HttpServer() {}

  /**
   * Binds the route; the stage fails when the address is taken. The binding takes part in the
   * system's coordinated shutdown: it stops accepting, gives requests in flight the grace period,
   * then closes. {@link ServerBinding#terminate} does the same on demand.
   *
   * @param port 0 for any free one
   */
  public static CompletionStage<ServerBinding> bind(
      ActorSystem system, String host, int port, Route route, HttpSettings limits) {
    ServerSettings settings = ServerSettings.create(system);
    FiniteDuration idle = DurationConverters.toScala(limits.idleTimeout());
    return Http.get(system)
        .newServerAt(host, port)
        .withSettings(
            settings
                .withServerHeader(Optional.empty())
                .withMaxConnections(limits.maxConnections())
                .withTimeouts(settings.getTimeouts().withIdleTimeout(idle))
                .withParsingErrorHandler(ParsingErrors.class.getName())
                .withParserSettings(
                    settings.getParserSettings().withMaxContentLength(limits.maxBodyBytes())))
        .bind(route)
        .thenApply(binding -> binding.addToCoordinatedShutdown(limits.gracePeriod(), system));
  }
}
