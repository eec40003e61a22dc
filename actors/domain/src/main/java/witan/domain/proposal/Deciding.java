package witan.domain.proposal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.governance.Approvers;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.OptionRule;
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
    CaseEvent settled = settled(v, electorate, vote.at());
    if (settled != null) {
      events.add(settled);
    } else if (quorum(v) && !quorum(before) && !v.extended()) {
      Instant later =
          vote.at().plus(v.rules().lateQuorumExtension()).truncatedTo(ChronoUnit.MILLIS);
      if (later.isAfter(v.deadline())) {
        events.add(new CaseEvent.VotingExtended(later, vote.at()));
      }
    }
    return events;
  }

  private static boolean quorum(Voting v) {
    return Settlement.of(v.rules(), v.content().options()).rule().quorum(v.tally());
  }

  /**
   * By the policy that would decide in the end: an expedited proposal that misses its bar goes on
   * under the normal one, which is nowhere higher, so what is settled there is settled.
   */
  private static @Nullable CaseEvent settled(Voting v, Electorate electorate, Instant at) {
    Settlement rules = Settlement.of(v.lastRules(), v.content().options());
    int now = v.count().approving();
    Approvers approvers =
        new Approvers(v.policy().replaceable() ? 0 : now, now, possible(v, electorate));
    if (rules.settledAccept(v.tally(), v.approvals(), v.count().movable(), approvers)) {
      int winner = rules.options().winner(v.approvals());
      return new CaseEvent.ProposalApproved(winner, v.tally(), true, at);
    }
    return rules.settledReject(v.tally(), v.count().movable(), approvers)
        ? new CaseEvent.ProposalRejected(v.tally(), true, at)
        : null;
  }

  /** No further than the policy asks, so that the electorate is hardly ever read to its end. */
  private static int possible(Voting v, Electorate electorate) {
    Policy policy = v.lastRules();
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

  /**
   * What the passing of an expedited deadline has brought, before a ballot that comes after it is
   * looked at: whichever message is first, the same holds. Empty where nothing has.
   */
  static List<CaseEvent> overdue(CaseState s, Instant now) {
    Voting v = s.voting();
    Policy normal = v == null ? null : v.normal();
    if (v == null
        || normal == null
        || v.converted()
        || s.phase() != Phase.VOTING
        || now.isBefore(v.deadline())
        || passes(v)) {
      return List.of();
    }
    Instant end = v.opensAt().plus(normal.window()).truncatedTo(ChronoUnit.MILLIS);
    return List.of(
        new CaseEvent.VotingConverted(end.isAfter(v.deadline()) ? end : v.deadline(), now));
  }

  /** What the deadline brings: a conversion, a decision, or where both are overdue both. */
  static List<CaseEvent> atDeadline(CaseState s, Instant now) {
    List<CaseEvent> events = new ArrayList<>(overdue(s, now));
    Voting v =
        Objects.requireNonNull(events.stream().reduce(s, CaseFold::apply, (a, b) -> b).voting());
    if (!now.isBefore(v.deadline())) {
      events.add(decision(v, now));
    }
    return events;
  }

  private static boolean passes(Voting v) {
    int approving = v.count().approving();
    return Settlement.of(v.rules(), v.content().options())
        .pass(v.tally(), new Approvers(approving, approving, approving));
  }

  private static CaseEvent decision(Voting v, Instant now) {
    if (passes(v)) {
      int winner = OptionRule.of(v.content().options()).winner(v.approvals());
      return new CaseEvent.ProposalApproved(winner, v.tally(), false, now);
    }
    return quorum(v)
        ? new CaseEvent.ProposalRejected(v.tally(), false, now)
        : new CaseEvent.ProposalExpired(v.tally(), now);
  }
}
