package witan.domain.proposal;

/** What a proposal is about. */
public enum ProposalKind {
  /** A response to an incident: playbooks. */
  INCIDENT,
  /** A change of the rules. */
  POLICY,
  /** A change of who belongs to the council, with what tokens and keys. */
  MEMBERSHIP
}
