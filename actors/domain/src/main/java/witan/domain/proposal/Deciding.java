package witan.domain.proposal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import witan.domain.governance.Approvers;
import witan.domain.governance.Count;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Settlement;
import witan.domain.governance.Support;

/** What follows from a ballot at once, and what from the deadline. */
final class Deciding {
  private Deciding() {}

  /** The vote, and then: a settled decision, else an extension. */
  static List<CaseEvent> after(Voting before, CaseEvent.VoteCast vote, Electorate electorate) {
    List<CaseEvent> events = new ArrayList<>();
    events.add(vote);
    if (!vote.counted()) {
      return events;
    }
    Voting v = Counting.count(before, vote);
    Count count = v.count();
    Settlement rules = Settlement.of(v.policy(), v.content());
    Approvers approvers = approvers(v, electorate);
    if (rules.settledAccept(v.tally(), v.approvals(), count.movable(), approvers)) {
      events.add(
          new CaseEvent.ProposalApproved(
              rules.options().winner(v.approvals()), v.tally(), true, vote.at()));
    } else if (rules.settledReject(v.tally(), count.movable(), approvers)) {
      events.add(new CaseEvent.ProposalRejected(v.tally(), true, vote.at()));
    } else if (rules.rule().quorum(v.tally())
        && !rules.rule().quorum(before.tally())
        && !v.extended()) {
      Instant later =
          vote.at().plus(v.policy().lateQuorumExtension()).truncatedTo(ChronoUnit.MILLIS);
      if (later.isAfter(v.deadline())) {
        events.add(new CaseEvent.VotingExtended(later, vote.at()));
      }
    }
    return events;
  }

  private static Approvers approvers(Voting v, Electorate electorate) {
    int now = v.count().approving();
    return new Approvers(v.policy().replaceable() ? 0 : now, now, possible(v, electorate));
  }

  /** No further than the policy asks, so that the electorate is hardly ever read to its end. */
  private static int possible(Voting v, Electorate electorate) {
    Policy policy = v.policy();
    Set<String> organisations = new HashSet<>();
    for (Elector elector : electorate.electors()) {
      if (organisations.size() >= policy.minimumApprovals()) {
        break;
      }
      CaseEvent.VoteCast vote = v.votes().get(elector.address());
      if (elector.weight().signum() > 0
          && (vote == null
              || policy.replaceable()
              || vote.signed().ballot().support() == Support.FOR)) {
        organisations.add(elector.organisation());
      }
    }
    return organisations.size();
  }

  /** The decision at the deadline. */
  static CaseEvent atDeadline(Voting v, Instant now) {
    Settlement rules = Settlement.of(v.policy(), v.content());
    int approving = v.count().approving();
    if (rules.pass(v.tally(), new Approvers(approving, approving, approving))) {
      return new CaseEvent.ProposalApproved(
          rules.options().winner(v.approvals()), v.tally(), false, now);
    }
    return rules.rule().quorum(v.tally())
        ? new CaseEvent.ProposalRejected(v.tally(), false, now)
        : new CaseEvent.ProposalExpired(v.tally(), now);
  }
}
