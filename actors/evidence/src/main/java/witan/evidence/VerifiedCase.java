package witan.evidence;

import java.util.List;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;

/**
 * What the entries of a case bear out against a council that is believed: the one way from the log
 * to an act. Policy and electorate are made from the registry, never read from the case; ballots
 * are checked and counted again; every event is the one that the rules decide.
 */
public sealed interface VerifiedCase {
  /** The members chose this option, and the log bears it out. */
  record Approved(int option, CaseState state) implements VerifiedCase {}

  /** The entries contradict each other, the rules or the registry: nothing must be done. */
  record Disproved(String code, String detail) implements VerifiedCase {}

  /** Something that is needed is not there; nothing must be done now. */
  record NotChecked(String code, String detail) implements VerifiedCase {}

  /**
   * Whether the case was decided, and for what.
   *
   * @param council by the registry's entries before the case's decision, or more
   * @param entries of the case from its first, as far as the log holds them
   */
  static VerifiedCase decided(Council council, CaseId caseId, List<Logged<CaseEvent>> entries) {
    return new CaseJudgement(council, new CaseFile(caseId, entries)).decided();
  }
}
