package witan.evidence;

import java.util.ArrayList;
import java.util.List;
import witan.codec.bundle.Bundle;
import witan.domain.governance.Ballot;
import witan.domain.governance.Elector;
import witan.domain.proposal.CaseEvent;

/** Counting alone: nothing is said about where ballots and weights come from. */
public final class BallotLines {
  private BallotLines() {}

  /** A line for each ballot. */
  public static Found<List<String>> ballots(Bundle bundle) {
    List<String> lines = new ArrayList<>();
    for (CaseEvent event : events(bundle)) {
      if (event instanceof CaseEvent.VoteCast e) {
        Ballot ballot = e.signed().ballot();
        lines.add(
            String.format(
                "%s  %-7s  weight %s%s  options %s  %s  %s%s",
                ballot.voter(),
                ballot.support(),
                e.weight(),
                e.delegatedWeight().signum() == 0 ? "" : " and delegated " + e.delegatedWeight(),
                ballot.optionMask().toString(2),
                e.counted() ? "counted" : "late",
                bundle.electorate().elector(ballot.voter()).map(Elector::member).orElse("?"),
                (e.overrides() == null ? "" : "  overrides " + e.overrides())
                    + (e.ordinal() == 1 ? "" : "  ballot number " + e.ordinal())));
      }
    }
    return new Found<>(lines, lines.size() + " ballots");
  }

  /** The decision, if the ballots make it. */
  public static String recount(Bundle bundle) {
    List<CaseEvent> events = events(bundle);
    if (events.stream().noneMatch(e -> e instanceof CaseEvent.VotingOpened)) {
      throw new CouldNotCheck("there was no vote");
    }
    return DecisionChecks.recount(events, bundle.electorate());
  }

  private static List<CaseEvent> events(Bundle bundle) {
    return EntryChecks.read(bundle.caseEntries(), CaseEvent.class).value().stream()
        .map(Logged::event)
        .toList();
  }
}
