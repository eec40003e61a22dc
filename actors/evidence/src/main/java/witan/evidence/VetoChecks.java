package witan.evidence;

import java.util.Optional;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;

/**
 * That a case which a veto stopped was stopped by the veto that the registry has recorded for it
 * before. Signature, right and limit are checked where the registry's rules are run again.
 */
final class VetoChecks {
  private VetoChecks() {}

  static boolean any(CaseFile file) {
    return file.first(CaseEvent.ProposalVetoed.class).isPresent();
  }

  static String recorded(Council council, CaseFile file) {
    CaseFile.Numbered<CaseEvent.ProposalVetoed> veto =
        file.first(CaseEvent.ProposalVetoed.class).orElseThrow();
    problem(council, file.caseId(), veto.event(), veto.index())
        .ifPresent(
            problem -> {
              throw new CheckFailed(problem);
            });
    return "vetoed by guardian "
        + veto.event().signed().veto().guardian()
        + " at number "
        + veto.seq()
        + ": "
        + veto.event().signed().reason();
  }

  /**
   * Why the registry does not bear it out; empty where it does.
   *
   * @param index of the case's entry in the log
   */
  static Optional<String> problem(
      Council council, CaseId caseId, CaseEvent.ProposalVetoed veto, long index) {
    long seq = veto.registrySeq();
    boolean recorded =
        seq >= 1
            && seq <= council.entries().size()
            && council.entries().get((int) seq - 1).event() instanceof RegistryEvent.VetoRecorded e
            && e.caseId().equals(caseId)
            && e.signed().equals(veto.signed());
    if (!recorded) {
      return Optional.of("the registry has recorded no such veto under its number " + seq);
    }
    return council.index(seq) < index
        ? Optional.empty()
        : Optional.of("the case was stopped before the veto was recorded");
  }
}
