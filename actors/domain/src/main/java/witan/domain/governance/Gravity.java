package witan.domain.governance;

import java.util.List;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;

/**
 * What the choice of a policy looks at.
 *
 * @param urgency chooses rows of the {@link PolicyTable}, and the delegations that count
 * @param impact CACAO impact of the gravest option, 0 to 100
 * @param severity what policies are chosen by where there is no table
 */
public record Gravity(Urgency urgency, int impact, Severity severity) {
  /** Of an incident that alerts have opened. */
  public static Gravity ofIncident(List<Alert> alerts, List<ResponseOption> options) {
    return of(Corroboration.of(alerts), impact(options));
  }

  /** Of an incident. */
  public static Gravity of(Corroboration said, int impact) {
    // An alert carries no confidence: what no sensor doubts is believed.
    Urgency urgency = UrgencyRule.of(said.severity(), 100, said.sensors());
    return new Gravity(urgency, impact, said.urgency());
  }

  /** Of the gravest of those options; 0 where there is none. */
  public static int impact(List<ResponseOption> options) {
    return options.stream().mapToInt(ResponseOption::impact).max().orElse(0);
  }
}
