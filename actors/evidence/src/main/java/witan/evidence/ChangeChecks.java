package witan.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.Refusal;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.recount.Recount;
import witan.domain.registry.RegistryEvent;
import witan.signing.BallotSignatures;

/**
 * That every change of the registry was decided: the case that it names is in the same log before
 * it, its proposal has the hash that the change names, and its ballots, counted again with weights
 * from the registry as it was for that case, approve it.
 */
final class ChangeChecks {
  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final BallotSignatures SIGNATURES = new BallotSignatures();

  private ChangeChecks() {}

  static boolean any(Council council) {
    return council.entries().stream()
        .anyMatch(l -> l.event() instanceof RegistryEvent.ChangeApplied);
  }

  static String decided(Council council, OtherCases others) {
    int changes = 0;
    for (Logged<RegistryEvent> logged : council.entries()) {
      if (logged.event() instanceof RegistryEvent.ChangeApplied change) {
        List<Logged<CaseEvent>> entries =
            others
                .of(change.caseId())
                .orElseThrow(
                    () ->
                        new CouldNotCheck(
                            "case "
                                + change.caseId()
                                + ", which decided a change, is not in the bundle"));
        decided(council, logged.index(), change, entries);
        changes++;
      }
    }
    return changes + " changes of the registry were decided by the votes of their cases";
  }

  /**
   * One change was decided by its case.
   *
   * @param index of the change in the log
   * @param entries of the case, from its first
   */
  static void decided(
      Council council,
      long index,
      RegistryEvent.ChangeApplied change,
      List<Logged<CaseEvent>> entries) {
    String where = "the change of case " + change.caseId() + ": ";
    EntryChecks.chain(entries, Family.CASE.pid(change.caseId()));
    CaseFile file = new CaseFile(change.caseId(), entries);
    CaseFile.Numbered<CaseEvent.VotingOpened> vote =
        file.first(CaseEvent.VotingOpened.class)
            .orElseThrow(() -> new CheckFailed(where + "there was no vote"));
    CaseFile.Numbered<CaseEvent.ProposalApproved> approval =
        file.first(CaseEvent.ProposalApproved.class)
            .orElseThrow(() -> new CheckFailed(where + "it was not approved"));
    CheckFailed.unless(
        vote.event().proposalHash().equals(change.proposalHash()),
        where + "another proposal was approved");
    CheckFailed.unless(
        change.change().equals(vote.event().content().change()),
        where + "another change was proposed than the one that was applied");
    CheckFailed.unless(approval.index() < index, where + "it was applied before it was approved");
    CheckFailed.unless(file.named(), where + "it has a name that no case is given any more");
    CaseChecks.policy(council, file);
    Electorate electorate = CouncilChecks.electorate(council, file, vote);
    List<CaseEvent> until = new ArrayList<>(file.events().subList(0, (int) approval.seq()));
    Optional<Refusal> wrong = Recount.check(until, electorate, HASHER, SIGNATURES);
    wrong.ifPresent(
        r -> {
          throw new CheckFailed(where + r.code() + ": " + r.message());
        });
  }
}
