package witan.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.Address;
import witan.domain.common.Refusal;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Tally;
import witan.domain.proposal.CaseEvent;
import witan.domain.recount.Recount;
import witan.signing.BallotSignatures;

/** That the ballots are their voters' and make the decision. */
public final class DecisionChecks {
  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final BallotSignatures SIGNATURES = new BallotSignatures();

  private DecisionChecks() {}

  static String ballots(CaseFile file, Electorate electorate) {
    Optional<CaseFile.Numbered<CaseEvent.VotingOpened>> vote =
        file.first(CaseEvent.VotingOpened.class);
    List<CaseFile.Numbered<CaseEvent.VoteCast>> ballots =
        file.all(CaseEvent.VoteCast.class).toList();
    if (vote.isEmpty()) {
      CheckFailed.unless(ballots.isEmpty(), "there are ballots, and no vote was opened");
      return "there was no vote";
    }
    Set<Address> voters = new HashSet<>();
    boolean replaceable = vote.get().event().policy().replaceable();
    for (CaseFile.Numbered<CaseEvent.VoteCast> ballot : ballots) {
      String where = "ballot at number " + ballot.seq();
      Address voter = ballot.event().signed().ballot().voter();
      signed(where, vote.get().event(), ballot.event());
      Optional<Elector> elector = electorate.elector(voter);
      CheckFailed.unless(
          elector.isPresent() && elector.get().weight().equals(ballot.event().weight()),
          where + ": voter and weight are not in the electorate");
      CheckFailed.unless(voters.add(voter) || replaceable, where + ": " + voter + " voted twice");
    }
    return ballots.size()
        + " ballots are signed by their voters, weights from the electorate at registry number "
        + electorate.registrySeq();
  }

  /** Each ballot is its voter's, for this proposal in this council's domain. */
  static int signatures(CaseFile file) {
    List<CaseFile.Numbered<CaseEvent.VoteCast>> ballots =
        file.all(CaseEvent.VoteCast.class).toList();
    CaseEvent.VotingOpened vote =
        file.first(CaseEvent.VotingOpened.class)
            .orElseThrow(() -> new CheckFailed("there was no vote"))
            .event();
    ballots.forEach(ballot -> signed("ballot at number " + ballot.seq(), vote, ballot.event()));
    return ballots.size();
  }

  private static void signed(String where, CaseEvent.VotingOpened vote, CaseEvent.VoteCast cast) {
    Ballot ballot = cast.signed().ballot();
    Eip712Domain domain = vote.domain();
    CheckFailed.unless(
        ballot.proposalHash().equals(HASHER.proposal(vote.content()))
            && ballot.proposalId().equals(HASHER.text(vote.content().caseId().value())),
        where + " was signed for another proposal");
    Address signer = SIGNATURES.recover(domain, cast.signed());
    CheckFailed.unless(
        signer.equals(ballot.voter()),
        where + " names " + ballot.voter() + " and is signed by " + signer);
  }

  /**
   * Counts again from the ballots alone.
   *
   * @return what was decided, for a person
   */
  public static String recount(List<CaseEvent> events, Electorate electorate) {
    if (events.stream().noneMatch(e -> e instanceof CaseEvent.VotingOpened)) {
      return "there was no vote: closed without a vote because "
          + Unvoted.reason(events).orElse("of nothing that is shown");
    }
    Optional<Refusal> wrong = Recount.check(events, electorate, HASHER, SIGNATURES);
    wrong.ifPresent(
        r -> {
          throw new CheckFailed(r.code() + ": " + r.message());
        });
    return decision(events);
  }

  private static String decision(List<CaseEvent> events) {
    String decided = "";
    for (int i = 0; i < events.size(); i++) {
      String at = " at number " + (i + 1) + ": ";
      CaseEvent event = events.get(i);
      if (event instanceof CaseEvent.ProposalApproved e) {
        decided = "APPROVED option " + e.option() + when(e.settled()) + at + sums(e.tally());
      } else if (event instanceof CaseEvent.ProposalRejected e) {
        decided = "REJECTED" + when(e.settled()) + at + sums(e.tally());
      } else if (event instanceof CaseEvent.ProposalExpired e) {
        decided = "EXPIRED" + at + sums(e.tally());
      } else if (event instanceof CaseEvent.ProposalVetoed e) {
        decided += (decided.isEmpty() ? "" : "; ") + "VETOED" + at + e.signed().reason();
      }
    }
    CheckFailed.unless(!decided.isEmpty(), "there is no decision");
    return decided;
  }

  private static String when(boolean settled) {
    return settled ? ", settled before the deadline," : ", at the deadline,";
  }

  private static String sums(Tally t) {
    return "for "
        + t.forPower()
        + ", against "
        + t.againstPower()
        + ", abstain "
        + t.abstainPower()
        + " of "
        + t.total();
  }
}
