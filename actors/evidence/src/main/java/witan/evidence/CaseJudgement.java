package witan.evidence;

import java.util.Optional;
import java.util.function.Supplier;
import witan.ballot.BallotException;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.JsonRefused;
import witan.domain.common.Refusal;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Outcome;
import witan.domain.recount.Recount;
import witan.signing.BallotSignatures;

/** One check after the other; the first that does not hold is the answer. */
final class CaseJudgement {
  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final BallotSignatures SIGNATURES = new BallotSignatures();

  private final Council council;
  private final CaseFile file;
  private String code = "";

  CaseJudgement(Council council, CaseFile file) {
    this.council = council;
    this.file = file;
  }

  VerifiedCase decided() {
    try {
      return checked();
    } catch (CouldNotCheck e) {
      return new VerifiedCase.NotChecked(code, String.valueOf(e.getMessage()));
    } catch (CheckFailed | JsonRefused | BallotException | IllegalArgumentException e) {
      return new VerifiedCase.Disproved(code, String.valueOf(e.getMessage()));
    }
  }

  private VerifiedCase checked() {
    holds("forged_chain", () -> EntryChecks.chain(file.entries(), Family.CASE.pid(file.caseId())));
    CaseFile.Numbered<CaseEvent.VotingOpened> vote =
        file.first(CaseEvent.VotingOpened.class).orElse(null);
    CaseState state = file.state();
    Outcome outcome = state.outcome();
    if (vote == null || outcome == null || outcome.option() < 0) {
      return new VerifiedCase.Disproved("not_approved", "there is no approved option");
    }
    if (!file.snapshot().rule().givesOrders()) {
      return new VerifiedCase.Disproved(
          "old_rules", "the vote was opened by the rules of v 1, which give no orders any more");
    }
    holds("wrong_policy", () -> CaseChecks.policy(council, file));
    Electorate electorate =
        holds("wrong_electorate", () -> CouncilChecks.electorate(council, file, vote));
    // What follows is held against its orders, step by step; a forged late ballot stops no step.
    CaseFile decision = file.until(outcome.seq());
    holds("forged_ballot", () -> DecisionChecks.signatures(decision));
    Optional<Refusal> recounted = Recount.check(decision.events(), electorate, HASHER, SIGNATURES);
    if (recounted.isPresent()) {
      return new VerifiedCase.Disproved(recounted.get().code(), recounted.get().message());
    }
    if (VetoChecks.any(file)) {
      holds("forged_veto", () -> VetoChecks.recorded(council, file));
    }
    holds(
        "wrong_rules",
        () -> Replay.of(file, electorate, council).follows(file.caseId(), decision.events()));
    return new VerifiedCase.Approved(outcome.option(), state);
  }

  private <T> T holds(String failure, Supplier<T> check) {
    code = failure;
    return check.get();
  }
}
