package witan.actors.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import org.junit.jupiter.api.Test;
import witan.domain.Fixtures;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedEvent;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseRun;

class SummaryFoldTest {
  private static CaseSummary summary(CaseRun run) {
    CaseSummary summary = null;
    for (CaseEvent event : run.events) {
      LoggedEvent logged =
          new LoggedEvent(
              run.events.indexOf(event),
              1,
              "case|c-1",
              run.events.indexOf(event) + 1,
              event.getClass().getSimpleName(),
              Fixtures.CASE,
              event.at(),
              "",
              event);
      summary =
          SummaryFold.apply(
              summary == null ? SummaryFold.first(Fixtures.CASE, logged) : summary, logged);
    }
    return summary;
  }

  @Test
  void whoReplacesABallotIsCountedAsOneVoter() {
    // Given a vote of three in which ballots may be replaced
    Electorate electorate = Fixtures.electorate(100, 100, 100);
    Policy policy = aPolicy(Fixtures.policy()).replaceable(true).build();
    CaseRun run = CaseRun.voting(electorate, policy, Fixtures.option("isolate", 1));

    // When one votes, thinks better of it twice, and another votes
    run.accepted(run.cast(1, Support.FOR, 1, 1));
    run.accepted(run.cast(1, Support.AGAINST, 0, 2));
    run.accepted(run.cast(2, Support.FOR, 1, 1));
    run.accepted(run.cast(1, Support.ABSTAIN, 0, 3));

    // Then two have voted
    assertEquals(2, summary(run).votes());
  }
}
