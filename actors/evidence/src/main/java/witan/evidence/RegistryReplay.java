package witan.evidence;

import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;

/** The command that each event of a registry can only have come from. */
final class RegistryReplay {
  private RegistryReplay() {}

  static RegistryCommand command(RegistryEvent event) {
    if (event instanceof RegistryEvent.CouncilFounded e) {
      return new RegistryCommand.FoundCouncil(e.charter(), e.signatures(), e.idempotencyKey());
    } else if (event instanceof RegistryEvent.Delegated e) {
      return new RegistryCommand.Delegate(e.signed());
    } else if (event instanceof RegistryEvent.DelegationRevoked e) {
      return new RegistryCommand.Delegate(e.signed());
    } else if (event instanceof RegistryEvent.KeyRotated e) {
      return new RegistryCommand.RotateKey(e.signed());
    } else if (event instanceof RegistryEvent.KeyRevoked e) {
      return new RegistryCommand.RotateKey(e.signed());
    } else if (event instanceof RegistryEvent.VetoRecorded e) {
      return new RegistryCommand.RecordVeto(e.caseId(), e.signed());
    } else if (event instanceof RegistryEvent.StatementRecorded e) {
      return new RegistryCommand.RecordStatement(e.caseId(), e.signed());
    } else if (event instanceof RegistryEvent.ChangeApplied e) {
      return new RegistryCommand.ApplyChange(e.caseId(), e.proposalHash(), e.change());
    } else if (event instanceof RegistryEvent.BondPosted e) {
      return new RegistryCommand.PostBond(e.caseId(), e.member(), e.amount());
    } else if (event instanceof RegistryEvent.BondSettled e) {
      return new RegistryCommand.SettleBond(e.caseId(), e.facts());
    } else if (event instanceof RegistryEvent.AbsencesSettled e) {
      return new RegistryCommand.SettleAbsences(
          e.caseId(), e.part(), e.urgency(), e.opened(), e.ended(), e.absences());
    }
    RegistryEvent.VerdictRecorded e = (RegistryEvent.VerdictRecorded) event;
    return new RegistryCommand.RecordVerdict(e.caseId(), e.part(), e.facts());
  }
}
