package witan.domain.governance;

import java.math.BigInteger;
import java.util.List;

/**
 * When a vote is decided: the decision rule, the minimum of approving organisations and the choice
 * between the options, together. The whole of it is exact: a vote is settled when, and only when,
 * every way in which it may still go comes to the same (but for the tie rule between options, see
 * {@link OptionRule#settled}). Minimum approvals may be taken alone, because the completion that is
 * best (worst) for the sums, everybody FOR (nobody), is also the best (worst) for the approvals.
 */
public record Settlement(DecisionRule rule, int minimumApprovals, OptionRule options) {

  public static Settlement of(Policy policy, List<ResponseOption> proposed) {
    return new Settlement(
        DecisionRule.of(policy), policy.minimumApprovals(), OptionRule.of(proposed));
  }

  /** What holds at the deadline. */
  public boolean pass(Tally tally, Approvers approvers) {
    return rule.pass(tally) && approvers.now() >= minimumApprovals;
  }

  public boolean settledAccept(
      Tally tally, List<BigInteger> approvals, Movable movable, Approvers approvers) {
    return rule.settledAccept(tally, movable)
        && approvers.certain() >= minimumApprovals
        && options.settled(approvals, tally.remaining(), movable);
  }

  public boolean settledReject(Tally tally, Movable movable, Approvers approvers) {
    return rule.settledReject(tally, movable) || approvers.possible() < minimumApprovals;
  }
}
