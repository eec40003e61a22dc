package witan.domain.settlement;

import java.util.Comparator;
import java.util.Optional;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryState;

/** Who answers for a proposal. */
public final class Proposers {
  private Proposers() {}

  /**
   * The handle of the member who proposed by hand; for what an alert opened, that of the council's
   * automation account, the first by handle where there are several. Empty where there is none.
   */
  public static Optional<String> of(CaseState state, Electorate electorate, RegistryState council) {
    CaseEvent.Proposed proposed = state.proposed();
    return proposed == null
        ? automation(council)
        : electorate.elector(proposed.signed().proposer()).map(Elector::member);
  }

  private static Optional<String> automation(RegistryState council) {
    return council.members().values().stream()
        .filter(member -> member.role().equals(Member.AUTOMATION))
        .map(Member::handle)
        .min(Comparator.naturalOrder());
  }
}
