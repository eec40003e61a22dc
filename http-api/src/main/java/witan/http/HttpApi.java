package witan.http;

import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import scala.jdk.javaapi.DurationConverters;
import witan.http.auth.Tokens;
import witan.http.route.AcknowledgementRoutes;
import witan.http.route.AlertRoutes;
import witan.http.route.BallotRoutes;
import witan.http.route.CaseRoutes;
import witan.http.route.ContainmentRoutes;
import witan.http.route.CouncilRoutes;
import witan.http.route.Endpoint;
import witan.http.route.EventRoutes;
import witan.http.route.FindingRoutes;
import witan.http.route.InterventionRoutes;
import witan.http.route.LogRoutes;
import witan.http.route.MemberRoutes;
import witan.http.route.MemberStatementRoutes;
import witan.http.route.PersonRoutes;
import witan.http.route.PlaybookRoutes;
import witan.http.route.PolicyRoutes;
import witan.http.route.ProposalRoutes;
import witan.http.route.ReadAfterWrite;
import witan.http.route.Router;
import witan.http.route.StatementRoutes;
import witan.http.route.SystemRoutes;
import witan.http.route.VetoRoutes;

/** The whole API as one route, made from one list of endpoints. */
public final class HttpApi {
  private HttpApi() {}

  /** Every endpoint there is; each names who may call it. */
  public static List<Endpoint> endpoints(
      Services services, HttpSettings settings, InstantSource clock) {
    SystemRoutes system = new SystemRoutes(services, settings);
    Stream<Endpoint> reading =
        Stream.of(
                new AlertRoutes(services, settings, clock).endpoints(),
                new CouncilRoutes(services, clock).endpoints(),
                new MemberRoutes(services, clock).endpoints(),
                new PolicyRoutes(services).endpoints(),
                new StatementRoutes(services, settings, clock).endpoints(),
                new PlaybookRoutes(services, clock).endpoints(),
                new InterventionRoutes(services, settings, clock).endpoints(),
                new CaseRoutes(services, clock).endpoints(),
                new FindingRoutes(services, settings, clock).endpoints(),
                new BallotRoutes(services, settings, clock).endpoints(),
                new AcknowledgementRoutes(services, settings, clock).endpoints(),
                new ProposalRoutes(services, settings, clock).endpoints(),
                new ContainmentRoutes(services, clock).endpoints(),
                new PersonRoutes(services).endpoints(),
                new MemberStatementRoutes(services, settings, clock).endpoints(),
                new VetoRoutes(services, settings, clock).endpoints(),
                new LogRoutes(services).endpoints(),
                new EventRoutes(services, settings, clock).endpoints(),
                system.descriptions())
            .flatMap(List::stream)
            .map(endpoint -> ReadAfterWrite.on(services.views(), endpoint));
    // A node that lags tells its health all the same.
    return Stream.concat(reading, system.operations().stream()).toList();
  }

  /** Answers every request, unknown paths included, and never fails. */
  public static Route route(
      Services services, HttpSettings settings, Tokens tokens, InstantSource clock) {
    return route(endpoints(services, settings, clock), settings, tokens);
  }

  /** Health and status alone: what a node answers that does not serve the API. */
  public static Route operations(Services services, HttpSettings settings, Tokens tokens) {
    return route(new SystemRoutes(services, settings).operations(), settings, tokens);
  }

  static Route route(List<Endpoint> endpoints, HttpSettings settings, Tokens tokens) {
    Router router = new Router(endpoints, tokens, settings.bodyTimeout());
    return Directives.withRequestTimeout(
        DurationConverters.toScala(settings.requestTimeout()),
        router::timedOut,
        () ->
            Directives.extractMaterializer(
                materializer ->
                    Directives.handle(request -> router.handle(request, materializer))));
  }
}
