package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import witan.answers.cases.ContainmentAnswer;
import witan.answers.cases.ContainmentAnswer.LeaseLine;
import witan.codec.json.Json;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentState;
import witan.http.Services;
import witan.http.auth.Role;
import witan.http.error.Code;
import witan.http.error.Problem;

/** Provisional containment: what is granted, and the kill switch, which only switches off. */
public final class ContainmentRoutes {
  private static final String PATH = "/v1/containment";
  private static final long MAX_BYTES = 4 << 10;

  private final Services services;
  private final Receipts receipts;
  private final InstantSource clock;

  public ContainmentRoutes(Services services, InstantSource clock) {
    this.services = services;
    this.receipts = new Receipts(services, clock);
    this.clock = clock;
  }

  /**
   * Body of the switch.
   *
   * @param on false
   * @param revert whether what was granted so far is taken back
   */
  public record Turn(boolean on, boolean revert, String reason) {}

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, Access.readers(), Set.of(), call -> read()),
        Endpoint.put(
            PATH, Access.only(Role.OPERATOR), Set.of(), Endpoint.Body.json(MAX_BYTES), this::turn));
  }

  private CompletionStage<HttpResponse> turn(Call call) {
    Turn turn = Json.read(Turn.class, call.body());
    if (turn.on()) {
      throw Problem.of(
          Code.STATEMENT_REQUIRED,
          "No token switches containment on: a member signs it.",
          "Sign it with your key: ./witan vote containment-on.");
    }
    return receipts.of(
        services
            .persons()
            .of(call.caller().identity())
            .thenCompose(
                by ->
                    services
                        .containments()
                        .turnOff(
                            new ContainmentCommand.SwitchOff(
                                turn.revert(), by, turn.reason(), call.idempotencyKey()))),
        receipt -> PATH);
  }

  private CompletionStage<HttpResponse> read() {
    return services.containments().current().thenApply(state -> Replies.json(200, json(state)));
  }

  private ContainmentAnswer json(ContainmentState state) {
    List<ContainmentState.Grant> recent = state.within(clock.instant());
    Map<String, Long> byCluster = new TreeMap<>();
    recent.forEach(
        g -> g.granted().clusters().forEach(cluster -> byCluster.merge(cluster, 1L, Long::sum)));
    return new ContainmentAnswer(
        state.on(),
        state.lastSwitch() == null ? null : state.lastSwitch().event(),
        recent.size(),
        byCluster,
        state.active().values().stream().map(g -> lease(state, g)).toList());
  }

  private static LeaseLine lease(ContainmentState state, ContainmentState.Grant grant) {
    return new LeaseLine(
        grant.granted().caseId(),
        grant.seq(),
        grant.granted().clusters(),
        grant.granted().at(),
        state.revoked(grant.seq()));
  }
}
