package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
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

  private Map<String, Object> json(ContainmentState state) {
    List<ContainmentState.Grant> recent = state.within(clock.instant());
    Map<String, Long> byCluster = new TreeMap<>();
    recent.forEach(
        g -> g.granted().clusters().forEach(cluster -> byCluster.merge(cluster, 1L, Long::sum)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("on", state.on());
    json.put("lastSwitch", state.lastSwitch() == null ? null : state.lastSwitch().event());
    json.put("grantedWithinAnHour", recent.size());
    json.put("byCluster", byCluster);
    json.put("active", state.active().values().stream().map(g -> lease(state, g)).toList());
    return json;
  }

  private static Map<String, Object> lease(ContainmentState state, ContainmentState.Grant grant) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("caseId", grant.granted().caseId());
    json.put("grant", grant.seq());
    json.put("clusters", grant.granted().clusters());
    json.put("at", Json.format(grant.granted().at()));
    json.put("revoked", state.revoked(grant.seq()));
    return json;
  }
}
