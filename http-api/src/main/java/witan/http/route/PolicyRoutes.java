package witan.http.route;

import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import witan.answers.council.PoliciesAnswer;
import witan.answers.council.PolicyChoiceAnswer;
import witan.answers.council.PolicyLine;
import witan.answers.council.SensorsAnswer;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration;
import witan.domain.governance.Gravity;
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
            founded ->
                Replies.json(
                    200, new SensorsAnswer(founded.state().sensors(), founded.state().seq())));
  }

  private CompletionStage<HttpResponse> read(Call call) {
    return CouncilRoutes.current(services)
        .thenApply(
            founded ->
                Replies.json(
                    200,
                    new PoliciesAnswer(
                        policies(services, founded.state()),
                        founded.state().table(),
                        founded.state().seq())));
  }

  static List<PolicyLine> policies(Services services, RegistryState state) {
    return state.policies().stream()
        .map(policy -> new PolicyLine(services.hasher().policy(policy), policy))
        .toList();
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
              return Replies.json(
                  200,
                  new PolicyChoiceAnswer(
                      gravity.urgency(),
                      gravity.impact(),
                      founded.state().table() != null,
                      choice.policy(),
                      choice.normal(),
                      choice.provisionalContainment(),
                      choice.containment()));
            });
  }
}
