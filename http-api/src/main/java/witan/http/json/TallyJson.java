package witan.http.json;

import java.math.BigInteger;
import witan.answers.votes.TallyAnswer;
import witan.answers.votes.TallyAnswer.Approvals;
import witan.answers.votes.TallyAnswer.Fraction;
import witan.answers.votes.TallyAnswer.Missing;
import witan.answers.votes.TallyAnswer.Need;
import witan.answers.votes.TallyAnswer.Sides;
import witan.domain.governance.DecisionRule;
import witan.domain.governance.Movable;
import witan.domain.governance.Standing;
import witan.domain.governance.Tally;

/** Where a vote stands, as the API shows it. */
final class TallyJson {
  private TallyJson() {}

  static TallyAnswer of(Standing standing) {
    Tally tally = standing.tally();
    DecisionRule rule = standing.rule();
    Movable movable = standing.movable();
    return new TallyAnswer(
        tally.total(),
        tally.forPower(),
        tally.againstPower(),
        tally.abstainPower(),
        tally.remaining(),
        rule.mode(),
        new Fraction(rule.counting(tally), tally.total(), rule.quorumBps(), rule.quorum(tally)),
        new Fraction(
            tally.forPower(),
            tally.forPower().add(tally.againstPower()),
            rule.supportBps(),
            rule.support(tally)),
        new Sides(movable.forPower(), movable.againstPower(), movable.abstainPower()),
        new Approvals(
            standing.approving(), standing.minimumApprovals(), standing.missingApprovals() == 0),
        new Missing(
            standing.missingQuorum(),
            standing.missingApprovals(),
            need(standing, standing.missingForApproval()),
            need(standing, standing.missingForRejection())));
  }

  private static Need need(Standing standing, BigInteger power) {
    return new Need(power, standing.reachable(power));
  }
}
