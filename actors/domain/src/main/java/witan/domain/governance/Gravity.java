package witan.domain.governance;

import java.util.List;
import witan.domain.correlation.Corroboration;
import witan.domain.detection.Alert;
import witan.domain.detection.Severity;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.Voting;

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

  /**
   * Of a member's proposal, which is routine: it names alerts by their digests, so that nobody but
   * the proposer could say how grave they are, and a proposer does not choose the bar. A change of
   * the registry has the highest impact there is.
   */
  public static Gravity ofDraft(Draft draft) {
    int impact =
        draft.kind() == ProposalKind.INCIDENT ? impact(draft.options()) : PolicyTable.MAX_IMPACT;
    return new Gravity(Urgency.ROUTINE, impact, Severity.UNKNOWN);
  }

  /** Of a vote as it was opened: alerts that came later change nothing. */
  public static Gravity ofVote(CaseState state, Voting voting) {
    CaseEvent.Proposed proposed = state.proposed();
    if (proposed != null) {
      return ofDraft(proposed.signed().draft());
    }
    int then = Math.min(voting.content().alertDigests().size(), state.alerts().size());
    return ofIncident(state.alerts().subList(0, then), voting.content().options());
  }

  private static int impact(List<ResponseOption> options) {
    return options.stream().mapToInt(ResponseOption::impact).max().orElse(0);
  }
}
