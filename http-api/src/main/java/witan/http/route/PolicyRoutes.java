package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.RegistryState;
import witan.http.Services;

/**
 * The policies in force, which of them an incident would be decided by, and the keys that alerts
 * are signed with.
 */
public final class PolicyRoutes {
  /** Three are as good as any greater number. */
  private static final long MOST_SENSORS = 1_000;

  private final Services services;

  public PolicyRoutes(Services services) {
    this.services = services;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/policies", Access.readers(), Set.of(), this::read),
        Endpoint.get(
            "/v1/policies/choice",
            Access.readers(),
            Set.of("severity", "sensors", "impact"),
            this::choice),
        Endpoint.get("/v1/sensors", Access.readers(), Set.of(), this::sensors));
  }

  private CompletionStage<HttpResponse> sensors(Call call) {
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("sensors", founded.state().sensors());
              json.put("registrySeq", founded.state().seq());
              return Replies.json(200, json);
            });
  }

  private CompletionStage<HttpResponse> read(Call call) {
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("policies", policies(services, founded.state()));
              json.put("table", founded.state().table());
              json.put("registrySeq", founded.state().seq());
              return Replies.json(200, json);
            });
  }

  static List<Map<String, Object>> policies(Services services, RegistryState state) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Policy policy : state.policies()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("digest", services.hasher().policy(policy));
      line.put("policy", policy);
      lines.add(line);
    }
    return lines;
  }

  /** Nothing is proposed; it answers by the same rules that proposals are opened by. */
  private CompletionStage<HttpResponse> choice(Call call) {
    Severity severity = call.query().choice("severity", Severity.class).orElse(Severity.UNKNOWN);
    int sensors = call.query().number("sensors", 1, MOST_SENSORS).orElse(1L).intValue();
    int impact = call.query().number("impact", 0, PolicyTable.MAX_IMPACT).orElse(0L).intValue();
    Gravity gravity = Gravity.of(new Corroboration(sensors, severity), impact);
    return CouncilRoutes.current(services)
        .thenApply(
            founded -> {
              PolicyTable.Choice choice =
                  founded
                      .state()
                      .choose(gravity)
                      .orElseThrow(() -> new IllegalStateException("a policy for everything"));
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("urgency", gravity.urgency().name());
              json.put("impact", gravity.impact());
              json.put("byTable", founded.state().table() != null);
              json.put("policy", choice.policy());
              json.put("normalPolicy", choice.normal());
              json.put("provisionalContainment", choice.provisionalContainment());
              json.put("alerts", choice.containment());
              return Replies.json(200, json);
            });
  }
}
