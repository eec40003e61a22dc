package witan.evidence;

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
    long seq = veto.event().registrySeq();
    CheckFailed.unless(
        seq >= 1
            && seq <= council.entries().size()
            && council.entries().get((int) seq - 1).event() instanceof RegistryEvent.VetoRecorded e
            && e.caseId().equals(file.caseId())
            && e.signed().equals(veto.event().signed()),
        "the registry has recorded no such veto under its number " + seq);
    CheckFailed.unless(
        council.index(seq) < veto.index(), "the case was stopped before the veto was recorded");
    return "vetoed by guardian "
        + veto.event().signed().veto().guardian()
        + " at number "
        + veto.seq()
        + ": "
        + veto.event().signed().reason();
  }
}
